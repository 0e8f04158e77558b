// What a collector asks of the event log, read from the body of its request, and the mark that leads to the next page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/json.h"
#include "base/result.h"
#include "directory/insights/event.h"
#include "directory/insights/search_term.h"

namespace directory {

/// Where in the log an event stands; events of one time stand as they were written.
struct EventPosition {
  base::Instant at{};
  std::int64_t sequence = 0;

  auto operator<=>(const EventPosition&) const = default;
};

struct EventQuery {
  std::vector<EventService> services;  ///< empty: none that this directory has
  base::Instant start{};
  base::Instant end{};  ///< not included
  std::int64_t limit = 1'000;
  bool descending = false;
  std::optional<SearchTerm> term{};
  std::vector<std::vector<std::string>> fields{};  ///< paths to return; empty: all
  std::optional<EventPosition> after{};            ///< the last event of the page before
  std::string digest{};                            ///< of everything but `after`
};

/// Reads `{service, start_time, end_time, limit, sort, search_term, fields, search_after}`. The error says what is
/// missing or makes no sense; a nonsensical limit or sort is no error. [rule DI2] [rule DI4] [rule DI5] [rule DI8]
[[nodiscard]] base::Result<EventQuery> read_event_query(const base::JsonObject& body, base::Instant now);

/// The value of X-Search_after: `[milliseconds, "mark"]`. The mark is good for that very query alone; `salt` makes it a
/// new one each time. [rule DI6] [rule DI7]
[[nodiscard]] std::string search_after(const EventQuery& query, const EventPosition& last, std::string_view salt);

/// What the query's fields leave of an event.
[[nodiscard]] base::Json projected(const base::Json& event, const std::vector<std::vector<std::string>>& fields);

}  // namespace directory
