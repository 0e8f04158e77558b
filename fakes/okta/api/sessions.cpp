#include "fakes/okta/api/sessions.h"

#include "fakes/okta/api/user_json.h"

namespace fakes::okta::api {
namespace {

using base::json_text;

base::JsonObject session_json(const Call& call, const Session& session) {
  base::JsonObject out;
  out["id"] = json_text(session.id.text());
  out["userId"] = json_text(session.user.text());
  if (const auto* user = call.org().find(session.user); user != nullptr) out["login"] = json_text(user->login());
  out["createdAt"] = time_json(session.created);
  out["expiresAt"] = time_json(session.expires);
  out["status"] = "ACTIVE";
  out["amr"] = base::JsonArray{"pwd"};
  out["mfaActive"] = false;
  return out;
}

Outcome<const Session*> session_of(const Call& call, const std::string& id) {
  const auto* session = call.org().find_session(SessionId{id});
  if (session == nullptr) return no_such("Session", id);
  return session;
}

/// The one that the cookie names.
Outcome<const Session*> my_session(const Call& call) { return session_of(call, call.request.cookie("sid").value_or("me")); }

Reply shown(const Call& call, const Outcome<const Session*>& session) {
  if (!session) return std::unexpected(session.error());
  return json_answer(session_json(call, **session));
}

Reply refreshed(const Call& call, const Outcome<const Session*>& session) {
  if (!session) return std::unexpected(session.error());
  const auto id = (*session)->id;
  call.org().touch_session(id);
  return shown(call, session_of(call, id.text()));
}

Reply ended(const Call& call, const Outcome<const Session*>& session) {
  if (!session) return std::unexpected(session.error());
  const auto id = (*session)->id;
  call.org().close_session(id, call.actor());
  return no_content();
}

}  // namespace

Reply clear_user_sessions(const Call& call) {
  const auto id = user_of(call, call.keys.front());
  if (!id) return std::unexpected(id.error());
  const auto tokens = call.request.flag("oauthTokens", false);
  if (!tokens) return std::unexpected(tokens.error());
  if (const auto done = told(call.org().clear_sessions(*id, *tokens, call.actor())); !done) return std::unexpected(done.error());
  return no_content();
}

Reply delete_my_sessions(const Call& call) {
  const auto done = told(call.org().clear_sessions(UserId{call.caller.user}, false, call.actor()));
  if (!done) return std::unexpected(done.error());
  return empty_object();
}

Reply read_session(const Call& call) { return shown(call, session_of(call, call.keys.front())); }
Reply refresh_session(const Call& call) { return refreshed(call, session_of(call, call.keys.front())); }
Reply delete_session(const Call& call) { return ended(call, session_of(call, call.keys.front())); }
Reply read_my_session(const Call& call) { return shown(call, my_session(call)); }
Reply refresh_my_session(const Call& call) { return refreshed(call, my_session(call)); }
Reply delete_my_session(const Call& call) { return ended(call, my_session(call)); }

Reply authenticate(const Call& call) {
  const auto body = read_object(call.request);
  if (!body) return std::unexpected(body.error());
  const auto login = text_of(*body, "username");
  if (!login) return std::unexpected(login.error());
  const auto password = text_of(*body, "password");
  if (!password) return std::unexpected(password.error());
  // [Okta provisioning-clients 5.6-06]
  if (!call.context.limits.may_sign_in(folded(login->value_or("")), call.context.options.limits, call.context.now)) return refuse(ErrorCode::too_many_requests);
  const auto outcome = call.org().authenticate(login->value_or(""), base::Secret(password->value_or("")), call.actor());
  base::JsonObject out;
  switch (outcome.result) {
    case SignInResult::signed_in: out["status"] = "SUCCESS"; break;
    case SignInResult::password_expired: out["status"] = "PASSWORD_EXPIRED"; break;
    case SignInResult::locked_out: out["status"] = "LOCKED_OUT"; break;
    case SignInResult::wrong:
    case SignInResult::not_allowed: return refuse(ErrorCode::authentication_failed);
  }
  if (const auto* user = call.org().find(outcome.user); user != nullptr && outcome.ok()) {
    base::JsonObject shown;
    shown["id"] = json_text(user->id.text());
    shown["profile"] = profile_json(user->profile);
    out["_embedded"] = base::JsonObject{{"user", std::move(shown)}};
  }
  return json_answer(out);
}

}  // namespace fakes::okta::api
