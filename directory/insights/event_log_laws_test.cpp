// Reading the log, held against a list that is searched by hand: whatever was written in whatever order, a
// query's pages hold what matches, each event once, in order, whichever index they are read from.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "directory/insights/event_log.h"
#include "sim/disk.h"

namespace directory {
namespace event_log_laws_test {

using std::chrono::nanoseconds;

const base::Instant noon = base::parse_rfc3339("2026-01-05T12:00:00Z").value();
constexpr EventService services[] = {EventService::directory, EventService::sso, EventService::systems};
constexpr std::string_view types[] = {"user_create", "user_update", "sso_auth"};

struct Written {
  int at, type, service, user;
  bool success;
};

/// A search as the API takes it, and as a function of what was written.
struct Search {
  std::string json;
  std::function<bool(const Written&)> holds;
};

int below(int bound) {
  return *rc::gen::inRange(0, bound);
}

Search any_test() {
  const auto type = static_cast<std::size_t>(below(3));
  const auto user = below(3);
  switch (below(6)) {
    case 0:
      return {fmt::format(R"({{"event_type": "{}"}})", types[type]),
              [=](const Written& event) { return event.type == static_cast<int>(type); }};
    case 1:
      return {fmt::format(R"({{"event_type": ["{}", "{}"]}})", types[type], types[0]),
              [=](const Written& event) { return event.type == static_cast<int>(type) || event.type == 0; }};
    case 2:
      return {fmt::format(R"({{"resource.username": "User{}"}})", user),
              [=](const Written& event) { return event.user == user; }};
    case 3:
      return {R"({"success": "false"})", [](const Written& event) { return !event.success; }};
    case 4:
      return {fmt::format(R"({{"field": "event_type", "operator": "ne", "value": "{}"}})", types[type]),
              [=](const Written& event) { return event.type != static_cast<int>(type); }};
    default:
      return {fmt::format(R"({{"field": "resource.username", "operator": "endsWith", "value": "{}"}})", user),
              [=](const Written& event) { return event.user == user; }};
  }
}

Search any_conjunction(int depth) {
  const auto kind = below(3);
  std::vector<Search> parts;
  std::string list;
  // A plain field may be named once: one test a conjunction, and other conjunctions beside it.
  parts.push_back(any_test());
  for (int more = depth == 0 ? 0 : below(3); more > 0; --more) parts.push_back(any_conjunction(depth - 1));
  for (const auto& part : parts) list += (list.empty() ? "" : ", ") + part.json;
  const auto* name = kind == 0 ? "and" : kind == 1 ? "or" : "not";
  return {fmt::format(R"({{"{}": [{}]}})", name, list), [=](const Written& event) {
            const auto holds = [&](const Search& part) { return part.holds(event); };
            return kind == 0   ? std::ranges::all_of(parts, holds)
                   : kind == 1 ? std::ranges::any_of(parts, holds)
                               : std::ranges::none_of(parts, holds);
          }};
}

std::vector<Written> any_events() {
  std::vector<Written> events;
  for (int count = below(40); count > 0; --count) {
    const auto at = below(10);
    const auto type = below(3);
    const auto service = below(3);
    const auto user = below(3);
    events.push_back({at, type, service, user, *rc::gen::arbitrary<bool>()});
  }
  return events;
}

/// Every event of the query, page by page.
std::vector<std::string> all_pages(EventLog& log, EventQuery query) {
  std::vector<std::string> read;
  for (;;) {
    const auto page = log.find(query, noon + nanoseconds{10});
    read.insert(read.end(), page.events.begin(), page.events.end());
    if (std::ssize(page.events) < query.limit) return read;
    query.after = page.last;
  }
}

std::string number_of(const std::string& event) {
  return base::string_or(base::parse_json(event).value().at("resource"), "id", "");
}

// [rule DI6] [rule DI7] [rule DI8] [rule DI10]
RC_GTEST_PROP(EventLogLaws, pages_hold_what_matches_each_once_and_in_order, ()) {
  sim::SimulatedDisk disk{base::Rng(1), {}};
  const auto db = Database::open(disk, base::Rng(2)).value();
  EventLog log{*db, base::Rng(3), "organization-1"};
  const auto written = any_events();
  for (std::size_t i = 0; i < written.size(); ++i) {
    const auto& [at, type, service, user, success] = written[i];
    Event event{std::string(types[type]), {}, {"systemuser", std::to_string(i), fmt::format("user{}", user)}};
    event.service = services[service];
    event.success = success;
    log.write(noon + nanoseconds{at}, event);
  }

  EventQuery query;
  for (const auto service : services) {
    if (*rc::gen::arbitrary<bool>()) query.services.push_back(service);
  }
  const auto start = below(10);
  const auto end = start + below(10);
  query.start = noon + nanoseconds{start};
  query.end = noon + nanoseconds{end};
  query.limit = 1 + below(20);
  query.descending = *rc::gen::arbitrary<bool>();
  const auto search = any_conjunction(2);
  const auto searches = *rc::gen::arbitrary<bool>();
  if (searches) query.term = SearchTerm::parse(base::parse_json(search.json).value()).value();

  std::vector<std::size_t> wanted;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const auto& event = written[i];
    const bool asked = std::ranges::find(query.services, services[event.service]) != query.services.end();
    if (asked && event.at >= start && event.at < end && (!searches || search.holds(event)))
      wanted.push_back(i);
  }
  std::ranges::stable_sort(wanted, {}, [&](std::size_t i) { return written[i].at; });
  if (query.descending) std::ranges::reverse(wanted);

  std::vector<std::string> expected;
  for (const auto i : wanted) expected.push_back(std::to_string(i));
  std::vector<std::string> read;
  for (const auto& event : all_pages(log, query)) read.push_back(number_of(event));
  RC_ASSERT(read == expected);
  RC_ASSERT(log.count(query, noon + nanoseconds{10}) == std::ssize(expected));
}

}  // namespace event_log_laws_test
}  // namespace directory
