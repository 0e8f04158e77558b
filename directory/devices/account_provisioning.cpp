#include "directory/devices/account_provisioning.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "directory/associations/association_changes.h"
#include "directory/devices/system_record.h"
#include "directory/federation/routing_policy.h"
#include "directory/passwords/login_check.h"
#include "directory/policies/effective_policy.h"
#include "directory/server/responses.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

Decided refusal_of(LoginOutcome outcome) {
  switch (outcome) {
    case LoginOutcome::locked:
      return kept(error_response(423, "the account is locked"));
    case LoginOutcome::expired:
      return kept(error_response(403, "the password has expired"));
    // One answer for all that would tell a stranger which accounts exist.
    default:
      return kept(error_response(401, "the username or the password is wrong"));
  }
}

}  // namespace

std::expected<ProvisioningRequest, std::string> read_provisioning(const base::JsonObject& body) {
  ProvisioningRequest wanted{base::string_or(body, "username", ""),
                             base::Secret(base::string_or(body, "password", "")),
                             base::bool_member(body, "password_sync").value_or(true),
                             {}};
  const auto* names = base::member(body, "local_accounts");
  if (names == nullptr || !names->is_array() || names->get_array().size() > most_accounts) {
    return std::unexpected(fmt::format("local_accounts must be a list of at most {}", most_accounts));
  }
  for (const auto& name : names->get_array()) {
    if (!name.is_string()) return std::unexpected("a local account is a name");
    wanted.local_accounts.emplace_back(base::as_text(name.get_string()));
  }
  return wanted;
}

std::string why_not_offered(Core& core, const System& system) {
  const auto facts = facts_of(core.db(), system.id);
  if (facts.is_joined()) return "the device has joined a directory of its own";
  const auto os_name = base::to_lower(facts.os_name.value_or(""));
  if (system.os == "windows" && !core.has(Defect::every_edition_is_offered) &&
      (os_name.find("home") != std::string::npos || os_name.find("server") != std::string::npos)) {
    return "this edition of Windows does not support it";
  }
  if (!bindings_of_system(core.db(), system.id).empty() &&
      !effective_policy(core.db(), system).several_users) {
    return "the device has a user already";
  }
  return {};
}

std::optional<Decided> refuse_account(Core& core, const System& system, const User& user,
                                      const std::vector<std::string>& local_accounts, bool password_sync) {
  if (const auto why = why_not_offered(core, system); !why.empty()) return Decided(error_response(409, why));
  // A takeover is an administrator's to decide, who may know whose account that is. [rule V43]
  const bool is_there = std::ranges::find(local_accounts, user.local_account()) != local_accounts.end();
  if (is_there && !core.has(Defect::login_window_takes_over)) {
    return Decided(error_response(409, "the device has an account of that name already"));
  }
  if (password_sync && password_status(user) != PasswordStatus::active) {  // [rule D98]
    return Decided(error_response(409, "the person has no active password that could be kept in step"));
  }
  return std::nullopt;
}

base::JsonObject provisioned_json(const User& user) {
  return {{"user_id", user.id.text()},
          {"local_account", user.local_account()},
          {"password_set", password_stamp(user)}};
}

std::expected<User, Decided> provision_account(Core& core, const System& system,
                                               const ProvisioningRequest& request) {
  if (const auto why = why_not_offered(core, system); !why.empty())
    return std::unexpected(Decided(error_response(409, why)));
  const auto user = find_user_by_username(core.db(), request.username);
  if (!user) return std::unexpected(refusal_of(LoginOutcome::wrong_password));
  if (signs_in_at_provider(core.db(), user->id)) {
    // Nothing here could tell whether that is their password. [rule D94] [rule V45]
    return std::unexpected(Decided(error_response(403, "this person signs in at the identity provider")));
  }
  const Actor actor{Actor::Kind::user, user->id.text(), user->attributes.username};
  const auto outcome = check_login(core, *user, request.password, actor);
  if (outcome != LoginOutcome::ok) return std::unexpected(refusal_of(outcome));
  if (core.has(Defect::first_users_are_refused) && bindings_of_system(core.db(), system.id).empty())
    return std::unexpected(kept(error_response(409, "the device has no user yet")));
  if (auto refusal = refuse_account(core, system, *user, request.local_accounts, request.password_sync)) {
    return std::unexpected(kept(std::move(refusal->response)));  // the login counts
  }
  bind_user(core, {.system = system.id, .user = user->id, .password_sync = request.password_sync}, actor,
            *user, system);
  return *user;
}

}  // namespace directory
