// Passwords, the links by which people choose them, and sign-in. [Okta provisioning-clients 5.3-06] [Okta provisioning-clients 5.3-09]
#include <fmt/format.h>

#include <algorithm>

#include "fakes/okta/org/org.h"
#include "fakes/okta/org/password_hash.h"

namespace fakes::okta {

Outcome<void> Org::check_password(const base::Secret& password, const std::string& login) const {
  auto faults = faults_of(password, login, options_.password_policy);
  if (faults.empty()) return {};
  return refuse(ErrorCode::password_policy, "password", std::move(faults));
}

void Org::keep_password(User& user, const base::Secret& password) {
  witness(password);
  user.credentials.password = password;
  user.credentials.hash.reset();
  user.password_changed = user.last_updated = now();
  user.sign_in_failures = 0;
  void_links(user.id);
  changed(Change::password_set, user);
  fall_out_of_sync(user.id, [](const ProvisioningSettings& settings) { return settings.password && settings.change == PasswordChange::change; });
}

LinkToken Org::issue_link(const User& user, LinkToken::Purpose purpose, Delivery delivery) {
  constexpr std::size_t token_bytes = 16;
  const auto lifetime = purpose == LinkToken::Purpose::activation ? options_.activation_token_lifetime : options_.recovery_token_lifetime;
  const base::Secret token(rng_.hex(token_bytes));
  witness(token);
  void_links(user.id);
  link_owners_.emplace(token.reveal(), user.id);
  return links_[user.id] = {token, user.id, purpose, now(), now() + lifetime, delivery};
}

void Org::void_links(const UserId& user) {
  const auto link = links_.find(user);
  if (link == links_.end()) return;
  link_owners_.erase(link->second.token.reveal());
  links_.erase(link);
}

const LinkToken* Org::find_link(const base::Secret& token) const {
  const auto owner = link_owners_.find(token.reveal());
  if (owner == link_owners_.end()) return nullptr;
  const auto& link = links_.at(owner->second);
  return link.expires <= now() ? nullptr : &link;
}

const LinkToken* Org::mailed_link(const UserId& id) const {
  const auto found = links_.find(id);
  if (found == links_.end() || found->second.delivery != Delivery::mail || found->second.expires <= now()) return nullptr;
  return &found->second;
}

Outcome<LinkToken> Org::reset_password(const UserId& id, const ResetOptions& how, const Actor& actor) {
  const auto found = user_for(id, Operation::reset_password);
  if (!found) return std::unexpected(found.error());
  set_status(**found, UserStatus::recovery);
  record(EventType::account_reset_password, actor, {target_of(**found)});
  changed(Change::user_status, **found);
  if (how.revoke_sessions) {
    if (auto cleared = clear_sessions(id, false, actor); !cleared) return std::unexpected(cleared.error());
  }
  return issue_link(**found, LinkToken::Purpose::reset, how.delivery);
}

Outcome<std::optional<base::Secret>> Org::expire_password(const UserId& id, bool temporary, const Actor& actor) {
  const auto found = user_for(id, Operation::expire_password);
  if (!found) return std::unexpected(found.error());
  auto& user = **found;
  std::optional<base::Secret> drawn;
  if (temporary) {
    // Of every kind of character, and as long as the policy wants.
    const auto digits = std::max<std::size_t>(options_.password_policy.least_length, 12);
    drawn = base::Secret("Tp!7" + rng_.hex(digits / 2));
    keep_password(user, *drawn);
  }
  set_status(user, UserStatus::password_expired);
  record(EventType::account_expire_password, actor, {target_of(user)});
  changed(Change::user_status, user);
  return drawn;
}

void Org::expire_all_passwords(const Actor& actor) {
  settle();
  record(EventType::user_password_mass_expiry, actor, {});
  for (auto& [id, user] : users_) {
    if (user.transitioning_to || user.status != UserStatus::active || !user.credentials.has_password()) continue;
    set_status(user, UserStatus::password_expired);
    changed(Change::user_status, user);
  }
}

Outcome<LinkToken> Org::forgot_password(const UserId& id, Delivery delivery, const Actor& actor) {
  const auto found = user_for(id, Operation::forgot_password);
  if (!found) return std::unexpected(found.error());
  record(EventType::account_reset_password, actor, {target_of(**found)});
  return issue_link(**found, LinkToken::Purpose::reset, delivery);
}

Outcome<void> Org::set_password(const UserId& id, const base::Secret& password, const Actor& actor) {
  const auto found = user_for(id, Operation::set_password);
  if (!found) return std::unexpected(found.error());
  auto& user = **found;
  if (auto checked = check_password(password, user.login()); !checked) return checked;
  const auto status = std::get<UserStatus>(step_of(user.status, Operation::set_password));
  record(EventType::account_update_password, actor, {target_of(user)});
  keep_password(user, password);
  if (status == user.status) return {};
  set_status(user, status);
  changed(Change::user_status, user);
  return {};
}

Outcome<void> Org::change_password(const UserId& id, const base::Secret& old_password, const base::Secret& new_password, const Actor& actor) {
  const auto found = user_for(id, Operation::change_password);
  if (!found) return std::unexpected(found.error());
  auto& user = **found;
  witness(old_password);
  if (!verify(user, old_password)) {
    record(EventType::account_update_password, actor, {target_of(user)}, {LogResult::failure, "INVALID_CREDENTIALS"});
    return refuse(ErrorCode::credentials_not_updated, "oldPassword", {"oldPassword: The credentials provided were incorrect"});
  }
  if (auto checked = check_password(new_password, user.login()); !checked) return checked;
  const auto status = std::get<UserStatus>(step_of(user.status, Operation::change_password));
  record(EventType::account_update_password, actor, {target_of(user)});
  keep_password(user, new_password);
  if (status == user.status) return {};
  set_status(user, status);
  changed(Change::user_status, user);
  return {};
}

Outcome<void> Org::change_recovery_question(const UserId& id, const base::Secret& password, RecoveryQuestion question, const Actor& actor) {
  const auto found = user_for(id, Operation::change_password);
  if (!found) return std::unexpected(found.error());
  if (!verify(**found, password)) return refuse(ErrorCode::credentials_not_updated, "password", {"password: The credentials provided were incorrect"});
  witness(question.answer);
  (*found)->credentials.recovery = std::move(question);
  (*found)->last_updated = now();
  record(EventType::account_update_profile, actor, {target_of(**found)});
  return {};
}

Outcome<UserId> Org::choose_password(const base::Secret& token, const base::Secret& password, const Actor& actor) {
  settle();
  const auto* link = find_link(token);
  if (link == nullptr) return refuse(ErrorCode::invalid_token, "token");
  const auto id = link->user;
  const auto found = user_for(id, Operation::choose_password);
  if (!found) return std::unexpected(found.error());
  auto& user = **found;
  if (auto checked = check_password(password, user.login()); !checked) return std::unexpected(checked.error());
  record(EventType::account_update_password, actor, {target_of(user)});
  keep_password(user, password);
  if (user.status == UserStatus::active) return id;
  set_status(user, UserStatus::active);
  changed(Change::user_status, user);
  return id;
}

bool Org::verify(User& user, const base::Secret& password) {
  auto& credentials = user.credentials;
  if (credentials.password) return *credentials.password == password;
  if (!credentials.hash || !matches(*credentials.hash, password)) return false;
  credentials.password = password;
  credentials.hash.reset();
  return true;
}

SignInOutcome Org::fail_sign_in(User* user, std::string_view login, SignInResult result, std::string reason, const Actor& client) {
  const auto target = user != nullptr ? target_of(*user) : LogTarget{"unknown", "User", std::string(login), "unknown"};
  auto who = user != nullptr ? Actor::of(*user) : Actor{.alternate_id = std::string(login), .display_name = "unknown"};
  who.ip_address = client.ip_address;
  who.user_agent = client.user_agent;
  who.transaction_id = client.transaction_id;
  record(EventType::session_start, who, {target}, {LogResult::failure, std::move(reason)});
  return {result, user != nullptr ? user->id : UserId{}};
}

SignInOutcome Org::authenticate(std::string_view login, const base::Secret& password, const Actor& client) {
  settle();
  witness(password);
  const auto* named = find_user(login);
  if (named == nullptr) return fail_sign_in(nullptr, login, SignInResult::wrong, "VERIFICATION_ERROR", client);
  auto& user = users_.at(named->id);
  if (user.status == UserStatus::locked_out) return fail_sign_in(&user, login, SignInResult::locked_out, "LOCKED_OUT", client);
  const bool may = user.status == UserStatus::active || user.status == UserStatus::password_expired;
  if (!may) return fail_sign_in(&user, login, SignInResult::not_allowed, "INVALID_CREDENTIALS", client);
  if (!verify(user, password)) {
    const auto& policy = options_.password_policy;
    ++user.sign_in_failures;
    const auto step = step_of(user.status, Operation::fail_too_often);
    const bool locks = policy.most_failures > 0 && user.sign_in_failures >= policy.most_failures && std::holds_alternative<UserStatus>(step);
    if (!locks) return fail_sign_in(&user, login, SignInResult::wrong, "INVALID_CREDENTIALS", client);
    set_status(user, std::get<UserStatus>(step));
    record(EventType::account_lock, Actor::of(user), {target_of(user)}, {LogResult::failure, "LOCKED_OUT"});
    changed(Change::user_status, user);
    return fail_sign_in(&user, login, SignInResult::locked_out, "LOCKED_OUT", client);
  }
  user.sign_in_failures = 0;
  const auto max_age = options_.password_policy.max_age;
  const bool too_old = max_age > base::Duration{0} && user.password_changed && *user.password_changed + max_age <= now();
  if (too_old && user.status == UserStatus::active) {
    set_status(user, UserStatus::password_expired);  // [Okta provisioning-clients 5.3-14]
    record(EventType::account_expire_password, Actor::system(), {target_of(user)});
    changed(Change::user_status, user);
  }
  if (user.status == UserStatus::password_expired) return fail_sign_in(&user, login, SignInResult::password_expired, "PASSWORD_EXPIRED", client);
  user.last_login = now();
  changed(Change::signed_in, user);
  return {SignInResult::signed_in, user.id};
}

}  // namespace fakes::okta
