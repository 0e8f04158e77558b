#include "directory/insights/event_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace directory {
namespace {

constexpr std::int64_t chunk_size = 1'000;
constexpr std::int64_t erasing_every = 16;

/// A position before every event of the query.
EventPosition beginning(const EventQuery& query) {
  if (query.descending) return {query.end, std::numeric_limits<std::int64_t>::min()};
  return {query.start, std::numeric_limits<std::int64_t>::min()};
}

/// The types that the query names, as condition() compares them.
std::string types_of(const EventQuery& query) {
  const auto types = query.term ? query.term->event_types() : std::nullopt;
  if (!types) return "";
  return types->size() == 1 ? types->front() : base::to_text(base::JsonArray(types->begin(), types->end()));
}

/// Over start, end, the position before, and types_of(). One type is read from its index in order. For several, going
/// through the times is cheaper than sorting: the plus sign keeps the index on types out of it.
std::string condition(const EventQuery& query) {
  const auto types = query.term ? query.term->event_types() : std::nullopt;
  const auto* by_type = !types ? "?5 = ''" : types->size() == 1 ? "type = ?5" : "+type IN (SELECT value FROM json_each(?5))";
  std::string services;
  for (const auto service : query.services) {
    services += fmt::format("{}'{}'", services.empty() ? "" : ", ", service_name(service));
  }
  return fmt::format("at >= ?1 AND at < ?2 AND (at, sequence) {} (?3, ?4) AND service IN ({}) AND {}",
                     query.descending ? "<" : ">", services, by_type);
}

/// Whether an event has to be looked into.
bool needs_parsing(const EventQuery& query) { return query.term && !query.term->asks_for_event_types_alone(); }

}  // namespace

EventLog::EventLog(Database& database, base::Rng rng, std::string organization, base::Duration retention)
    : database_(&database), rng_(rng), organization_(std::move(organization)), retention_(retention) {}

void EventLog::write(base::Instant at, const Event& event) {
  const auto id = rng_.hex(12);
  const auto body = to_json(event, id, at, organization_, context_.origin, context_.correlation);
  database_->run("INSERT INTO events (id, type, service, at, body) VALUES (?1, ?2, ?3, ?4, ?5)", id, event.type,
                 service_name(event.service), at, base::to_text(body));
  erase_expired(at);
}

void EventLog::write(std::string_view type, base::Instant at, const Actor& actor, const EventSubject& subject,
                     const std::vector<FieldChange>& changes, bool success) {
  write(at, Event{std::string(type), actor, subject, changes, success});
}

/// Up to `most` events of the query's services, span and, if it names them, types, beyond a position.
std::vector<EventLog::Stored> EventLog::stored(const EventQuery& query, const EventPosition& after, std::int64_t most) {
  std::vector<Stored> found;
  // The index is entered where the page before ended: it does not serve the comparison of positions.
  const auto start = query.descending ? query.start : std::max(query.start, after.at);
  const auto end = query.descending ? std::min(query.end, after.at + std::chrono::nanoseconds{1}) : query.end;
  const auto order = query.descending ? "DESC" : "ASC";
  database_->query(
      fmt::format("SELECT at, sequence, body FROM events WHERE {0} ORDER BY at {1}, sequence {1} LIMIT ?6",
                  condition(query), order),
      [&](Row row) { found.push_back({{row.instant(0), row.integer(1)}, row.text(2)}); }, start, end, after.at, after.sequence,
      types_of(query), most);
  return found;
}

/// Calls `each(stored, parsed)` for every match in order, until it says false; an event that the query need not look
/// into is not parsed.
template <class Each>
void EventLog::visit(const EventQuery& asked, base::Instant now, Each each) {
  if (asked.services.empty()) return;
  auto query = asked;
  query.start = std::max(query.start, now - retention_);
  auto after = query.after.value_or(beginning(query));
  const bool parses = needs_parsing(query);
  const auto size = parses ? chunk_size : std::min(chunk_size, query.limit);
  for (;;) {
    const auto chunk = stored(query, after, size);
    for (const auto& event : chunk) {
      after = event.position;
      std::optional<base::Json> parsed;
      if (parses) {
        auto json = base::parse_json(event.body);
        if (!json || !query.term->matches(*json)) continue;
        parsed = std::move(*json);
      }
      if (!each(event, parsed)) return;
    }
    if (std::ssize(chunk) < size) return;
  }
}

EventPage EventLog::find(const EventQuery& query, base::Instant now) {
  EventPage page{{}, query.after.value_or(beginning(query))};
  visit(query, now, [&](const Stored& event, std::optional<base::Json>& parsed) {
    page.last = event.position;
    if (query.fields.empty()) {
      page.events.push_back(event.body);
      return std::ssize(page.events) < query.limit;
    }
    if (!parsed) {
      if (auto json = base::parse_json(event.body)) parsed = std::move(*json);
    }
    if (parsed) page.events.push_back(base::to_text(projected(*parsed, query.fields)));
    return std::ssize(page.events) < query.limit;
  });
  return page;
}

std::int64_t EventLog::count(const EventQuery& asked, base::Instant now) {
  auto query = asked;
  query.start = std::max(query.start, now - retention_);
  std::int64_t count = 0;
  if (query.services.empty()) return count;
  if (needs_parsing(query)) {
    visit(query, now, [&](const Stored&, const std::optional<base::Json>&) { return ++count > 0; });
    return count;
  }
  const auto after = query.after.value_or(beginning(query));
  const auto counted = database_->first("SELECT count(*) FROM events WHERE " + condition(query),
                                        [](Row row) { return row.integer(0); }, query.start, query.end, after.at,
                                        after.sequence, types_of(query));
  return counted.value_or(count);
}

/// Now and then a few at a time: no clock has to wake up for it, and no change waits long.
void EventLog::erase_expired(base::Instant now) {
  if (database_->last_row_id() % erasing_every != 0) return;
  database_->run("DELETE FROM events WHERE sequence IN (SELECT sequence FROM events WHERE at < ?1 ORDER BY at LIMIT ?2)",
                 now - retention_, 4 * erasing_every);
}

}  // namespace directory
