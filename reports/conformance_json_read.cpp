// The way back from JSON to a record. A report may come from anywhere, so nothing of its shape is taken for
// granted: the first thing that is wrong is kept with its place, and all reading after it is in vain.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "reports/conformance_json.h"
#include "reports/conformance_view.h"
#include "reports/document_kind.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
using scenarios::ConformanceRecord;

constexpr std::size_t longest_report = std::size_t{128} * 1024 * 1024;
constexpr std::size_t longest_list = 100'000;

/// `~` and `/` of a member's name. [RFC6901 3]
std::string pointer_part(std::string_view name) {
  std::string out = "/";
  for (const char c : name) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

/// A value, its place, and where to tell what is wrong with it.
class Place {
 public:
  Place(const Json* value, std::string pointer, std::string* problem)
      : value_(value), pointer_(std::move(pointer)), problem_(problem) {}

  void complain(std::string_view what) const {
    if (problem_->empty()) *problem_ = fmt::format("{}: {}", pointer_.empty() ? "/" : pointer_, what);
  }
  [[nodiscard]] bool failed() const { return !problem_->empty(); }

  /// Exactly these members.
  template <std::size_t count>
  void expect_members(const std::array<std::string_view, count>& names) const {
    if (failed()) return;
    if (!value_->is_object()) return complain("is no object");
    for (const auto& item : value_->items()) {
      if (std::ranges::find(names, std::string_view(item.key())) == names.end()) {
        complain(fmt::format("\"{}\" is no member of this", item.key()));
      }
    }
  }
  [[nodiscard]] bool has(std::string_view name) const {
    return !failed() && value_->is_object() && value_->contains(std::string(name));
  }
  [[nodiscard]] bool is_null() const { return !failed() && value_->is_null(); }

  [[nodiscard]] Place operator[](std::string_view name) const {
    static const Json nothing;
    Place member(&nothing, pointer_ + pointer_part(name), problem_);
    if (failed()) return member;
    if (!value_->is_object()) {
      complain("is no object");
      return member;
    }
    const auto found = value_->find(std::string(name));
    if (found == value_->end()) {
      member.complain("is missing");
    } else {
      member.value_ = &*found;
    }
    return member;
  }

  [[nodiscard]] std::string text() const {
    if (failed()) return "";
    if (value_->is_string()) return value_->get<std::string>();
    complain("is no text");
    return "";
  }
  [[nodiscard]] bool truth() const {
    if (failed()) return false;
    if (value_->is_boolean()) return value_->get<bool>();
    complain("is neither true nor false");
    return false;
  }
  /// From 0 to `most`.
  [[nodiscard]] std::uint64_t number(std::uint64_t most = UINT64_MAX) const {
    if (failed()) return 0;
    if (!value_->is_number_unsigned()) {
      complain("is no whole number of 0 or more");
      return 0;
    }
    const auto number = value_->get<std::uint64_t>();
    if (number > most) complain(fmt::format("is above {}", most));
    return number;
  }
  [[nodiscard]] base::Instant instant() const {
    const auto instant = base::parse_rfc3339(text());
    if (!instant) complain(instant.error().message);
    return instant.value_or(base::Instant{});
  }
  [[nodiscard]] std::optional<base::Instant> optional_instant() const {
    return is_null() ? std::nullopt : std::optional(instant());
  }
  /// The value whose text it is.
  template <class Values>
  [[nodiscard]] auto one_of(const Values& values, std::string_view what) const {
    const auto word = text();
    const auto found = std::ranges::find_if(
        values, [&](const auto value) { return to_text(value) == std::string_view(word); });
    if (found != values.end()) return *found;
    complain(fmt::format("\"{}\" is no {}", word, what));
    return values.front();
  }

  template <class Read>
  [[nodiscard]] auto list(Read read) const {
    std::vector<decltype(read(*this))> out;
    if (failed()) return out;
    if (!value_->is_array()) {
      complain("is no list");
      return out;
    }
    if (value_->size() > longest_list) {
      complain(fmt::format("has more than {} entries", longest_list));
      return out;
    }
    for (std::size_t i = 0; i < value_->size() && !failed(); ++i) {
      out.push_back(read(Place(&(*value_)[i], fmt::format("{}/{}", pointer_, i), problem_)));
    }
    return out;
  }
  [[nodiscard]] std::vector<std::string> texts() const {
    return list([](const Place& place) { return place.text(); });
  }

 private:
  const Json* value_;
  std::string pointer_;
  std::string* problem_;
};

using Names = std::string_view;

scenarios::Verdict verdict_at(const Place& place) {
  return place.one_of(all_verdicts, "verdict");
}

scenarios::Measured measured_at(const Place& place) {
  place.expect_members(std::array<Names, 1>{"wall"});
  const auto wall = place["wall"];
  wall.expect_members(std::array<Names, 2>{"text", "nanoseconds"});
  (void)wall["text"].text();
  return {base::Duration(static_cast<std::int64_t>(wall["nanoseconds"].number(INT64_MAX)))};
}

scenarios::ClauseRecord clause_at(const Place& place) {
  place.expect_members(std::array<Names, 8>{"id", "title", "law", "why", "level", "source", "link", "area"});
  return {.id = place["id"].text(),
          .title = place["title"].text(),
          .law = place["law"].text(),
          .why = place["why"].text(),
          .level = place["level"].text(),
          .source = place["source"].text(),
          .link = place["link"].text(),
          .area = place["area"].text()};
}

scenarios::Difference difference_at(const Place& place) {
  place.expect_members(std::array<Names, 3>{"where", "expected", "found"});
  return {
      .where = place["where"].text(), .expected = place["expected"].text(), .found = place["found"].text()};
}

scenarios::CheckRecord check_at(const Place& place) {
  place.expect_members(
      std::array<Names, 7>{"line", "what", "expected", "differences", "says", "verdict", "exchanges"});
  scenarios::CheckRecord check;
  check.line = static_cast<int>(place["line"].number(INT32_MAX));
  check.what = place["what"].text();
  check.expected = place["expected"].text();
  check.differences = place["differences"].list(difference_at);
  check.says = place["says"].text();
  check.verdict = verdict_at(place["verdict"]);
  check.exchanges = place["exchanges"].list([](const Place& id) { return id.number(); });
  return check;
}

std::pair<std::string, std::string> header_at(const Place& place) {
  place.expect_members(std::array<Names, 2>{"name", "value"});
  return {place["name"].text(), place["value"].text()};
}

/// Where it has both, `body` is left to be an unknown member.
std::string body_at(const Place& message) {
  if (!message.has("body_base64")) return message["body"].text();
  const auto place = message["body_base64"];
  const auto bytes = base::from_base64(place.text());
  if (!bytes) place.complain("is no base64");
  return bytes.value_or("");
}

std::string_view body_member(const Place& message) {
  return message.has("body_base64") ? "body_base64" : "body";
}

scenarios::ExchangeRecord exchange_at(const Place& place) {
  place.expect_members(std::array<Names, 9>{"id", "from", "to", "sent", "delivered", "concluded", "request",
                                            "response", "failure"});
  scenarios::ExchangeRecord exchange;
  exchange.id = place["id"].number();
  exchange.from = place["from"].text();
  exchange.to = place["to"].text();
  exchange.sent = place["sent"].instant();
  exchange.delivered = place["delivered"].optional_instant();
  exchange.concluded = place["concluded"].optional_instant();
  const auto request = place["request"];
  request.expect_members(std::array<Names, 4>{"method", "target", "headers", body_member(request)});
  exchange.method = request["method"].text();
  exchange.target = request["target"].text();
  exchange.request_headers = request["headers"].list(header_at);
  exchange.request_body = body_at(request);
  exchange.failure = place["failure"].text();
  const auto response = place["response"];
  if (response.failed() || response.is_null()) return exchange;
  response.expect_members(std::array<Names, 3>{"status", "headers", body_member(response)});
  exchange.status = static_cast<int>(response["status"].number(999));
  if (exchange.status == 0) response["status"].complain("is no status");
  exchange.response_headers = response["headers"].list(header_at);
  exchange.response_body = body_at(response);
  return exchange;
}

scenarios::CaseRecord case_at(const Place& place) {
  using scenarios::Level;
  using scenarios::Severity;
  static constexpr std::array levels{Level::must, Level::should, Level::may};
  static constexpr std::array severities{Severity::critical, Severity::high, Severity::medium, Severity::low};
  place.expect_members(std::array<Names, 19>{
      "id", "title", "covers", "level", "severity", "why", "fix", "tags", "verdict", "summary", "blocked_by",
      "readings", "checks", "exchanges", "known", "stale", "regressed", "replay", "measured"});
  scenarios::CaseRecord one;
  one.id = place["id"].text();
  one.title = place["title"].text();
  one.covers = place["covers"].texts();
  one.level = place["level"].one_of(levels, "level");
  one.severity = place["severity"].one_of(severities, "severity");
  one.why = place["why"].text();
  one.fix = place["fix"].text();
  one.tags = place["tags"].texts();
  one.verdict = verdict_at(place["verdict"]);
  one.summary = place["summary"].text();
  one.blocked_by = place["blocked_by"].text();
  one.readings = place["readings"].texts();
  one.checks = place["checks"].list(check_at);
  one.exchanges = place["exchanges"].list(exchange_at);
  one.known = place["known"].text();
  one.stale = place["stale"].truth();
  one.regressed = place["regressed"].truth();
  one.replay = place["replay"].text();
  one.measured = measured_at(place["measured"]);
  return one;
}

scenarios::ProfileRecord profile_at(const Place& place) {
  place.expect_members(std::array<Names, 4>{"name", "verdict", "text", "because"});
  return {.name = place["name"].text(),
          .verdict = verdict_at(place["verdict"]),
          .text = place["text"].text(),
          .because = place["because"].texts()};
}

/// They repeat what the cases say, so they must not say something else.
void check_totals(const Place& place, const ConformanceRecord& record) {
  const auto totals = place["totals"];
  totals.expect_members(std::array<Names, 9>{"cases", "error", "violates", "deviates", "unclear", "blocked",
                                             "conforms", "refused", "not applicable"});
  const auto expect = [](const Place& number, std::size_t count) {
    const auto said = number.number();
    if (said != count) number.complain(fmt::format("says {}, the cases come to {}", said, count));
  };
  expect(totals["cases"], record.cases.size());
  const auto counts = count_verdicts(record);
  for (const auto verdict : all_verdicts) expect(totals[to_text(verdict)], counts[rank(verdict)]);
  expect(place["exit_code"], static_cast<std::size_t>(exit_code_of(record)));
}

void check_ids(const Place& place, const ConformanceRecord& record) {
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < record.cases.size(); ++i) {
    if (!ids.insert(record.cases[i].id).second) {
      place.complain(fmt::format("\"{}\" is the id of two cases", record.cases[i].id));
    }
  }
}

ConformanceRecord record_at(const Place& place) {
  place.expect_members(std::array<Names, 21>{
      "report",   "schema_version", "version",     "suite",   "target",   "product",  "seed",
      "started",  "exit_code",      "totals",      "problem", "baseline", "profiles", "announced",
      "requests", "left_out",       "left_behind", "clauses", "cases",    "replay",   "measured"});
  ConformanceRecord record;
  record.version = place["version"].text();
  record.suite = place["suite"].text();
  record.target = place["target"].text();
  record.product = place["product"].text();
  record.seed = place["seed"].number();
  record.started = place["started"].instant();
  record.problem = place["problem"].text();
  record.baseline = place["baseline"].text();
  record.profiles = place["profiles"].list(profile_at);
  record.announced = place["announced"].texts();
  record.requests = place["requests"].number();
  record.left_out = place["left_out"].number();
  record.left_behind = place["left_behind"].texts();
  record.clauses = place["clauses"].list(clause_at);
  record.cases = place["cases"].list(case_at);
  record.replay = place["replay"].text();
  record.measured = measured_at(place["measured"]);
  check_totals(place, record);
  check_ids(place["cases"], record);
  return record;
}

/// "line 3, column 5" of a byte, counted from 1.
std::string place_of_byte(std::string_view text, std::size_t byte) {
  const auto before = text.substr(0, byte == 0 ? 0 : std::min(byte - 1, text.size()));
  const auto line_begin = before.rfind('\n') + 1;  // 0 where there is none
  return fmt::format("line {}, column {}", std::ranges::count(before, '\n') + 1, before.size() - line_begin + 1);
}

base::Result<Json> parsed(std::string_view text) {
  try {
    return base::Result<Json>(std::in_place, Json::parse(text));
  } catch (const Json::parse_error& error) {
    return base::fail(fmt::format("the report is no JSON: something is wrong at {}", place_of_byte(text, error.byte)));
  }
}

}  // namespace

base::Result<ConformanceRecord> conformance_from_json(std::string_view text) {
  if (text.size() > longest_report) return base::fail("the report is larger than 128 MiB");
  const auto json_or_not = parsed(text);
  const bool is_report = json_or_not && json_or_not->is_object() && json_or_not->contains("report");
  if (const auto kind = is_report ? std::string_view() : document_kind(text); !kind.empty()) {
    return base::fail(fmt::format("this is {}; what is expected is the report.json of 'conform'", kind));
  }
  if (!json_or_not) return base::fail(json_or_not.error().message);
  const auto& json = *json_or_not;
  std::string problem;
  const Place place(&json, "", &problem);
  if (place["report"].text() != "conformance") place["report"].complain("is not \"conformance\"");
  if (place["schema_version"].text() != "1") {
    place["schema_version"].complain("is not \"1\", the only one that this version reads");
  }
  auto record = record_at(place);
  if (!problem.empty()) return base::fail(problem);
  return record;
}

}  // namespace reports
