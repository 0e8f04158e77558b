#include "properties/invariants/attribute_history.h"

#include <algorithm>
#include <array>

#include "properties/invariants/history.h"

namespace properties {
namespace {

using Kind = AttributeOperation::Kind;

/// What the admin API calls the attributes that both interfaces write.
constexpr std::array<std::string_view, 10> ordered_attributes{"firstname",    "lastname",   "jobTitle",   "displayname", "employeeType",
                                                              "location",     "department", "costCenter", "company",     "employeeIdentifier"};

void add(std::vector<AttributeOperation>& history, Kind kind, std::string value, const sim::Exchange& exchange) {
  const bool doubtful = is_doubtful(exchange) || (*exchange.result)->status / 100 == 5;
  history.push_back({kind, std::move(value), &exchange, {exchange.sent, doubtful ? std::nullopt : exchange.concluded}});
}

void note_writes(AttributeHistories& histories, const std::vector<AttributeWrite>& writes) {
  for (const auto& write : writes) {
    const auto& exchange = *write.exchange;
    if (!is_acknowledged(exchange) && !is_doubtful(exchange) && (*exchange.result)->status / 100 != 5) continue;
    const bool creates = exchange.request.method == "POST";
    const bool puts = exchange.request.method == "PUT" && exchange.request.target.starts_with("/scim/");
    if (creates) add(histories[{write.user, std::string(presence_key)}], Kind::write, std::string(is_present), exchange);
    for (const auto attribute : ordered_attributes) {
      const auto found = write.values.find(attribute);
      auto& history = histories[{write.user, std::string(attribute)}];
      if (found != write.values.end()) {
        add(history, Kind::write, found->second.value_or(""), exchange);
      } else if (creates) {
        add(history, Kind::write, "", exchange);
      } else if (puts) {
        add(history, Kind::drop, "", exchange);
      }
    }
  }
}

/// The user is deleted, but for Okta's integration, where the verb may mean that or a suspension. [rule R24] [rule RT3]
void note_removal(AttributeHistories& histories, const sim::Exchange& exchange) {
  const auto id = user_addressed(exchange.request.target);
  if (!id || exchange.request.method != "DELETE") return;
  if (!is_acknowledged(exchange) && !is_doubtful(exchange) && (*exchange.result)->status / 100 != 5) return;
  const bool suspends = exchange.from == "okta" && exchange.request.target.starts_with("/scim/");
  add(histories[{*id, std::string(presence_key)}], suspends ? Kind::maybe_write : Kind::write, std::string(is_gone), exchange);
}

/// What one whole user of an answer shows, but for what the request itself has written.
void note_user(AttributeHistories& histories, const sim::Exchange& exchange, const base::Json& user, const AttributeValues& written) {
  const bool scim = exchange.request.target.starts_with("/scim/");
  const auto id = base::string_or(user, "id", "");
  if (id.empty()) return;
  if (exchange.request.method != "POST") add(histories[{id, std::string(presence_key)}], Kind::read, std::string(is_present), exchange);
  const auto shown = scim ? values_of_scim_user(user) : AttributeValues{};
  for (const auto attribute : ordered_attributes) {
    if (written.contains(attribute)) continue;
    std::string value;
    if (scim) {
      const auto found = shown.find(attribute);
      if (found != shown.end()) value = found->second.value_or("");
    } else {
      value = base::string_or(user, attribute, "");
    }
    add(histories[{id, std::string(attribute)}], Kind::read, std::move(value), exchange);
  }
}

/// Requests without a selection of attributes show all of a user.
void note_reads(AttributeHistories& histories, const sim::Exchange& exchange, const AttributeValues& written) {
  const auto& request = exchange.request;
  if (is_doubtful(exchange) || request.method == "DELETE") return;
  const bool users = request.target.starts_with("/scim/v2/Users") || request.target.starts_with("/api/systemusers");
  if (!users || request.target.contains("ttributes=") || request.target.contains("fields=")) return;
  const auto id = user_addressed(request.target);
  if (id && (*exchange.result)->status == 404 && request.method == "GET")
    add(histories[{*id, std::string(presence_key)}], Kind::read, std::string(is_gone), exchange);
  if (!is_acknowledged(exchange) || (request.method == "POST" && !written.empty())) return;
  const auto body = base::parse_json((*exchange.result)->body);
  if (!body) return;
  for (const auto* list_name : {"Resources", "results"}) {
    const auto* list = base::member(*body, list_name);
    if (list == nullptr || !list->is_array()) continue;
    for (const auto& user : list->get_array()) note_user(histories, exchange, user, written);
    return;
  }
  if (id) note_user(histories, exchange, *body, written);
}

}  // namespace

AttributeHistories attribute_histories(const sim::Recorder& recorder) {
  AttributeHistories histories;
  const auto writes = attribute_writes(recorder);
  note_writes(histories, writes);
  // By the exchange's number.
  std::map<std::uint64_t, AttributeValues> written;
  for (const auto& write : writes) written[write.exchange->id] = write.values;
  for (const auto& exchange : recorder.exchanges()) {
    if (exchange.to != "directory") continue;
    note_removal(histories, exchange);
    const auto own = written.find(exchange.id);
    note_reads(histories, exchange, own == written.end() ? AttributeValues{} : own->second);
  }
  return histories;
}

base::Instant seen_at(const AttributeOperation& read) { return is_own_look(*read.exchange) ? base::Instant::max() : *read.interval.returned; }

std::optional<std::string> only_value_at(const std::vector<AttributeOperation>& operations, const AttributeOperation& read) {
  const AttributeOperation* last = nullptr;
  base::Instant returned{};  // of all before the last
  for (const auto& operation : operations) {
    const auto& [invoked, answered] = operation.interval;
    if (operation.kind == Kind::read || invoked > *read.interval.returned) continue;
    if (!answered || *answered > read.interval.invoked) return std::nullopt;
    if (last != nullptr) returned = std::max(returned, *last->interval.returned);
    last = &operation;
  }
  if (last == nullptr || last->kind != Kind::write || returned > last->interval.invoked) return std::nullopt;
  return last->value;
}

}  // namespace properties
