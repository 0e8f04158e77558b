#include "directory/portal/password_pages.h"

#include "directory/passwords/login_check.h"
#include "directory/passwords/password_changes.h"
#include "directory/portal/portal.h"
#include "directory/portal/sessions.h"
#include "directory/server/responses.h"
#include "directory/users/activation.h"
#include "directory/users/user_store.h"

namespace directory {

using base::HttpResponse;

void PasswordPages::add_routes(Router& router) {
  router.add("POST", "/portal/activate", bound(*this, &PasswordPages::activate));
  router.add("POST", "/portal/reset", bound(*this, &PasswordPages::reset));
  router.add("POST", "/portal/reset-request", bound(*this, &PasswordPages::ask_for_reset));
  router.add("POST", "/portal/password", bound(*this, &PasswordPages::change_password));
}

HttpResponse PasswordPages::activate(const RoutedRequest& request) {
  return set_by_link(request, MailKind::activation);
}

HttpResponse PasswordPages::reset(const RoutedRequest& request) {
  return set_by_link(request, MailKind::reset);
}

HttpResponse PasswordPages::set_by_link(const RoutedRequest& request, MailKind purpose) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto token = secret_member(*body, "token");
  const auto password = secret_member(*body, "password");
  if (!token || !password) return error_response(400, "token and password are required");
  return core_->transact([&]() -> Decided {
    const auto id = core_->db().first(
        "SELECT user_id FROM mail_tokens WHERE digest = ?1 AND purpose = ?2 AND expires > ?3",
        [](Row row) { return UserId{row.text(0)}; }, token_digest(*token), kind_name(purpose), core_->now());
    const auto user = id ? find_user(core_->db(), *id) : std::nullopt;
    if (core_->probes.sometimes(Probe::link_is_used_too_late, !user)) return error_response(410, "the link has expired or was used already");
    const auto changed = set_password(*core_, *user, *password, actor_of(*user));  // [rule R11]
    if (!changed) return refusal_response(changed.error());
    return HttpResponse(204);
  });
}

HttpResponse PasswordPages::ask_for_reset(const RoutedRequest& request) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto name = base::string_or(*body, "username", "");
  if (name.empty()) return error_response(400, "username is required");
  return core_->transact([&]() -> Decided {
    // The same answer whoever asks for whom: it must not tell which accounts exist.
    if (const auto user = find_login(core_->db(), name)) (void)request_reset(*core_, *user, actor_of(*user));
    return HttpResponse(202);
  });
}

HttpResponse PasswordPages::change_password(const RoutedRequest& request) {
  auto body = read_object(request.http);
  const bool named = body && base::member(*body, "username") != nullptr;
  if (!named && !session_user(*core_, request.http)) return error_response(401, "there is no such session");
  if (!body) return body.error();
  const auto old_password = secret_member(*body, "old_password");
  const auto new_password = secret_member(*body, "new_password");
  if (!old_password || !new_password)
    return error_response(400, "old_password and new_password are required");
  return core_->transact([&]() -> Decided {
    const auto name = base::string_member(*body, "username");
    const auto user = name ? find_login(core_->db(), *name) : session_user(*core_, request.http);
    if (!user)
      return name ? login_refusal(LoginOutcome::wrong_password)
                  : error_response(401, "there is no such session");
    const auto outcome = check_login(*core_, *user, *old_password, actor_of(*user));
    if (outcome != LoginOutcome::ok && outcome != LoginOutcome::expired) return kept(login_refusal(outcome));
    const auto current = find_user(core_->db(), user->id);
    const auto changed = set_password(*core_, *current, *new_password, actor_of(*user));
    if (!changed) return refusal_response(changed.error());
    return HttpResponse(204);
  });
}

}  // namespace directory
