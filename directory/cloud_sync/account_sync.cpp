#include "directory/cloud_sync/account_sync.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/back_off.h"
#include "directory/cloud_sync/account_marks.h"
#include "directory/cloud_sync/drift.h"
#include "directory/cloud_sync/group_marks.h"
#include "directory/cloud_sync/tenant_domains.h"
#include "directory/users/user_changes.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

constexpr base::Duration longest_pause_of_trouble = std::chrono::minutes{10};
/// By then more than five minutes have passed.
constexpr int most_replication_failures = 6;

/// [rule R100] to [rule R107]
bool is_enabled(const Core& core, const CloudDirectory& directory, const User& user) {
  if (user.state == UserState::suspended && core.has(Defect::suspended_accounts_stay_enabled)) return true;
  if (user.state == UserState::staged && core.has(Defect::staged_accounts_are_enabled)) return true;
  if (user.state != UserState::activated) return false;
  const bool on_lockout = directory.on_lockout == UserAction365::suspend && !core.has(Defect::locked_accounts_stay_enabled);
  const bool on_expiration = (directory.on_expiration == UserAction365::suspend || core.has(Defect::instances_suspend_by_default)) &&
                             !core.has(Defect::expired_accounts_stay_enabled);
  return !(user.locked && on_lockout) && !(user.password_expired && on_expiration);
}

/// The manager's account, where it is known there.
std::string manager_object(Core& core, const CloudDirectoryId& directory, const User& user) {
  if (!user.attributes.manager) return {};
  const auto account = find_cloud_account(core.db(), directory, UserId{*user.attributes.manager});
  return account && account->connected ? account->object_id : std::string();
}

std::string_view event_of(AccountStep step) {
  switch (step) {
    case AccountStep::look_up:
    case AccountStep::create: return "user_create_provision";
    case AccountStep::set_password: return "user_password_update_provision";
    default: return "user_update_provision";
  }
}

/// Graph answers alike where the account has no manager to be taken away, and where it does not know the account. That one is gone altogether
/// is told by other writes and by the comparison.
bool has_no_manager_left(const CloudAccount& account, const PlannedStep& step, const GraphAnswer& answer) {
  const bool is_removal = step.step == AccountStep::set_manager && step.manager.empty();
  const bool may_be_ours = account.manager == unknown_manager;
  return is_removal && answer.kind == GraphAnswer::Kind::missing && (may_be_ours || account.attempts >= most_replication_failures);
}

/// In `written`: of a property that nobody can say the value of. No property is an object.
base::Json unknown_value() { return base::JsonObject{}; }

class Recorder {
 public:
  Recorder(Core& core, const TenantContext& tenant, CloudAccount account)
      : core_(core), tenant_(tenant), account_(std::move(account)) {}

  void succeed(const PlannedStep& step, const GraphAnswer& answer) {
    // Its place among those that are due stays: who has begun is finished first.
    if (core_.has(Defect::watermark_is_stored_first)) account_.synced = std::min(account_.synced, account_.revision - 1);
    if (step.step != AccountStep::look_up) {
      account_.attempts = 0;
      account_.note_error({}, {});
    }
    switch (step.step) {
      case AccountStep::look_up: return looked_up(answer);
      case AccountStep::create: return created(step, answer);
      case AccountStep::update: return updated(step);
      case AccountStep::set_password: return password_set();
      case AccountStep::set_manager:
        account_.manager = step.manager;  // another one may be wanted by now
        return store();
      case AccountStep::end_sessions:
        account_.sessions_must_end = false;
        return store();
    }
  }

  void fail(const PlannedStep& step, const GraphAnswer& answer) {
    if (answer.is_put_off()) {
      // The tenant is busy, or our token has ended: nothing is wrong with the account.
      core_.probes.reached(Probe::account_write_is_put_off);
      note_doubt(step, answer);
      if (core_.has(Defect::throttled_work_is_dropped)) account_.synced = account_.revision;
      return store();
    }
    if (core_.has(Defect::waiting_password_is_lost_at_failure)) erase_waiting_password(core_.db(), account_);
    ++account_.attempts;
    core_.probes.sometimes(Probe::account_write_is_refused, answer.kind == GraphAnswer::Kind::refused);
    auto pause = cloud_pause(account_.attempts);
    core_.probes.sometimes(Probe::account_write_fails_again, account_.attempts >= 3);
    // That the service is in trouble is no reason to think worse of the account.
    if (answer.kind == GraphAnswer::Kind::unknown) pause = std::min(pause, longest_pause_of_trouble);
    if (account_.attempts >= 3 && core_.has(Defect::failures_are_given_up)) pause = std::chrono::days{365};
    account_.next_attempt = core_.now() + (core_.fires(FaultPoint::retry_comes_early) ? pause / 2 : pause);
    core_.probes.sometimes(Probe::account_is_not_there_yet, answer.kind == GraphAnswer::Kind::missing && !account_.object_id.empty());
    // Replication takes minutes at most; what is not there by then is gone. [Graph C4] [Graph F1]
    if (answer.kind == GraphAnswer::Kind::missing && account_.attempts > most_replication_failures && !account_.object_id.empty()) {
      core_.probes.reached(Probe::account_stays_missing);
      return account_is_gone(core_, account_);
    }
    note_doubt(step, answer);
    const bool news = account_.note_error(answer.code, answer.message);
    store();
    if (news) write(event_of(step.step), {}, false);
  }

 private:
  void store() { store_progress(core_.db(), account_); }

  /// What is to be thought of an account that somebody wrote to in vain, or perhaps not in vain.
  void note_doubt(const PlannedStep& step, const GraphAnswer& answer) {
    if (step.step == AccountStep::create) {
      account_.create_sent = core_.probes.sometimes(Probe::account_may_have_been_created, answer.may_have_been_done());
      // It was looked for before: it is there only if Graph made it, or says that somebody did.
      account_.known_absent = answer.is_put_off() && !answer.may_have_been_done();
    }
    // Whether it was written, and whether it will be yet, nobody can say: what was there before is no ground to leave it at that.
    if (step.step == AccountStep::update && answer.may_have_been_done()) {
      core_.probes.reached(Probe::account_may_have_been_updated);
      for (const auto& [name, value] : step.call.body) account_.written[name] = unknown_value();
    }
    if (step.step == AccountStep::set_manager && answer.may_have_been_done()) account_.manager = unknown_manager;
  }

  void write(std::string_view type, std::vector<FieldChange> changes, bool success = true) {
    Event event{std::string(type), Actor{}, {"systemuser", account_.user.text(), account_.username}, std::move(changes), success};
    if (!success) event.error_message = account_.error_message.empty() ? account_.error_code : account_.error_message;
    event.details["office_365"] = base::JsonObject{{"id", tenant_.directory.id.text()}, {"name", tenant_.directory.name}};
    core_.events.write(core_.now(), event);
  }

  void refuse(std::string_view code, std::string_view message) {
    ++account_.attempts;
    account_.next_attempt = core_.now() + cloud_pause(account_.attempts);
    const bool news = account_.note_error(code, message);
    store();
    if (news) write("user_create_provision", {}, false);
  }

  void looked_up(const GraphAnswer& answer) {
    const auto* found = core_.has(Defect::nobody_is_looked_up) ? nullptr : base::member(answer.body, "value");
    const auto* object = found != nullptr && found->is_array() && !found->get_array().empty() ? &found->get_array().front() : nullptr;
    if (object == nullptr && core_.has(Defect::nobody_is_created_at_microsoft)) return refuse("notFound", "the tenant does not know the user");
    if (object == nullptr) {
      core_.probes.reached(Probe::account_is_looked_up_in_vain);
      account_.known_absent = true;
      return store();
    }
    // Names are unique in a tenant, addresses need not be. [rule R130]
    if (core_.probes.sometimes(Probe::several_accounts_match, found->get_array().size() > 1))
      return refuse("severalAccounts", "several accounts of the tenant have that e-mail address");
    const auto id = base::string_or(*object, "id", "");
    // Two users here whose names become one there: the second would take over what the first has.
    const auto owner = find_cloud_account_by_object(core_.db(), account_.directory, id);
    if (owner && owner->id != account_.id) {
      core_.probes.reached(Probe::account_is_anothers_already);
      return refuse("accountTaken", fmt::format("the account that was found is {}'s", owner->username));
    }
    const bool ours = account_.create_sent;
    core_.probes.sometimes(Probe::account_is_taken_over, !ours);
    account_.object_id = id;
    account_.known_absent = false;
    account_.create_sent = false;
    account_.written = found_properties(*object);
    store();
    if (core_.has(Defect::found_accounts_get_a_password)) {
      base::Secret unknown("Aa1!" + core_.ports.rng.hex(16));
      core_.ports.witness->witness(unknown);
      keep_waiting_password(core_, account_, unknown);
    }
    if (core_.probes.sometimes(Probe::own_account_is_found_again, ours)) write("user_create_provision", {});
    mark_reports(core_, account_.directory, account_.user);
    mark_cloud_groups_of(core_, account_.directory, account_.user);
  }

  /// What is there, as far as it matters. What the user here has no value for is left as it is. [rule D70]
  base::JsonObject found_properties(const base::Json& object) {
    base::JsonObject properties;
    if (object.is_object()) properties = object.get_object();
    properties.erase("id");
    for (const auto& [name, value] : wanted_account(core_, tenant_, account_).properties) {
      const bool nothing = value.is_null() || (value.is_array() && value.get_array().empty());
      if (nothing || core_.has(Defect::found_accounts_stay_as_they_are)) properties[name] = value;
    }
    return properties;
  }

  void created(const PlannedStep& step, const GraphAnswer& answer) {
    account_.object_id = base::string_or(answer.body, "id", "");
    if (core_.probes.sometimes(Probe::creation_has_no_id, account_.object_id.empty())) return refuse("noId", "Graph's answer to a creation has no id");
    account_.create_sent = false;
    account_.known_absent = false;
    account_.written = step.call.body;
    account_.written.erase("passwordProfile");
    account_.written.erase("mailNickname");
    account_.password_sent = account_.has_password;
    if (account_.has_password) account_.password_owed = false;
    account_.sessions_must_end = false;  // nobody can have signed in to it yet
    store();
    erase_waiting_password(core_.db(), account_);
    if (!core_.has(Defect::microsoft_creations_are_not_told)) write("user_create_provision", {});
    mark_reports(core_, account_.directory, account_.user);
    mark_cloud_groups_of(core_, account_.directory, account_.user);
  }

  void updated(const PlannedStep& step) {
    std::vector<FieldChange> changes;
    const bool was_enabled = account_.is_enabled_there();
    const auto text = [](const base::Json* value) -> std::optional<std::string> {
      if (value == nullptr || value->is_null() || *value == unknown_value()) return std::nullopt;
      return value->is_string() ? std::string(base::as_text(value->get_string())) : base::to_text(*value);
    };
    for (const auto& [name, value] : step.call.body) {
      const std::string_view property{name.data(), name.size()};
      changes.push_back({std::string(property), text(base::member(account_.written, property)), text(&value)});
      account_.written[name] = value;
    }
    const bool disabled = was_enabled && !account_.is_enabled_there();
    core_.probes.sometimes(Probe::account_is_enabled_again_there, !was_enabled && account_.is_enabled_there());
    if (account_.user_gone && !account_.is_enabled_there()) {
      core_.probes.reached(Probe::account_outlives_its_user);
      delete_cloud_account(core_.db(), account_.id);
    } else {
      store();
    }
    // Whether somebody lost the account matters more than which of its properties changed with it. [rule R119]
    const auto state = std::ranges::find(changes, "accountEnabled", &FieldChange::field);
    if (disabled) {
      core_.probes.reached(Probe::account_is_disabled_there);
      write("user_deprovision", {*state});
      changes.erase(state);
    }
    if (!changes.empty() && !core_.has(Defect::microsoft_updates_are_not_told)) write("user_update_provision", std::move(changes));
  }

  void password_set() {
    core_.probes.reached(Probe::password_reaches_microsoft);
    account_.password_owed = false;
    account_.password_sent = true;
    store();
    erase_waiting_password(core_.db(), account_);
    if (core_.has(Defect::microsoft_passwords_are_not_told)) return;
    write("user_password_update_provision", {{"password", std::nullopt, std::nullopt}});
  }

  Core& core_;
  const TenantContext& tenant_;
  CloudAccount account_;
};

}  // namespace

base::Duration cloud_pause(int failures) { return base::back_off(failures, std::chrono::seconds{5}, std::chrono::hours{1}); }

TenantContext tenant_context(Core& core, CloudDirectory directory) {
  TenantContext tenant{std::move(directory), {}, {}};
  for (auto& domain : list_cloud_domains(core.db(), tenant.directory.id)) tenant.upn_rules.domains.push_back(std::move(domain.domain));
  tenant.upn_rules.default_domain = tenant.directory.default_domain;
  tenant.choices = attribute_choices(core.db(), tenant.directory.id);
  return tenant;
}

namespace {

UpnRules upn_rules(const Core& core, const TenantContext& tenant) {
  auto rules = tenant.upn_rules;
  if (rules.default_domain.empty() && core.has(Defect::every_domain_is_synchronised)) rules.domains.clear();
  if (core.has(Defect::default_domain_is_not_used)) rules.default_domain.clear();
  return rules;
}

/// Whether the account of a user who is connected no more is still another instance's, and to be left to that. [rule RT5]
bool is_kept_for_another(Core& core, const CloudAccount& account) {
  return core.options.cloud_shared_accounts == CloudSharedAccounts::kept && !core.has(Defect::shared_accounts_are_disabled) &&
         is_connected_elsewhere(core.db(), account);
}

}  // namespace

WantedAccount wanted_account(Core& core, const TenantContext& tenant, const CloudAccount& account) {
  WantedAccount wanted;
  const auto user = account.user_gone ? std::nullopt : find_user(core.db(), account.user);
  if (user && !account.connected && is_kept_for_another(core, account)) {
    wanted.left_alone = true;
    return wanted;
  }
  if (!user || !account.connected) {
    wanted.enabled = false;
    if (const auto* upn = base::member(account.written, "userPrincipalName"); upn != nullptr && upn->is_string()) {
      wanted.upn = base::as_text(upn->get_string());
    }
    return wanted;
  }
  if (const auto instead = instance_instead(core, tenant.directory.id, *user); !instead.empty()) {
    wanted.left_alone = true;
    wanted.obstacle = fmt::format("the user is synchronised in '{}', to which the company e-mail address belongs", instead);
    return wanted;
  }
  wanted.enabled = is_enabled(core, tenant.directory, *user);
  const bool is_shut = !account.object_id.empty() && !account.is_enabled_there();
  if (is_shut && core.has(Defect::accounts_stay_disabled)) wanted.enabled = false;
  const bool alternate = tenant.directory.upn_source == UpnSource::alternate_email;
  auto upn = upn_of(alternate ? user->attributes.alternate_email.value_or("") : user->attributes.email, upn_rules(core, tenant));
  if (upn) {
    wanted.upn = std::move(*upn);
  } else {
    wanted.obstacle = upn.error().message;
  }
  const bool by_mail = tenant.directory.lookup == AccountLookup::primary_mail && !core.has(Defect::accounts_are_found_by_name);
  if (by_mail) wanted.mail = user->attributes.email;
  wanted.properties = exported_properties(*user, core.has(Defect::export_ignores_choices) ? AttributeChoices{} : tenant.choices);
  if (core.has(Defect::names_stay_here)) {
    for (const auto* name : {"givenName", "surname", "displayName"}) wanted.properties.erase(name);
    wanted.properties["displayName"] = base::json_text(user->attributes.username);  // without one nobody can be created
  }
  const auto* manager = find_cloud_attribute("manager");
  if (choice_of(tenant.choices, *manager).exported) wanted.manager = manager_object(core, tenant.directory.id, *user);
  return wanted;
}

void conclude_account(Core& core, CloudAccount account, const WantedAccount& wanted) {
  account.synced = account.revision;
  account.attempts = 0;
  account.known_absent = false;  // by the next time somebody else may have made it
  core.probes.sometimes(Probe::account_cannot_be_synchronised, !wanted.obstacle.empty());
  account.note_error(wanted.obstacle.empty() ? "" : "notSynchronised", wanted.obstacle);
  if (wanted.obstacle.empty()) account.synced_at = core.now();
  const bool forgotten = !account.connected && (account.object_id.empty() || account.user_gone);
  if (forgotten) return delete_cloud_account(core.db(), account.id);
  if (wanted.left_alone) erase_waiting_password(core.db(), account);
  store_progress(core.db(), account);
}

void note_create_sent(Core& core, CloudAccount account, const WantedAccount& wanted) {
  account.create_sent = true;
  account.known_absent = false;
  // By which it is looked for, even if the user is gone by then.
  account.written = {{"userPrincipalName", wanted.upn}};
  store_progress(core.db(), account);
}

void apply_answer(Core& core, const TenantContext& tenant, CloudAccountId id, const PlannedStep& step, const GraphAnswer& answer) {
  auto account = find_cloud_account(core.db(), id);
  if (!account) return;  // the instance has been deactivated meanwhile
  core.probes.sometimes(Probe::password_changes_while_one_is_on_its_way, account->password_revision != step.password_revision);
  account->password_revision = step.password_revision;
  const bool no_manager_left = has_no_manager_left(*account, step, answer);
  Recorder recorder(core, tenant, std::move(*account));
  const bool is_change = step.step != AccountStep::look_up && step.step != AccountStep::create;
  const bool lost = answer.kind == GraphAnswer::Kind::unknown && is_change && core.has(Defect::lost_answers_count_as_done);
  if (answer.done() || lost || no_manager_left) {
    recorder.succeed(step, answer);
  } else {
    recorder.fail(step, answer);
  }
}

}  // namespace directory
