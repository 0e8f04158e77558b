#include "directory/portal/portal.h"

#include "directory/cloud_sync/account_marks.h"
#include "directory/federation/identity_provider.h"
#include "directory/federation/routing_policy.h"
#include "directory/portal/sessions.h"
#include "directory/server/responses.h"
#include "directory/users/user_store.h"

namespace directory {

using base::HttpResponse;
using base::JsonObject;

HttpResponse login_refusal(LoginOutcome outcome) {
  switch (outcome) {
    case LoginOutcome::locked:
      return error_response(423, "the account is locked");
    case LoginOutcome::expired:
      return error_response(403, "the password has expired");
    // One answer for all that would tell a stranger which accounts exist.
    default:
      return error_response(401, "the username or the password is wrong");
  }
}

void Portal::add_routes(Router& router) {
  router.add("POST", "/portal/login", bound(*this, &Portal::log_in));
  router.add("GET", "/portal/session", bound(*this, &Portal::show_session));
  router.add("POST", "/portal/logout", bound(*this, &Portal::log_out));
}

HttpResponse Portal::log_in(const RoutedRequest& request) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto name = base::string_or(*body, "username", "");
  const auto password = secret_member(*body, "password");
  if (name.empty() || !password) return error_response(400, "username and password are required");
  return core_->transact([&]() -> Decided {
    const auto user = find_login(core_->db(), name);
    if (!user) return login_refusal(LoginOutcome::wrong_password);
    const bool everybody = core_->has(Defect::routing_is_for_everybody) && find_identity_provider(core_->db());
    if (everybody || signs_in_at_provider(core_->db(), user->id)) {
      return error_response(403, "this person signs in at the identity provider");  // [rule D94]
    }
    const auto outcome = check_login(*core_, *user, *password, actor_of(*user));
    if (outcome != LoginOutcome::ok) return kept(login_refusal(outcome));
    if (must_change_password(*core_, *user)) {
      return kept(error_response(403, "the password is about to expire and must be changed"));  // [rule D114]
    }
    offer_cloud_password(*core_, *user, *password, PasswordOccasion::portal_login);
    return open_session(*core_, *user);
  });
}

HttpResponse Portal::show_session(const RoutedRequest& request) {
  const auto user = session_user(*core_, request.http);
  if (!user) return error_response(401, "there is no such session");
  return json_response(200, JsonObject{{"username", user->attributes.username}});
}

HttpResponse Portal::log_out(const RoutedRequest& request) {
  const auto token = session_token(request.http);
  if (!token) return error_response(401, "there is no such session");
  return core_->transact([&]() -> Decided {
    core_->db().run("DELETE FROM portal_sessions WHERE digest = ?1", token_digest(*token));
    if (core_->probes.sometimes(Probe::session_ended_before_log_out, core_->db().changed_rows() == 0))
      return error_response(401, "there is no such session");
    return HttpResponse(204);
  });
}

}  // namespace directory
