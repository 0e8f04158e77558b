// One Okta org, of which the admin's pages, the management API, sign-in and the SCIM clients are faces: what one of them writes the
// others see. It holds users with their credentials, groups with members and rules, applications with assignments and push mappings,
// sessions and the system log; it refuses what Okta refuses, and a refusal changes nothing. What changes goes into one feed in order.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/rng.h"
#include "base/secret.h"
#include "fakes/okta/org/actor.h"
#include "fakes/okta/org/app.h"
#include "fakes/okta/org/change_feed.h"
#include "fakes/okta/org/due_times.h"
#include "fakes/okta/org/group.h"
#include "fakes/okta/org/group_rule.h"
#include "fakes/okta/org/ids.h"
#include "fakes/okta/org/lifecycle.h"
#include "fakes/okta/org/link_token.h"
#include "fakes/okta/org/org_options.h"
#include "fakes/okta/org/refusal.h"
#include "fakes/okta/org/session.h"
#include "fakes/okta/org/sign_in_outcome.h"
#include "fakes/okta/org/system_log.h"
#include "fakes/okta/org/user.h"

namespace fakes::okta {

class Org {
 public:
  /// The witness is told of every secret that the org draws or takes in; null: nobody is.
  Org(base::Clock& clock, base::Rng rng, OrgOptions options = {}, base::SecretWitness* witness = nullptr);
  Org(const Org&) = delete;
  Org& operator=(const Org&) = delete;

  [[nodiscard]] const OrgOptions& options() const { return options_; }
  [[nodiscard]] base::Instant now() const { return clock_->now(); }
  [[nodiscard]] const std::string& default_user_type() const { return user_type_; }  ///< `oty…`

  // Users. [Okta provisioning-clients 5.2-01] [Okta provisioning-clients 5.2-14]
  Outcome<UserId> create_user(const NewUser& user, const Actor& actor = {});
  Outcome<void> update_user(const UserId& id, const UserUpdate& update, const Actor& actor = {});
  [[nodiscard]] const User* find(const UserId& id) const;
  /// By id, login, or the part of a login before the @ where only one user has it. [Okta provisioning-clients 5.2-12]
  [[nodiscard]] const User* find_user(std::string_view id_or_login) const;
  [[nodiscard]] const User* find_by_login(std::string_view login) const;
  /// Without regard to case and accents.
  [[nodiscard]] std::set<UserId> find_by_email(std::string_view email) const;
  [[nodiscard]] const std::map<UserId, User>& users() const { return users_; }
  [[nodiscard]] std::vector<GroupId> groups_of(const UserId& id) const;

  // Lifecycle: what may be done in which state stands in lifecycle.h. [Okta provisioning-clients 5.3-01] to [5.3-09]
  /// The link of the welcome; an empty token where there is nothing to choose, as the user is ACTIVE at once.
  Outcome<LinkToken> activate(const UserId& id, Delivery delivery = Delivery::mail, const Actor& actor = {});
  Outcome<LinkToken> reactivate(const UserId& id, Delivery delivery = Delivery::mail, const Actor& actor = {});
  /// Asynchronous: after the org's transition time, as `Prefer: respond-async` asks for.
  enum class Pace : std::uint8_t { at_once, asynchronous };
  Outcome<void> deactivate(const UserId& id, const Actor& actor = {}, Pace pace = Pace::at_once);
  Outcome<void> suspend(const UserId& id, const Actor& actor = {});
  Outcome<void> unsuspend(const UserId& id, const Actor& actor = {});
  Outcome<void> unlock(const UserId& id, const Actor& actor = {});
  Outcome<void> reset_factors(const UserId& id, const Actor& actor = {});
  /// The DELETE: deactivates a user who is not, and deletes one who is.
  Outcome<void> remove(const UserId& id, const Actor& actor = {});
  /// Finishes transitions and unlocks that are due. Every change does so first; who only reads calls it before.
  void settle();
  /// When `settle` has something to do next.
  [[nodiscard]] std::optional<base::Instant> next_due() const;

  // Passwords.
  struct ResetOptions {
    Delivery delivery = Delivery::mail;
    bool revoke_sessions = false;
  };
  Outcome<LinkToken> reset_password(const UserId& id, const ResetOptions& how, const Actor& actor = {});
  /// With a temporary password, which it draws, that is the password from now on.
  Outcome<std::optional<base::Secret>> expire_password(const UserId& id, bool temporary = false, const Actor& actor = {});
  /// Of all who are ACTIVE and have one. [Okta provisioning-clients 5.7-04]
  void expire_all_passwords(const Actor& actor = {});
  Outcome<LinkToken> forgot_password(const UserId& id, Delivery delivery = Delivery::mail, const Actor& actor = {});
  /// By an admin.
  Outcome<void> set_password(const UserId& id, const base::Secret& password, const Actor& actor = {});
  /// By the user, who knows the old one.
  Outcome<void> change_password(const UserId& id, const base::Secret& old_password, const base::Secret& new_password, const Actor& actor = {});
  Outcome<void> change_recovery_question(const UserId& id, const base::Secret& password, RecoveryQuestion question, const Actor& actor = {});
  /// On the page that the link leads to. Uses the token up.
  Outcome<UserId> choose_password(const base::Secret& token, const base::Secret& password, const Actor& actor = {});
  /// Whose link it is, while it is good.
  [[nodiscard]] const LinkToken* find_link(const base::Secret& token) const;
  /// The newest link that was mailed to the user; null where there is none that is good.
  [[nodiscard]] const LinkToken* mailed_link(const UserId& id) const;

  // Sign-in and sessions.
  /// Counts failures, locks, and finds out that a password has expired. Opens no session.
  SignInOutcome authenticate(std::string_view login, const base::Secret& password, const Actor& client = {});
  /// For a user who has been authenticated.
  Outcome<Session> open_session(const UserId& id, const Actor& client = {});
  /// Null where it has ended or expired, or its user may not sign in any more.
  [[nodiscard]] const Session* find_session(const SessionId& id) const;
  /// It was used: it lasts from now on.
  void touch_session(const SessionId& id);
  void close_session(const SessionId& id, const Actor& client = {});
  /// With `oauth_tokens` the user's tokens are revoked too. [Okta provisioning-clients 5.3-10]
  Outcome<void> clear_sessions(const UserId& id, bool oauth_tokens = false, const Actor& actor = {});
  [[nodiscard]] const std::map<SessionId, Session>& sessions() const { return sessions_; }

  // Groups. [Okta provisioning-clients 5.4-01] [Okta provisioning-clients 5.4-03]
  Outcome<GroupId> create_group(const GroupProfile& profile, const Actor& actor = {});
  Outcome<void> update_group(const GroupId& id, const GroupProfile& profile, const Actor& actor = {});
  Outcome<void> remove_group(const GroupId& id, const Actor& actor = {});
  Outcome<void> add_member(const GroupId& group, const UserId& user, const Actor& actor = {});
  Outcome<void> remove_member(const GroupId& group, const UserId& user, const Actor& actor = {});
  /// An APP_GROUP, which imports alone change: as the system.
  Outcome<GroupId> import_group(const AppId& app, const GroupProfile& profile);
  [[nodiscard]] const Group* find(const GroupId& id) const;
  [[nodiscard]] const std::map<GroupId, Group>& groups() const { return groups_; }
  /// BUILT_IN, with all users.
  [[nodiscard]] const GroupId& everyone() const { return everyone_; }

  // Rules of groups. [Okta provisioning-clients 4.12-06]
  struct NewRule {
    std::string name;
    std::string expression;
    std::set<GroupId> groups;
    std::set<UserId> excluded{};
  };
  Outcome<RuleId> create_rule(const NewRule& rule, const Actor& actor = {});
  /// Of one that is not active.
  Outcome<void> update_rule(const RuleId& id, const NewRule& rule, const Actor& actor = {});
  Outcome<void> activate_rule(const RuleId& id, const Actor& actor = {});
  /// Whom it has put into groups stays there.
  Outcome<void> deactivate_rule(const RuleId& id, const Actor& actor = {});
  /// With `remove_members` those go whom it alone has put there; else they stay as if by hand.
  Outcome<void> remove_rule(const RuleId& id, bool remove_members, const Actor& actor = {});
  [[nodiscard]] const GroupRule* find(const RuleId& id) const;
  [[nodiscard]] const std::map<RuleId, GroupRule>& rules() const { return rules_; }

  // Applications. [Okta provisioning-clients 5.5-06] [Okta provisioning-clients 5.5-07]
  Outcome<AppId> create_app(const NewApp& app, const Actor& actor = {});
  Outcome<void> set_provisioning(const AppId& id, const ProvisioningSettings& settings, const Actor& actor = {});
  Outcome<void> set_connection(const AppId& id, const ProvisioningConnection& connection, const Actor& actor = {});
  Outcome<void> set_oidc(const AppId& id, const OidcClient& client, const Actor& actor = {});
  Outcome<void> set_app_label(const AppId& id, std::string label, const Actor& actor = {});
  Outcome<void> set_app_status(const AppId& id, AppStatus status, const Actor& actor = {});
  /// Of an inactive one.
  Outcome<void> remove_app(const AppId& id, const Actor& actor = {});
  [[nodiscard]] const App* find(const AppId& id) const;
  [[nodiscard]] const App* find_client(std::string_view client_id) const;
  [[nodiscard]] const std::map<AppId, App>& apps() const { return apps_; }

  // Assignments. [Okta provisioning-clients 5.5-01] [Okta provisioning-clients 5.5-03] to [5.5-05]
  Outcome<void> assign(const AppId& app, const UserId& user, const NewAssignment& assignment = {}, const Actor& actor = {});
  Outcome<void> update_assignment(const AppId& app, const UserId& user, const NewAssignment& assignment, const Actor& actor = {});
  /// Takes the user's own assignment away; who is assigned by a group as well stays so.
  Outcome<void> unassign(const AppId& app, const UserId& user, const Actor& actor = {});
  Outcome<void> assign_group(const AppId& app, const GroupId& group, int priority = 0, const Actor& actor = {});
  /// Values for the app profile of who is assigned by the group. [Okta provisioning-clients 4.12-03]
  Outcome<void> update_group_assignment(const AppId& app, const GroupId& group, const Profile& profile, const Actor& actor = {});
  Outcome<void> unassign_group(const AppId& app, const GroupId& group, const Actor& actor = {});
  /// An admin retries what failed. [Okta provisioning-clients 4.9-04]
  Outcome<void> retry_assignment(const AppId& app, const UserId& user, const Actor& actor = {});
  /// Null where there is not even a former one.
  [[nodiscard]] const AppUser* find(const AppId& app, const UserId& user) const;

  // What an app's SCIM client reports of its pushes: neither logged nor refused, and of no effect where the assignment is gone.
  // [Okta provisioning-clients 4.9-05] [Okta provisioning-clients 4.9-06]
  void sync_started(const AppId& app, const UserId& user);
  void sync_succeeded(const AppId& app, const UserId& user, const std::string& external_id);
  void sync_failed(const AppId& app, const UserId& user);

  // Group push. [Okta provisioning-clients 4.8-12] to [4.8-16]
  Outcome<MappingId> push_group(const AppId& app, const GroupId& group, const Actor& actor = {});
  /// To a group that is in the app already; renamed as the app is set unless `rename` says otherwise.
  Outcome<MappingId> link_group(const AppId& app, const GroupId& group, std::string external_id, std::optional<bool> rename = {}, const Actor& actor = {});
  Outcome<void> push_now(const AppId& app, const MappingId& mapping, const Actor& actor = {});
  Outcome<void> activate_mapping(const AppId& app, const MappingId& mapping, const Actor& actor = {});
  Outcome<void> deactivate_mapping(const AppId& app, const MappingId& mapping, const Actor& actor = {});
  Outcome<void> unlink(const AppId& app, const MappingId& mapping, UnlinkAction action, const Actor& actor = {});
  /// What the SCIM client reports.
  void mapping_pushed(const AppId& app, const MappingId& mapping, const std::string& external_id);
  void mapping_failed(const AppId& app, const MappingId& mapping, const std::string& error);

  [[nodiscard]] const ChangeFeed& changes() const { return changes_; }
  [[nodiscard]] ChangeFeed& changes() { return changes_; }

  // The log. The org's own operations write theirs; the SCIM clients and sign-in add what only they know.
  [[nodiscard]] const SystemLog& log() const { return log_; }
  const LogEvent& record(EventType type, const Actor& actor, std::vector<LogTarget> targets, LogOutcome outcome = {},
                         std::map<std::string, std::string> debug_data = {});
  [[nodiscard]] static LogTarget target_of(const User& user);
  [[nodiscard]] static LogTarget target_of(const Group& group);
  [[nodiscard]] static LogTarget target_of(const App& app);
  [[nodiscard]] static LogTarget target_of(const AppUser& user);

 private:
  Outcome<User*> user_of(const UserId& id);
  /// As `user_of`, and refused in transition or where the table has no state to follow.
  Outcome<User*> user_for(const UserId& id, Operation operation);
  Outcome<Group*> group_of(const GroupId& id);
  /// One that may be changed: of type OKTA_GROUP, or an import's own.
  Outcome<Group*> changeable_group(const GroupId& id, const Actor& actor);
  Outcome<GroupRule*> rule_of(const RuleId& id);
  Outcome<App*> app_of(const AppId& id);
  Outcome<AppUser*> assigned(App& app, const UserId& user);
  Outcome<PushMapping*> mapping_of(App& app, const MappingId& id);

  [[nodiscard]] Outcome<void> check_login_is_free(const std::string& login, const UserId& except) const;
  [[nodiscard]] Outcome<void> check_password(const base::Secret& password, const std::string& login) const;
  [[nodiscard]] Outcome<void> check_group(const GroupProfile& profile, const GroupId& except) const;
  [[nodiscard]] Outcome<void> check_rule(const NewRule& rule, const RuleId& except) const;
  [[nodiscard]] Outcome<void> check_assignment(const App& app, const User& user, const NewAssignment& assignment) const;

  std::string draw_id(std::string_view prefix);
  /// By login and e-mail address.
  void enter_names(const User& user);
  void strike_names(const User& user);
  void witness(const base::Secret& secret) const;
  void witness(const App& app) const;
  void set_status(User& user, UserStatus status);
  /// The state that follows, at once or after the org's transition time.
  void move_to(User& user, UserStatus status, const Actor& actor);
  void arrive(User& user, UserStatus status, const Actor& actor);
  void leave_apps(User& user, const Actor& actor);
  void erase_user(User& user, const Actor& actor);
  void keep_password(User& user, const base::Secret& password);
  LinkToken issue_link(const User& user, LinkToken::Purpose purpose, Delivery delivery);
  void void_links(const UserId& user);
  bool end_sessions(const UserId& user);
  bool verify(User& user, const base::Secret& password);
  SignInOutcome fail_sign_in(User* user, std::string_view login, SignInResult result, std::string reason, const Actor& client);

  void join(Group& group, User& user, const Actor& actor, const RuleId* rule);
  void leave(Group& group, const UserId& user, const Actor& actor);
  void apply_rules(User& user, const Actor& actor);
  void apply_rule(const GroupRule& rule, User& user, const Actor& actor);

  /// Assigned by a group that the user is in.
  [[nodiscard]] bool has_group_of(const App& app, const UserId& user) const;
  void reconcile(App& app, User& user, const Actor& actor);
  void reconcile_all(User& user, const Actor& actor);
  void start_assignment(App& app, User& user, AssignmentScope scope, const NewAssignment& assignment, const Actor& actor);
  void end_assignment(App& app, User& user, const Actor& actor);
  /// In the apps that are sent such changes.
  void fall_out_of_sync(const UserId& user, bool (*is_sent)(const ProvisioningSettings&));
  void forget_mapping(App& app, const MappingId& id, UnlinkAction action, const Actor& actor);

  void changed(Change what, const User& user);
  void changed(ChangeEntry entry);

  base::Clock* clock_;
  base::Rng rng_;
  OrgOptions options_;
  base::SecretWitness* witness_;
  std::string user_type_;
  GroupId everyone_;
  std::map<UserId, User> users_;
  std::map<std::string, UserId, std::less<>> logins_;  ///< by the folded login
  std::map<std::string, std::set<UserId>, std::less<>> emails_;  ///< by the folded e-mail address, which several may have
  std::map<GroupId, Group> groups_;
  std::map<UserId, std::set<GroupId>> member_of_;
  std::map<RuleId, GroupRule> rules_;
  std::map<AppId, App> apps_;
  std::map<SessionId, Session> sessions_;
  std::map<UserId, std::set<SessionId>> sessions_of_;
  std::map<UserId, LinkToken> links_;  ///< a new one makes the old one void
  std::map<std::string, UserId, std::less<>> link_owners_;  ///< by token
  DueTimes due_;
  ChangeFeed changes_;
  SystemLog log_;
};

}  // namespace fakes::okta
