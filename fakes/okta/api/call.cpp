#include "fakes/okta/api/call.h"

#include <fmt/format.h>

namespace fakes::okta::api {

Actor Call::actor() const {
  Actor actor{.kind = Actor::Kind::app, .id = caller.id, .alternate_id = caller.name, .display_name = caller.name};
  if (const auto* user = org().find(UserId{caller.user}); user != nullptr) actor = Actor::of(*user);
  actor.user_agent = request.headers.find("User-Agent").value_or("");
  actor.ip_address = request.headers.find("X-Forwarded-For").value_or("");
  actor.transaction_id = request_id;
  return actor;
}

ApiError error_of(const Refusal& refusal) {
  ApiError error{static_cast<ErrorCode>(refusal.code), {}, refusal.causes};
  if (refusal.subject.empty()) return error;
  if (error.code == ErrorCode::validation_failed) error.summary = fmt::format("Api validation failed: {}", refusal.subject);
  if (error.code == ErrorCode::not_found) error.summary = fmt::format("Not found: Resource not found: {}", refusal.subject);
  return error;
}

Outcome<UserId> user_of(const Call& call, const std::string& key) {
  const auto* user = key == "me" ? call.org().find(UserId{call.caller.user}) : call.org().find_user(key);
  if (user == nullptr) return no_such("User", key);
  return user->id;
}

Outcome<const Group*> group_of(const Call& call, const std::string& key) {
  const auto* group = call.org().find(GroupId{key});
  if (group == nullptr) return no_such("UserGroup", key);
  return group;
}

Outcome<const App*> app_of(const Call& call, const std::string& key) {
  const auto* app = call.org().find(AppId{key});
  if (app == nullptr) return no_such("AppInstance", key);
  return app;
}

}  // namespace fakes::okta::api
