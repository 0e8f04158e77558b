#include <fmt/format.h>

#include <array>
#include <map>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"
#include "properties/linearizability.h"

namespace properties {
namespace {

/// Beside the attributes of a user: whether there is one.
constexpr std::string_view presence_key = "";
constexpr std::string_view is_present = "there";
constexpr std::string_view is_gone = "gone";
/// What the admin API calls the attributes that both interfaces write.
constexpr std::array<std::string_view, 10> ordered_attributes{"firstname",    "lastname",   "jobTitle",   "displayname", "employeeType",
                                                              "location",     "department", "costCenter", "company",     "employeeIdentifier"};

/// One thing that several clients write and read: an attribute of a user, or whether the user is there.
class OrderedValue final : public Sequential {
 public:
  enum class Kind {
    write,
    drop,        ///< a PUT that leaves it out may clear it or keep it [RFC7644 3.5.1]
    maybe_write,
    read
  };
  struct Operation {
    Kind kind{};
    std::string value{};  ///< empty: none
    const sim::Exchange* exchange = nullptr;
  };

  void add(Kind kind, std::string value, const sim::Exchange& exchange) {
    const bool doubtful = is_doubtful(exchange) || (*exchange.result)->status / 100 == 5;
    operations_.push_back({kind, std::move(value), &exchange});
    intervals_.push_back({exchange.sent, doubtful ? std::nullopt : exchange.concluded});
    writes_ = writes_ || kind != Kind::read;
  }
  /// What is only read has been written before the history begins, or by nobody.
  [[nodiscard]] bool is_written() const { return writes_; }
  [[nodiscard]] const std::vector<Operation>& operations() const { return operations_; }
  [[nodiscard]] const std::vector<Interval>& intervals() const { return intervals_; }

  /// State 0: whatever it was when the history begins.
  std::vector<State> after(State state, std::size_t operation) override {
    const auto& [kind, value, exchange] = operations_[operation];
    const auto next = number_of(value);
    switch (kind) {
      case Kind::write: return {next};
      case Kind::drop: return {number_of(""), state};
      case Kind::maybe_write: return {state, next};
      case Kind::read: return state == 0 || state == next ? std::vector{next} : std::vector<State>{};
    }
    return {};
  }

 private:
  State number_of(const std::string& value) { return numbers_.emplace(value, numbers_.size() + 1).first->second; }

  std::vector<Operation> operations_;
  std::vector<Interval> intervals_;
  std::map<std::string, State> numbers_;
  bool writes_ = false;
};

using OrderedValues = std::map<std::pair<std::string, std::string>, OrderedValue>;  ///< by user and attribute

void note_writes(OrderedValues& values, const std::vector<AttributeWrite>& writes) {
  using Kind = OrderedValue::Kind;
  for (const auto& write : writes) {
    const auto& exchange = *write.exchange;
    if (!is_acknowledged(exchange) && !is_doubtful(exchange) && (*exchange.result)->status / 100 != 5) continue;
    const bool creates = exchange.request.method == "POST";
    const bool puts = exchange.request.method == "PUT" && exchange.request.target.starts_with("/scim/");
    if (creates) values[{write.user, std::string(presence_key)}].add(Kind::write, std::string(is_present), exchange);
    for (const auto attribute : ordered_attributes) {
      const auto found = write.values.find(attribute);
      auto& value = values[{write.user, std::string(attribute)}];
      if (found != write.values.end()) {
        value.add(Kind::write, found->second.value_or(""), exchange);
      } else if (creates) {
        value.add(Kind::write, "", exchange);
      } else if (puts) {
        value.add(Kind::drop, "", exchange);
      }
    }
  }
}

/// The user is deleted, but for Okta's integration, where the verb may mean that or a suspension. [rule R24] [rule RT3]
void note_removal(OrderedValues& values, const sim::Exchange& exchange) {
  const auto id = user_addressed(exchange.request.target);
  if (!id || exchange.request.method != "DELETE") return;
  if (!is_acknowledged(exchange) && !is_doubtful(exchange) && (*exchange.result)->status / 100 != 5) return;
  const bool suspends = exchange.from == "okta" && exchange.request.target.starts_with("/scim/");
  values[{*id, std::string(presence_key)}].add(suspends ? OrderedValue::Kind::maybe_write : OrderedValue::Kind::write, std::string(is_gone), exchange);
}

/// What one whole user of an answer shows, but for what the request itself has written.
void note_user(OrderedValues& values, const sim::Exchange& exchange, const base::Json& user, const AttributeValues& written) {
  const bool scim = exchange.request.target.starts_with("/scim/");
  const auto id = base::string_or(user, "id", "");
  if (id.empty()) return;
  if (exchange.request.method != "POST") values[{id, std::string(presence_key)}].add(OrderedValue::Kind::read, std::string(is_present), exchange);
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
    values[{id, std::string(attribute)}].add(OrderedValue::Kind::read, std::move(value), exchange);
  }
}

/// Requests without a selection of attributes show all of a user.
void note_reads(OrderedValues& values, const sim::Exchange& exchange, const AttributeValues& written) {
  const auto& request = exchange.request;
  if (is_doubtful(exchange) || request.method == "DELETE") return;
  const bool users = request.target.starts_with("/scim/v2/Users") || request.target.starts_with("/api/systemusers");
  if (!users || request.target.contains("ttributes=") || request.target.contains("fields=")) return;
  const auto id = user_addressed(request.target);
  if (id && (*exchange.result)->status == 404 && request.method == "GET")
    values[{*id, std::string(presence_key)}].add(OrderedValue::Kind::read, std::string(is_gone), exchange);
  if (!is_acknowledged(exchange) || (request.method == "POST" && !written.empty())) return;
  const auto body = base::parse_json((*exchange.result)->body);
  if (!body) return;
  for (const auto* list_name : {"Resources", "results"}) {
    const auto* list = base::member(*body, list_name);
    if (list == nullptr || !list->is_array()) continue;
    for (const auto& user : list->get_array()) note_user(values, exchange, user, written);
    return;
  }
  if (id) note_user(values, exchange, *body, written);
}

}  // namespace

std::optional<Violation> judge_clients_agree_on_an_order(const FinalView& view) {
  const auto& recorder = view.cast->world().recorder();
  if (recorder.exchange_count() > recorder.exchanges().size()) return std::nullopt;  // the beginning is forgotten
  OrderedValues values;
  const auto writes = attribute_writes(recorder);
  note_writes(values, writes);
  // By the exchange's number.
  std::map<std::uint64_t, AttributeValues> written;
  for (const auto& write : writes) written[write.exchange->id] = write.values;
  for (const auto& exchange : recorder.exchanges()) {
    if (exchange.to != "directory") continue;
    note_removal(values, exchange);
    const auto own = written.find(exchange.id);
    note_reads(values, exchange, own == written.end() ? AttributeValues{} : own->second);
  }
  for (auto& [key, value] : values) {
    if (!value.is_written()) continue;
    const auto found = find_order(value.intervals(), value, 20'000);
    if (found.verdict != Linearization::Verdict::impossible) continue;
    // The first that cannot follow the longest beginning of an order.
    std::vector<bool> done(value.operations().size(), false);
    for (const auto index : found.order) done[index] = true;
    std::size_t stuck = 0;
    auto since = base::Instant::max();
    for (std::size_t i = 0; i < done.size(); ++i) {
      if (done[i] || !value.intervals()[i].returned || *value.intervals()[i].returned >= since) continue;
      stuck = i;
      since = *value.intervals()[i].returned;
    }
    const auto& operation = value.operations()[stuck];
    return breach_of("clients-agree-on-an-order",
                     fmt::format("{} of {} has no order of {} writes and reads: {} {} has '{}'", key.second.empty() ? "the presence" : key.second, key.first,
                                 value.operations().size(), operation.exchange->request.method, operation.exchange->request.target, operation.value),
                     since);
  }
  return std::nullopt;
}

}  // namespace properties
