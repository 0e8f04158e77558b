// Users: creation and changes of profiles. [Okta provisioning-clients 5.2-01] [Okta provisioning-clients 5.2-14]
#include "fakes/okta/org/org.h"
#include "fakes/okta/org/password_hash.h"

namespace fakes::okta {
namespace {

Profile merged(const Profile& before, const UserUpdate& update) {
  Profile after = update.whole_profile ? Profile{} : before;
  for (const auto& [name, value] : update.profile) {
    if (value && !value->empty()) {
      after[name] = *value;
    } else {
      after.erase(name);
    }
  }
  return after;
}

}  // namespace

Outcome<void> Org::check_login_is_free(const std::string& login, const UserId& except) const {
  const auto* holder = find_by_login(login);
  if (holder == nullptr || holder->id == except) return {};
  // [Okta provisioning-clients 5.1-06]
  return refuse(ErrorCode::validation, "login", {"login: An object with this field already exists in the current organization"});
}

Outcome<UserId> Org::create_user(const NewUser& wanted, const Actor& actor) {
  settle();
  const auto login = value_or_empty(wanted.profile, "login");
  const bool has_password = wanted.password || wanted.hash;
  // [Okta provisioning-clients 5.2-03]
  if (wanted.change_password_at_next_login && !has_password) return refuse(ErrorCode::expired_without_password, "nextLogin");
  if (wanted.change_password_at_next_login && !wanted.activate) return refuse(ErrorCode::expired_without_activation, "nextLogin");
  if (auto checked = check_profile(wanted.profile, options_.custom_attributes); !checked) return std::unexpected(checked.error());
  if (auto checked = check_login_is_free(login, {}); !checked) return std::unexpected(checked.error());
  if (wanted.password) {
    if (auto checked = check_password(*wanted.password, login); !checked) return std::unexpected(checked.error());
  }
  if (wanted.hash) {
    if (auto checked = check_hash(*wanted.hash); !checked) return std::unexpected(checked.error());
  }
  for (const auto& id : wanted.groups) {
    if (auto group = changeable_group(id, actor); !group) return std::unexpected(group.error());
  }

  User made{.id = UserId{draw_id("00u")}, .type_id = user_type_, .profile = wanted.profile};
  made.credentials = {wanted.password, wanted.password ? std::nullopt : wanted.hash, wanted.recovery, wanted.provider};
  made.created = made.last_updated = now();
  if (has_password) made.password_changed = now();
  if (wanted.password) witness(*wanted.password);
  if (wanted.recovery) witness(wanted.recovery->answer);
  if (value_or_empty(made.profile, "locale").empty()) made.profile["locale"] = "en_US";  // [Okta provisioning-clients 5.2-08]
  auto& user = users_.emplace(made.id, std::move(made)).first->second;
  enter_names(user);
  record(EventType::user_create, actor, {target_of(user)});
  changed(Change::user_created, user);
  join(groups_.at(everyone_), user, actor, nullptr);
  for (const auto& id : wanted.groups) join(groups_.at(id), user, actor, nullptr);
  apply_rules(user, actor);
  if (!wanted.activate) return user.id;
  // [Okta provisioning-clients 5.2-02] [Okta provisioning-clients 5.3-13]
  record(EventType::user_activate, actor, {target_of(user)});
  const auto status = has_password || options_.passwords_optional ? UserStatus::active : UserStatus::provisioned;
  if (status == UserStatus::provisioned) issue_link(user, LinkToken::Purpose::activation, Delivery::mail);
  if (wanted.change_password_at_next_login) record(EventType::account_expire_password, actor, {target_of(user)});
  move_to(user, wanted.change_password_at_next_login ? UserStatus::password_expired : status, actor);
  return user.id;
}

Outcome<void> Org::update_user(const UserId& id, const UserUpdate& update, const Actor& actor) {
  const auto found = user_of(id);
  if (!found) return std::unexpected(found.error());
  auto& user = **found;
  if (user.transitioning_to) return refuse(ErrorCode::still_in_transition, "status");
  const bool touches_profile = update.whole_profile || !update.profile.empty();
  auto after = touches_profile ? merged(user.profile, update) : user.profile;
  const bool new_profile = after != user.profile;
  const auto login = value_or_empty(after, "login");
  if (new_profile) {
    if (auto checked = check_profile(after, options_.custom_attributes); !checked) return checked;
    if (auto checked = check_login_is_free(login, id); !checked) return checked;
    for (const auto& [app_id, app] : apps_) {
      // [Okta provisioning-clients 4.12-07]
      const bool is_source = app.provisioning.profile_source && app.provisions() && app.assignment_of(id) != nullptr;
      if (is_source && actor.kind != Actor::Kind::system) return refuse(ErrorCode::mastered_elsewhere, app.label);
    }
  }
  if (update.password || update.hash) {
    if (auto allowed = user_for(id, Operation::set_password); !allowed) return std::unexpected(allowed.error());
  }
  if (update.password) {
    if (auto checked = check_password(*update.password, login); !checked) return checked;
  }
  if (update.hash) {
    if (auto checked = check_hash(*update.hash); !checked) return checked;
  }

  if (update.recovery) witness(update.recovery->answer);
  if (update.recovery) user.credentials.recovery = update.recovery;
  if (update.provider) user.credentials.provider = *update.provider;
  if (update.hash && !update.password) {
    user.credentials.password.reset();
    user.credentials.hash = update.hash;
    user.password_changed = now();
    if (const auto status = std::get<UserStatus>(step_of(user.status, Operation::set_password)); status != user.status) {
      set_status(user, status);
      changed(Change::user_status, user);
    }
  }
  user.last_updated = now();
  if (new_profile) {
    const bool new_email = value_or_empty(after, "email") != value_or_empty(user.profile, "email");
    strike_names(user);
    user.profile = std::move(after);
    enter_names(user);
    record(EventType::account_update_profile, actor, {target_of(user)});
    if (new_email) record(EventType::account_update_primary_email, actor, {target_of(user)});
    changed(Change::user_updated, user);
    fall_out_of_sync(id, [](const ProvisioningSettings& settings) { return settings.update; });
    apply_rules(user, actor);
    for (auto& [app_id, app] : apps_) {
      const auto assignment = app.users.find(id);
      if (assignment == app.users.end() || assignment->second.own_user_name || assignment->second.user_name == login) continue;
      assignment->second.user_name = login;
      if (app.assignment_of(id) != nullptr) record(EventType::app_membership_change_username, actor, {target_of(assignment->second), target_of(app), target_of(user)});
    }
  }
  if (update.password) return set_password(id, *update.password, actor);
  return {};
}

}  // namespace fakes::okta
