#include "directory/devices/device_password_change.h"

#include <expected>

#include "base/secret.h"
#include "directory/devices/agent_requests.h"
#include "directory/devices/device_logins.h"
#include "directory/passwords/login_check.h"
#include "directory/passwords/password_changes.h"
#include "directory/server/responses.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

struct PasswordChange {
  base::Secret old_password;
  base::Secret new_password;
};

/// Why the directory keeps the password that it has.
struct Unchanged {
  base::HttpResponse answer;
  bool by_the_rules = false;  ///< for passwords; else the old one is not right or not enough
};

std::expected<User, Unchanged> change(Core& core, const System& system, const User& user, const PasswordChange& passwords) {
  // A captured change counts towards the lock like any: an agent's key alone must not let anybody guess for ever.
  const auto outcome = check_login(core, user, passwords.old_password, actor_of(system));
  if (outcome == LoginOutcome::locked) return std::unexpected(Unchanged{error_response(423, "the account is locked")});
  if (outcome != LoginOutcome::ok && outcome != LoginOutcome::expired) {
    return std::unexpected(Unchanged{error_response(403, "the current password is wrong")});
  }
  const auto current = find_user(core.db(), user.id);
  auto changed = set_password(core, *current, passwords.new_password, actor_of(system));  // [rule R16]
  if (!changed) return std::unexpected(Unchanged{refusal_response(changed.error()), true});
  return *std::move(changed);
}

}  // namespace

Decided take_password_change(Core& core, const System& system, const base::JsonObject& body) {
  const auto user = find_user(core.db(), UserId{base::string_or(body, "user_id", "")});
  const auto binding = user ? find_binding(core.db(), system.id, user->id) : std::nullopt;
  if (core.probes.sometimes(Probe::device_is_unbound_before_its_change, !binding)) return error_response(404, "the user is not bound to this device");
  const bool captured = base::bool_member(body, "captured").value_or(false);
  if (captured && !binding->password_sync) {  // [rule D98]
    return error_response(409, "the password of this account is the device's own");
  }
  const PasswordChange passwords{base::Secret(base::string_or(body, "old_password", "")),
                                 base::Secret(base::string_or(body, "new_password", ""))};
  const auto changed = change(core, system, *user, passwords);
  if (changed) {
    core.probes.reached(Probe::password_is_changed_on_a_device);
    core.events.write(core.now(), systems_event("user_password_change", system, *changed));
    return json_response(200, base::JsonObject{{"password_set", password_stamp(*changed)}});
  }
  const auto& [answer, by_the_rules] = changed.error();
  if (!captured) return by_the_rules ? Decided(answer) : kept(answer);
  core.probes.reached(Probe::captured_password_is_not_taken);
  hand_back_password(core, *user, system.id);
  return kept(by_the_rules ? error_response(409, "the directory does not take this password") : answer);
}

}  // namespace directory
