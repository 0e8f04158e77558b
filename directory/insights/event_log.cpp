#include "directory/insights/event_log.h"

namespace directory {

EventLog::EventLog(Database& database, base::Rng rng, std::string organization)
    : database_(&database), rng_(rng), organization_(std::move(organization)) {}

void EventLog::write(base::Instant at, const Event& event) {
  const auto id = rng_.hex(12);
  const auto body = to_json(event, id, at, organization_, context_.origin, context_.correlation);
  database_->run("INSERT INTO events (id, type, service, at, body) VALUES (?1, ?2, ?3, ?4, ?5)", id, event.type,
                 service_name(event.service), at, base::to_text(body));
}

void EventLog::write(std::string_view type, base::Instant at, const Actor& actor, const EventSubject& subject,
                     const std::vector<FieldChange>& changes, bool success) {
  write(at, Event{std::string(type), actor, subject, changes, success});
}

base::JsonArray EventLog::read(base::Instant start, base::Instant end, std::int64_t limit) {
  base::JsonArray out;
  database_->query(
      "SELECT body FROM events WHERE at >= ?1 AND at < ?2 ORDER BY at, sequence LIMIT ?3",
      [&](Row row) {
        if (auto event = base::parse_json(row.text(0))) out.push_back(std::move(*event));
      },
      start, end, limit);
  return out;
}

}  // namespace directory
