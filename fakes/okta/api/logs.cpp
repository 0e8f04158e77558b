#include "fakes/okta/api/logs.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/encoding.h"
#include "fakes/okta/api/expression.h"
#include "fakes/okta/api/user_json.h"

namespace fakes::okta::api {
namespace {

using base::json_text;
using base::Json;
using base::JsonObject;

constexpr auto usual_span = std::chrono::days{7};  ///< Assumed: without `since`

std::string_view kind_of(const Actor& actor) {
  if (actor.kind == Actor::Kind::user) return "User";
  return actor.kind == Actor::Kind::app ? "PublicClientApp" : "SystemPrincipal";
}

Json text_or_null(std::string_view text) { return text.empty() ? Json(nullptr) : json_text(text); }

struct Wanted {
  base::Instant since{};
  std::optional<base::Instant> until{};
  bool is_ascending = true;
  std::optional<Expression> expression{};
  std::vector<std::string> words{};  ///< lower case; each is somewhere in the event

  /// [Okta provisioning-clients 5.7-02]
  [[nodiscard]] bool is_polling() const { return is_ascending && !until; }
};

Outcome<std::optional<base::Instant>> read_time(const Request& request, std::string_view name) {
  const auto text = request.parameter(name);
  if (!text) return std::nullopt;
  const auto time = base::parse_rfc3339(*text);
  if (!time) return invalid(name, "It has to be a date and time of ISO 8601");
  return *time;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) out.push_back(base::to_lower(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

Outcome<Wanted> read_wanted(const Call& call) {
  const auto& request = call.request;
  const auto since = read_time(request, "since");
  if (!since) return std::unexpected(since.error());
  const auto until = read_time(request, "until");
  if (!until) return std::unexpected(until.error());
  Wanted out;
  out.until = *until;
  out.since = since->value_or(until->value_or(call.context.now) - usual_span);
  const auto order = request.parameter("sortOrder").value_or("ASCENDING");
  if (order != "ASCENDING" && order != "DESCENDING") return invalid("sortOrder", "ASCENDING or DESCENDING is expected");
  out.is_ascending = order == "ASCENDING";
  out.words = words_of(request.parameter("q").value_or(""));
  const auto filter = request.parameter("filter");
  if (!filter) return out;
  auto expression = parse_expression(*filter);
  if (!expression) return refuse(ErrorCode::invalid_filter, fmt::format("Invalid filter '{}': {}", *filter, expression.error()));
  out.expression = *std::move(expression);
  return out;
}

bool has_word(const Json& json, std::string_view word) {
  if (json.is_string()) return base::to_lower(base::as_text(json.get_string())).contains(word);
  if (json.is_array()) return std::ranges::any_of(json.get_array(), [&](const Json& entry) { return has_word(entry, word); });
  return json.is_object() && std::ranges::any_of(json.get_object(), [&](const auto& member) { return has_word(member.value(), word); });
}

bool is_wanted(const Json& event, const Wanted& wanted) {
  if (!std::ranges::all_of(wanted.words, [&](const std::string& word) { return has_word(event, word); })) return false;
  return !wanted.expression || matches(*wanted.expression, event);
}

/// Positions count from the log's first event on, those that are no longer kept included.
struct Span {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

Span span_of(const SystemLog& log, const Wanted& wanted) {
  const auto& events = log.events();
  const auto first = log.written() - events.size();
  const auto kept = log.between(wanted.since, wanted.until.value_or(base::Instant::max()));
  const auto begin = static_cast<std::uint64_t>(kept.begin() - events.begin());
  return {first + begin, first + begin + static_cast<std::uint64_t>(kept.size())};
}

/// A cursor holds the position at which its page begins.
Outcome<std::optional<std::uint64_t>> position_of(const Page& page) {
  if (page.after.empty()) return std::nullopt;
  std::uint64_t position = 0;
  const auto* end = page.after.data() + page.after.size();
  if (std::from_chars(page.after.data(), end, position).ptr != end) return invalid("after", "it is no cursor of this list");
  return position;
}

}  // namespace

JsonObject log_event_json(const LogEvent& event) {
  JsonObject actor;
  actor["id"] = text_or_null(event.actor.id);
  actor["type"] = json_text(kind_of(event.actor));
  actor["alternateId"] = json_text(event.actor.alternate_id);
  actor["displayName"] = json_text(event.actor.display_name);
  actor["detailEntry"] = nullptr;
  JsonObject client;
  client["userAgent"] = JsonObject{{"rawUserAgent", text_or_null(event.actor.user_agent)}};
  client["zone"] = nullptr;
  client["device"] = nullptr;
  client["id"] = nullptr;
  client["ipAddress"] = text_or_null(event.actor.ip_address);
  client["geographicalContext"] = nullptr;
  JsonObject outcome;
  outcome["result"] = json_text(name_of(event.outcome.result));
  outcome["reason"] = text_or_null(event.outcome.reason);
  base::JsonArray targets;
  for (const auto& target : event.targets) {
    JsonObject one;
    one["id"] = json_text(target.id);
    one["type"] = json_text(target.type);
    one["alternateId"] = text_or_null(target.alternate_id);
    one["displayName"] = text_or_null(target.display_name);
    one["detailEntry"] = nullptr;
    targets.push_back(std::move(one));
  }
  JsonObject transaction;
  transaction["type"] = "WEB";
  transaction["id"] = json_text(event.transaction_id);
  transaction["detail"] = JsonObject{};
  JsonObject debug_data;
  for (const auto& [name, value] : event.debug_data) debug_data[name] = json_text(value);
  JsonObject authentication;
  authentication["authenticationProvider"] = nullptr;
  authentication["credentialProvider"] = nullptr;
  authentication["externalSessionId"] = text_or_null(event.session_id);
  base::JsonArray chain;
  if (!event.actor.ip_address.empty()) chain.push_back(JsonObject{{"ip", json_text(event.actor.ip_address)}});
  const auto& info = okta::info_of(event.type);
  JsonObject out;
  out["uuid"] = json_text(event.uuid);
  out["published"] = time_json(event.published);
  out["eventType"] = json_text(info.name);
  out["version"] = "0";
  out["severity"] = json_text(name_of(event.severity));
  out["legacyEventType"] = nullptr;
  out["displayMessage"] = json_text(info.display_message);
  out["actor"] = std::move(actor);
  out["client"] = std::move(client);
  out["device"] = nullptr;
  out["outcome"] = std::move(outcome);
  out["target"] = std::move(targets);
  out["transaction"] = std::move(transaction);
  out["debugContext"] = JsonObject{{"debugData", std::move(debug_data)}};
  out["authenticationContext"] = std::move(authentication);
  out["securityContext"] = JsonObject{};
  out["request"] = JsonObject{{"ipChain", std::move(chain)}};
  return out;
}

Reply list_logs(const Call& call) {
  const auto wanted = read_wanted(call);
  if (!wanted) return std::unexpected(wanted.error());
  const auto page = read_page(call.request, {100, 1'000});
  if (!page) return std::unexpected(page.error());
  const auto position = position_of(*page);
  if (!position) return std::unexpected(position.error());
  const auto& log = call.org().log();
  const auto& events = log.events();
  const auto first = log.written() - events.size();
  auto [begin, end] = span_of(log, *wanted);
  // A cursor of descending order holds the end of its page's span.
  if (*position && wanted->is_ascending) begin = std::clamp(**position, begin, end);
  if (*position && !wanted->is_ascending) end = std::clamp(**position, begin, end);
  base::JsonArray entries;
  std::optional<std::uint64_t> next;
  while (begin < end) {
    const auto at = wanted->is_ascending ? begin : end - 1;
    Json event(log_event_json(events[static_cast<std::size_t>(at - first)]));
    const bool is_shown = is_wanted(event, *wanted);
    if (is_shown && entries.size() == page->limit) {
      next = wanted->is_ascending ? begin : end;
      break;
    }
    if (is_shown) entries.push_back(std::move(event));
    if (wanted->is_ascending) {
      ++begin;
    } else {
      --end;
    }
  }
  if (!next && wanted->is_polling()) next = begin;
  auto response = json_answer(entries);
  add_links(response, call.request, next ? std::optional(make_cursor(call.request, std::to_string(*next))) : std::nullopt);
  return response;
}

}  // namespace fakes::okta::api
