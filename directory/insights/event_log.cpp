#include "directory/insights/event_log.h"

namespace directory {
namespace {

base::JsonObject initiated_by(const Actor& actor) {
  base::JsonObject out;
  switch (actor.kind) {
    case Actor::Kind::admin: out["type"] = "admin"; break;
    case Actor::Kind::user: out["type"] = "systemuser"; break;
    case Actor::Kind::integration:
      out["type"] = "admin";
      out["source"] = "jumpcloud:scim";
      out["source_metadata"] = base::JsonObject{{"name", actor.name}};
      break;
    case Actor::Kind::system: out["type"] = "system"; break;
    case Actor::Kind::device: out["type"] = "system"; break;
  }
  if (!actor.id.empty()) out["id"] = actor.id;
  if (!actor.name.empty() && actor.kind != Actor::Kind::integration) {
    out[actor.kind == Actor::Kind::admin ? "email" : "username"] = actor.name;
  }
  return out;
}

}  // namespace

EventLog::EventLog(Database& database, base::Rng rng, std::string organization)
    : database_(&database), rng_(rng), organization_(std::move(organization)) {}

void EventLog::write(std::string_view type, base::Instant at, const Actor& actor, const EventSubject& subject,
                     const std::vector<FieldChange>& changes, bool success) {
  const auto id = rng_.hex(12);
  base::JsonObject resource{{"type", subject.type}, {"id", subject.id}};
  resource[subject.type == "systemuser" ? "username" : "name"] = subject.name;
  base::JsonObject event{{"id", id},
                         {"event_type", boost::json::string_view(type.data(), type.size())},
                         {"timestamp", base::to_rfc3339(at)},
                         {"service", "directory"},
                         {"organization", organization_},
                         {"@version", "1"},
                         {"success", success},
                         {"resource", std::move(resource)},
                         {"initiated_by", initiated_by(actor)}};
  if (!changes.empty()) {
    base::JsonArray list;
    for (const auto& change : changes) {
      base::JsonObject entry{{"field", change.field}};
      if (change.from) entry["from"] = *change.from;
      if (change.to) entry["to"] = *change.to;
      list.push_back(std::move(entry));
    }
    event["changes"] = std::move(list);
  }
  database_->run("INSERT INTO events (id, type, at, body) VALUES (?1, ?2, ?3, ?4)", id, type, at, base::to_text(event));
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
