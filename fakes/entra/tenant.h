// One Entra tenant, of which the portal, sign-in, Graph and the provisioning service are faces: what one of them writes
// the others see. It holds users, groups with their links, deleted items, domains, apps and the audit log, refuses what
// Entra refuses, and counts a sequence up with every change, which delta tokens and watermarks are values of.
#pragma once

#include <cstdint>
#include <functional>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/rng.h"
#include "base/secret.h"
#include "fakes/entra/actor.h"
#include "fakes/entra/applications.h"
#include "fakes/entra/audit_log.h"
#include "fakes/entra/change_feed.h"
#include "fakes/entra/defects.h"
#include "fakes/entra/directory_object.h"
#include "fakes/entra/domains.h"
#include "fakes/entra/links.h"
#include "fakes/entra/object_rules.h"
#include "fakes/entra/property_index.h"
#include "fakes/entra/tenant_error.h"

namespace fakes::entra {

/// The default retention of deleted items. [Entra provisioning-clients 2.12-07] [Graph U40]
inline constexpr base::Duration soft_delete_retention = std::chrono::days{30};

struct TenantOptions {
  std::string display_name = "Example";
  std::vector<Domain> domains{
      // Passwords of tenants that were made after 2021 do not expire. [Graph U22]
      {.name = "example.test", .is_default = true, .password_validity_days = passwords_never_expire},
      {.name = "example.onmicrosoft.test", .initial = true, .password_validity_days = passwords_never_expire},
  };
  /// Whether a user without `mail` gets its user principal name as address. Sources differ. [Graph U15]
  bool mail_from_user_principal_name = false;
  /// Security groups are purged at once in place of going to the deleted items, as of 2021. [Graph GR14]
  bool security_groups_purge_at_once = false;
  Defects defects{};
};

/// A user's password and what sign-in knows of it.
struct PasswordState {
  base::Secret password;
  base::Instant changed{};
  bool changed_by_user = false;  ///< else an admin set it
  bool force_change = false;
  bool force_change_with_mfa = false;
};

struct RestoreOptions {
  std::string new_user_principal_name{};      ///< where another object has the old one by now [Graph U45]
  bool auto_reconcile_proxy_conflict = false; ///< drops the addresses that others have
};

class Tenant {
 public:
  Tenant(base::Clock& clock, base::Rng rng, TenantOptions options = {});
  Tenant(const Tenant&) = delete;
  Tenant& operator=(const Tenant&) = delete;

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] const TenantOptions& options() const { return options_; }
  [[nodiscard]] base::Instant now() const { return clock_->now(); }
  [[nodiscard]] Domains& domains() { return domains_; }
  [[nodiscard]] const Domains& domains() const { return domains_; }
  [[nodiscard]] Applications& applications() { return applications_; }
  [[nodiscard]] const Applications& applications() const { return applications_; }

  // Users and groups. Bodies are objects of properties as Graph names them; a refusal changes nothing.
  Outcome<ObjectId> create(ObjectKind kind, const base::JsonObject& properties, const Actor& actor = {});
  Outcome<void> update(const ObjectId& id, const base::JsonObject& changes, const Actor& actor = {});
  /// To the deleted items, from which it can be restored for 30 days; or at once, where the kind has no such stay.
  Outcome<void> remove(const ObjectId& id, const Actor& actor = {});
  Outcome<void> restore(const ObjectId& id, const RestoreOptions& how = {}, const Actor& actor = {});
  /// Of a deleted item, for good.
  Outcome<void> remove_for_good(const ObjectId& id, const Actor& actor = {});
  /// Removes for good what has been a deleted item for longer than the retention.
  void purge();

  // Links.
  Outcome<void> add_member(const ObjectId& group, const ObjectId& member, const Actor& actor = {});
  Outcome<void> remove_member(const ObjectId& group, const ObjectId& member, const Actor& actor = {});
  Outcome<void> add_owner(const ObjectId& group, const ObjectId& owner, const Actor& actor = {});
  Outcome<void> remove_owner(const ObjectId& group, const ObjectId& owner, const Actor& actor = {});
  /// No manager where `manager` is empty.
  Outcome<void> set_manager(const ObjectId& user, const std::optional<ObjectId>& manager, const Actor& actor = {});
  [[nodiscard]] const Links& members_of(const ObjectId& group) const;
  [[nodiscard]] const Links& owners_of(const ObjectId& group) const;
  [[nodiscard]] std::vector<ObjectId> groups_of(const ObjectId& member) const;
  [[nodiscard]] std::optional<ObjectId> manager_of(const ObjectId& user) const;
  /// The sequence of the last change of the manager; 0: never.
  [[nodiscard]] std::uint64_t manager_changed(const ObjectId& user) const;

  // Assignment to an app. The sequence counts, for the provisioning service's watermark.
  Outcome<void> assign(Application& app, const ObjectId& principal, std::string role_id = {});
  Outcome<void> unassign(Application& app, const ObjectId& principal);
  /// The sequence of the last change of an assignment; 0: never assigned.
  [[nodiscard]] std::uint64_t assignment_changed(const Application& app, const ObjectId& principal) const;
  /// Whose assignment changed after a sequence, each with the sequence of the last change, in their order.
  [[nodiscard]] std::vector<std::pair<std::uint64_t, ObjectId>> assignments_changed_after(const Application& app, std::uint64_t sequence) const;

  // Directory roles, such as `User Administrator`, of users and service principals. [Graph P5] [Graph P9]
  void grant_role(const ObjectId& principal, std::string role) { roles_[principal].insert(std::move(role)); }
  void withdraw_role(const ObjectId& principal, const std::string& role) { roles_[principal].erase(role); }
  [[nodiscard]] std::set<std::string, std::less<>> roles_of(const ObjectId& principal) const {
    const auto found = roles_.find(principal);
    return found == roles_.end() ? std::set<std::string, std::less<>>() : found->second;
  }
  [[nodiscard]] bool has_role(const ObjectId& principal, std::string_view role) const { return roles_of(principal).contains(role); }

  // Passwords.
  Outcome<void> reset_password(const ObjectId& user, const PasswordChange& change, const Actor& actor = {});
  /// By the user, who knows the current one and may not keep it. [Graph U30] [Graph U21]
  Outcome<void> change_password(const ObjectId& user, const base::Secret& current, const base::Secret& next);
  [[nodiscard]] const PasswordState* password_of(const ObjectId& user) const;
  /// Refresh tokens and browser sessions from before now are void. [Graph U57]
  Outcome<void> revoke_sessions(const ObjectId& user, const Actor& actor = {});

  // Reading.
  [[nodiscard]] const DirectoryObject* find(const ObjectId& id) const;          ///< living
  [[nodiscard]] const DirectoryObject* find_deleted(const ObjectId& id) const;  ///< a deleted item
  [[nodiscard]] const DirectoryObject* find_user_by_name(std::string_view user_principal_name) const;
  [[nodiscard]] const std::map<ObjectId, DirectoryObject>& living(ObjectKind kind) const;
  [[nodiscard]] const std::map<ObjectId, DirectoryObject>& deleted(ObjectKind kind) const;
  [[nodiscard]] const PropertyIndex& index(ObjectKind kind) const { return kind == ObjectKind::user ? user_index_ : group_index_; }
  [[nodiscard]] const ChangeFeed& changes() const { return changes_; }
  /// [ChangeFeed::on_change]
  void on_change(std::function<void()> listener) { changes_.on_change(std::move(listener)); }
  [[nodiscard]] const std::deque<AuditRecord>& audits() const { return audits_; }

 private:
  struct Shelf {
    std::map<ObjectId, DirectoryObject> living;
    std::map<ObjectId, DirectoryObject> deleted;
  };
  [[nodiscard]] Shelf& shelf(ObjectKind kind) { return kind == ObjectKind::user ? users_ : groups_; }
  [[nodiscard]] const Shelf& shelf(ObjectKind kind) const { return kind == ObjectKind::user ? users_ : groups_; }
  [[nodiscard]] PropertyIndex& index(ObjectKind kind) { return kind == ObjectKind::user ? user_index_ : group_index_; }
  Outcome<DirectoryObject*> living_object(const ObjectId& id);
  Outcome<DirectoryObject*> living_object(const ObjectId& id, ObjectKind kind);
  [[nodiscard]] Outcome<void> check_in_tenant(ObjectKind kind, const ObjectId& id, const Proposal& proposal, bool creating) const;
  [[nodiscard]] Outcome<void> check_name(std::string_view user_principal_name, const ObjectId& id) const;
  [[nodiscard]] Outcome<void> check_address(std::string_view address, const ObjectId& id) const;
  [[nodiscard]] bool is_taken(const Property& property, std::string_view value, const ObjectId& id) const;
  [[nodiscard]] bool is_federated(std::string_view user_principal_name) const;
  void put(DirectoryObject& object, std::string_view property, base::Json value, std::uint64_t sequence, AuditRecord* audit = nullptr);
  void put_address(DirectoryObject& object, std::string_view address, std::uint64_t sequence);
  void touch(DirectoryObject& object, std::uint64_t sequence);
  std::uint64_t touch(DirectoryObject& object);
  void keep_password(const ObjectId& user, const PasswordChange& change, std::uint64_t sequence);
  void forget_links(const ObjectId& id);
  void note_assignment(const std::string& app_id, const ObjectId& principal);
  void erase(ObjectKind kind, const ObjectId& id);
  AuditRecord& audit(std::string_view activity, const DirectoryObject& object, const Actor& actor);
  using LinksByGroup = std::map<ObjectId, Links>;
  Outcome<void> link(LinksByGroup& links, std::string_view relationship, const ObjectId& group, const ObjectId& other, const Actor& actor);
  Outcome<void> unlink(LinksByGroup& links, std::string_view relationship, const ObjectId& group, const ObjectId& other, const Actor& actor);

  struct Manager {
    std::optional<ObjectId> id;
    std::uint64_t changed = 0;
  };

  base::Clock* clock_;
  base::Rng rng_;
  TenantOptions options_;
  std::string id_;
  Domains domains_;
  Applications applications_;
  Shelf users_;
  Shelf groups_;
  std::unordered_map<ObjectId, DirectoryObject*> living_;  ///< on either shelf
  PropertyIndex user_index_;
  PropertyIndex group_index_;
  ChangeFeed changes_;
  LinksByGroup members_;
  LinksByGroup owners_;
  std::unordered_map<ObjectId, std::set<ObjectId>> member_of_;
  std::map<ObjectId, Manager> managers_;
  std::unordered_map<ObjectId, PasswordState> passwords_;
  std::map<ObjectId, std::set<std::string, std::less<>>> roles_;
  std::map<std::string, std::unordered_map<ObjectId, std::uint64_t>> assignment_changes_;    ///< by app: the sequence of the last one
  std::map<std::string, std::map<std::uint64_t, ObjectId>> assignment_feeds_;  ///< by app: the same the other way round
  std::multimap<base::Instant, std::pair<ObjectKind, ObjectId>> purges_;
  std::deque<AuditRecord> audits_;
  std::uint64_t audits_written_ = 0;
};

}  // namespace fakes::entra
