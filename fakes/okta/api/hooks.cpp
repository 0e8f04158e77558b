#include "fakes/okta/api/hooks.h"

#include <fmt/format.h>

#include "base/uri.h"
#include "fakes/okta/api/user_json.h"

namespace fakes::okta::api {
namespace {

using base::json_text;
using base::JsonArray;
using base::JsonObject;

Outcome<std::set<std::string>> read_events(const JsonObject& body) {
  const auto events = object_of(body, "events");
  if (!events) return std::unexpected(events.error());
  const auto* items = *events == nullptr ? nullptr : base::member(**events, "items");
  if (items == nullptr || !items->is_array() || items->get_array().empty()) return invalid("events", "The field cannot be left blank");
  std::set<std::string> out;
  for (const auto& item : items->get_array()) {
    if (!item.is_string()) return refuse(ErrorCode::malformed_body);
    out.emplace(base::as_text(item.get_string()));
  }
  return out;
}

Outcome<EventHook> read_hook_body(const Call& call, EventHook hook) {
  const auto body = read_object(call.request);
  if (!body) return std::unexpected(body.error());
  auto events = read_events(*body);
  if (!events) return std::unexpected(events.error());
  if (call.context.hooks.types_beside(hook.id) + events->size() > most_event_types) return invalid("events", fmt::format("There can be {} event types", most_event_types));
  const auto channel = object_of(*body, "channel");
  if (!channel) return std::unexpected(channel.error());
  if (*channel == nullptr) return invalid("channel", "The field cannot be left blank");
  const auto config = object_of(**channel, "config");
  if (!config) return std::unexpected(config.error());
  const base::Json settings = *config == nullptr ? base::Json(JsonObject{}) : base::Json(**config);
  const auto url = base::string_or(settings, "uri", "");
  const auto uri = base::parse_uri(url);
  if (!uri || uri->scheme != "https") return invalid("uri", "An https address is expected");
  hook.name = base::string_or(base::Json(*body), "name", "");
  if (hook.name.empty()) return invalid("name", "The field cannot be left blank");
  // A new address has to be asked anew.
  hook.verified = hook.verified && hook.url == url;
  hook.url = url;
  hook.events = *std::move(events);
  hook.headers.clear();
  if (const auto* headers = base::member(settings, "headers"); headers != nullptr && headers->is_array()) {
    for (const auto& header : headers->get_array()) hook.headers.push_back({base::string_or(header, "key", ""), base::string_or(header, "value", "")});
  }
  if (const auto* scheme = base::member(settings, "authScheme"); scheme != nullptr && scheme->is_object())
    hook.headers.push_back({base::string_or(*scheme, "key", "Authorization"), base::string_or(*scheme, "value", "")});
  hook.origin = call.request.origin;
  hook.last_updated = call.context.now;
  return hook;
}

Outcome<EventHook*> hook_of(const Call& call) {
  auto* hook = call.context.hooks.find(call.keys.front());
  if (hook == nullptr) return no_such("EventHook", call.keys.front());
  return hook;
}

Reply set_active(const Call& call, bool active) {
  const auto hook = hook_of(call);
  if (!hook) return std::unexpected(hook.error());
  if (active && !(*hook)->active) EventHooks::begin(**hook, call.org().log());
  (*hook)->active = active;
  (*hook)->last_updated = call.context.now;
  return json_answer(hook_json(**hook));
}

}  // namespace

JsonObject hook_json(const EventHook& hook) {
  JsonArray items;
  for (const auto& event : hook.events) items.push_back(json_text(event));
  JsonObject config;
  config["uri"] = json_text(hook.url);
  config["method"] = "POST";
  JsonObject channel;
  channel["type"] = "HTTP";
  channel["version"] = "1.0.0";
  channel["config"] = std::move(config);
  JsonObject out;
  out["id"] = json_text(hook.id);
  out["name"] = json_text(hook.name);
  out["status"] = hook.active ? "ACTIVE" : "INACTIVE";
  out["verificationStatus"] = hook.verified ? "VERIFIED" : "UNVERIFIED";
  out["created"] = time_json(hook.created);
  out["lastUpdated"] = time_json(hook.last_updated);
  out["events"] = JsonObject{{"type", "EVENT_TYPE"}, {"items", std::move(items)}};
  out["channel"] = std::move(channel);
  return out;
}

Reply create_hook(const Call& call) {
  auto& hooks = call.context.hooks.all();
  if (hooks.size() >= most_hooks) return invalid("eventHooks", fmt::format("There can be {} event hooks", most_hooks));
  auto hook = read_hook_body(call, {});
  if (!hook) return std::unexpected(hook.error());
  hook->id = "who" + call.context.rng.hex(9).substr(0, 17);
  hook->created = call.context.now;
  const auto& added = hooks.emplace(hook->id, *hook).first->second;
  return json_answer(hook_json(added));
}

Reply list_hooks(const Call& call) {
  JsonArray out;
  for (const auto& [id, hook] : call.context.hooks.all()) out.push_back(hook_json(hook));
  return json_answer(out);
}

Reply read_hook(const Call& call) {
  const auto hook = hook_of(call);
  if (!hook) return std::unexpected(hook.error());
  return json_answer(hook_json(**hook));
}

Reply replace_hook(const Call& call) {
  const auto hook = hook_of(call);
  if (!hook) return std::unexpected(hook.error());
  auto changed = read_hook_body(call, **hook);
  if (!changed) return std::unexpected(changed.error());
  **hook = *std::move(changed);
  return json_answer(hook_json(**hook));
}

Reply delete_hook(const Call& call) {
  const auto hook = hook_of(call);
  if (!hook) return std::unexpected(hook.error());
  if ((*hook)->active) return refuse(ErrorCode::no_permission, {}, {"an event hook has to be inactive to be deleted"});
  call.context.hooks.all().erase(call.keys.front());
  return no_content();
}

Reply verify_hook(const Call& call) {
  const auto hook = hook_of(call);
  if (!hook) return std::unexpected(hook.error());
  call.context.hooks.to_verify = (*hook)->id;
  return json_answer(hook_json(**hook));
}

Reply activate_hook(const Call& call) { return set_active(call, true); }
Reply deactivate_hook(const Call& call) { return set_active(call, false); }

}  // namespace fakes::okta::api
