#include "directory/insights/event.h"

#include "directory/insights/user_agent.h"

namespace directory {
namespace {

using base::JsonArray;
using base::JsonObject;

/// [rule DI22]
JsonObject initiated_by(const Actor& actor) {
  JsonObject out;
  switch (actor.kind) {
    case Actor::Kind::admin:
    case Actor::Kind::integration: out["type"] = "admin"; break;
    case Actor::Kind::user: out["type"] = "systemuser"; break;
    // Assumed: the published table names admins and users alone.
    case Actor::Kind::system:
    case Actor::Kind::device: out["type"] = "system"; break;
  }
  if (!actor.id.empty()) out["id"] = actor.id;
  if (!actor.name.empty()) {
    const bool admin = actor.kind == Actor::Kind::admin || actor.kind == Actor::Kind::integration;
    out[admin ? "email" : "username"] = actor.name;
  }
  if (actor.kind == Actor::Kind::integration) {  // [rule D31]
    out["source"] = "jumpcloud:scim";
    out["source_metadata"] = JsonObject{{"name", actor.source}};
  }
  return out;
}

/// [rule DI21]
JsonObject resource(const EventSubject& subject) {
  JsonObject out{{"type", subject.type}, {"id", subject.id}};
  out[subject.type == "systemuser" ? "username" : subject.type == "admin" ? "email" : "name"] = subject.name;
  if (!subject.recipient_email.empty()) out["recipient_email"] = subject.recipient_email;
  if (!subject.email_type.empty()) out["email_type"] = subject.email_type;
  return out;
}

/// [rule DI24]
JsonArray changes(const std::vector<FieldChange>& list) {
  JsonArray out;
  for (const auto& change : list) {
    JsonObject entry{{"field", change.field}};
    if (change.from) entry["from"] = *change.from;
    if (change.to) entry["to"] = *change.to;
    out.push_back(std::move(entry));
  }
  return out;
}

/// [rule DI23]
JsonObject association(const AssociationChange& change) {
  const auto as_json = [](const AssociationEnd& end) {
    return JsonObject{{"type", end.type}, {"object_id", end.id}, {"name", end.name}};
  };
  return {{"op", change.op}, {"connection", JsonObject{{"from", as_json(change.from)}, {"to", as_json(change.to)}}}};
}

/// Over the portal, or with a key; devices and the directory itself use neither. [rule DI25]
std::string_view auth_method(Actor::Kind kind) {
  switch (kind) {
    case Actor::Kind::admin:
    case Actor::Kind::integration: return "api-key";
    case Actor::Kind::user: return "session";
    case Actor::Kind::system:
    case Actor::Kind::device: return "";
  }
  return "";
}

}  // namespace

std::string_view service_name(EventService service) {
  switch (service) {
    case EventService::directory: return "directory";
    case EventService::sso: return "sso";
    case EventService::systems: return "systems";
  }
  return "";
}

JsonObject to_json(const Event& event, std::string_view id, base::Instant at, std::string_view organization,
                   const RequestOrigin& origin, const std::optional<Correlation>& correlation) {
  JsonObject out{{"id", base::json_text(id)},
                 {"event_type", event.type},
                 {"timestamp", base::to_rfc3339(at)},
                 {"service", base::json_text(service_name(event.service))},
                 {"organization", base::json_text(organization)},
                 {"@version", "1"},
                 {"provider", nullptr},
                 {"success", event.success},
                 {"resource", resource(event.subject)},
                 {"initiated_by", initiated_by(event.actor)}};
  if (const auto method = auth_method(event.actor.kind); !method.empty()) out["auth_method"] = base::json_text(method);
  if (event.type.ends_with("_login_attempt") || event.type == "sso_auth") out["mfa"] = false;
  if (!origin.client_ip.empty()) out["client_ip"] = origin.client_ip;
  if (!origin.user_agent.empty()) out["useragent"] = user_agent_fields(origin.user_agent);
  if (!event.changes.empty()) out["changes"] = changes(event.changes);
  if (event.association) out["association"] = association(*event.association);
  if (event.system) {
    out["system"] = JsonObject{{"id", event.system->id},
                               {"hostname", event.system->hostname},
                               {"displayName", event.system->display_name}};
  }
  if (event.application) {
    out["application"] = JsonObject{{"id", event.application->id}, {"name", event.application->name}};
  }
  if (!event.error_message.empty()) out["error_message"] = event.error_message;
  if (correlation) out["correlation"] = JsonObject{{"id", correlation->id}, {"type", correlation->type}};
  for (const auto& [name, value] : event.details) out[name] = value;
  return out;
}

}  // namespace directory
