#include "fakes/entra/tenant.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "fakes/entra/guid.h"

namespace fakes::entra {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::size_t audits_kept = 100'000;

const Links no_links;

/// Whole seconds, as directory objects show them.
Json time_json(base::Instant instant) {
  auto text = base::to_rfc3339(instant);
  text.erase(text.find('.'));
  return Json(text + "Z");
}

std::unexpected<TenantError> not_found(const ObjectId& id) {
  return refuse(Refusal::not_found, {},
                fmt::format("Resource '{}' does not exist or one of its queried reference-property objects are not present.", id.text()));
}

/// The address of an entry of proxyAddresses, without `SMTP:` or `smtp:`.
std::string_view bare_address(std::string_view entry) {
  const auto colon = entry.find(':');
  return colon == std::string_view::npos ? entry : entry.substr(colon + 1);
}

const Json* proposed(const Proposal& proposal, std::string_view property) {
  for (const auto& [row, value] : proposal.values) {
    if (row->name == property) return &value;
  }
  return nullptr;
}

std::string_view text_of(const Json* json) {
  return json == nullptr || !json->is_string() ? std::string_view() : base::as_text(json->get_string());
}

bool is_unified(const DirectoryObject& group) {
  const auto* types = group.find("groupTypes");
  return types != nullptr && types->json.is_array() && std::ranges::any_of(types->json.get_array(), [](const Json& type) {
           return type.is_string() && base::as_text(type.get_string()) == "Unified";
         });
}

bool is_dynamic(const DirectoryObject& group) { return !group.text("membershipRule").empty(); }

}  // namespace

Tenant::Tenant(base::Clock& clock, base::Rng rng, TenantOptions options)
    : clock_(&clock), rng_(rng), options_(std::move(options)), domains_(options_.domains), applications_(rng.fork("applications")) {
  auto own = rng_.fork("tenant");
  id_ = make_guid(own);
}

Outcome<ObjectId> Tenant::create(ObjectKind kind, const JsonObject& properties, const Actor& actor) {
  purge();
  auto proposal = checked_creation(kind, properties);
  if (!proposal) return std::unexpected(proposal.error());
  if (const auto possible = check_in_tenant(kind, {}, *proposal, true); !possible) return std::unexpected(possible.error());
  ObjectId id{make_guid(rng_)};
  auto& object = shelf(kind).living.emplace(id, DirectoryObject(kind, id)).first->second;
  living_.emplace(id, &object);
  const auto sequence = touch(object);
  object.created = sequence;
  auto& record = audit(kind == ObjectKind::user ? "Add user" : "Add group", object, actor);
  put(object, "id", Json(id.text()), sequence);
  put(object, "createdDateTime", time_json(clock_->now()), sequence);
  if (kind == ObjectKind::user) {
    put(object, "userType", Json("Member"), sequence);
    put(object, "businessPhones", JsonArray{}, sequence);
    put(object, "signInSessionsValidFromDateTime", time_json(clock_->now()), sequence);
  } else {
    put(object, "groupTypes", JsonArray{}, sequence);
    put(object, "proxyAddresses", JsonArray{}, sequence);
  }
  for (auto& [property, value] : proposal->values) put(object, property->name, std::move(value), sequence, &record);
  if (kind == ObjectKind::user && options_.mail_from_user_principal_name && object.text("mail").empty())
    put(object, "mail", Json(std::string(object.text("userPrincipalName"))), sequence);
  if (!object.text("mail").empty()) put_address(object, object.text("mail"), sequence);
  if (proposal->password) keep_password(id, *proposal->password, sequence);
  record.target_name = object.text("displayName");
  record.target_upn = object.text("userPrincipalName");
  return id;
}

Outcome<void> Tenant::update(const ObjectId& id, const JsonObject& changes, const Actor& actor) {
  purge();
  const auto found = living_object(id);
  if (!found) return std::unexpected(found.error());
  auto& object = **found;
  auto proposal = checked_update(object.kind(), changes);
  if (!proposal) return std::unexpected(proposal.error());
  if (const auto possible = check_in_tenant(object.kind(), id, *proposal, false); !possible) return possible;
  const bool was_enabled = object.flag("accountEnabled", true);
  const bool changes_anything = std::ranges::any_of(proposal->values, [&](const auto& entry) {
    const auto* value = object.find(entry.first->name);
    return value == nullptr ? !entry.second.is_null() : value->json != entry.second;
  });
  if (!changes_anything && !proposal->password) return {};
  const auto sequence = touch(object);
  auto& record = audit(object.kind() == ObjectKind::user ? "Update user" : "Update group", object, actor);
  for (auto& [property, value] : proposal->values) put(object, property->name, std::move(value), sequence, &record);
  const bool sets_mail = proposed(*proposal, "mail") != nullptr;
  if (sets_mail && !object.text("mail").empty()) put_address(object, object.text("mail"), sequence);
  if (object.flag("accountEnabled", true) != was_enabled) record.activity = was_enabled ? "Disable account" : "Enable account";
  if (proposal->password) {
    keep_password(id, *proposal->password, sequence);
    audit("Reset user password", object, actor);
  }
  return {};
}

Outcome<void> Tenant::remove(const ObjectId& id, const Actor& actor) {
  purge();
  const auto found = living_object(id);
  if (!found) return std::unexpected(found.error());
  auto& object = **found;
  const auto kind = object.kind();
  audit(kind == ObjectKind::user ? "Delete user" : "Delete group", object, actor);
  const bool at_once = kind == ObjectKind::group && options_.security_groups_purge_at_once && !is_unified(object);
  const auto sequence = touch(object);
  index(kind).remove(object);
  object.deleted = clock_->now();
  put(object, "deletedDateTime", time_json(clock_->now()), sequence);
  purges_.emplace(clock_->now() + soft_delete_retention, std::pair{kind, id});
  living_.erase(id);
  shelf(kind).deleted.insert(shelf(kind).living.extract(id));
  if (at_once) erase(kind, id);
  return {};
}

Outcome<void> Tenant::restore(const ObjectId& id, const RestoreOptions& how, const Actor& actor) {
  purge();
  const auto* item = find_deleted(id);
  if (item == nullptr) return not_found(id);
  const auto kind = item->kind();
  const auto name = how.new_user_principal_name.empty() ? std::string(item->text("userPrincipalName")) : how.new_user_principal_name;
  if (kind == ObjectKind::user) {
    if (const auto possible = check_name(name, id); !possible) return possible;
  }
  auto kept = JsonArray{};
  if (const auto* addresses = item->find("proxyAddresses"); addresses != nullptr && addresses->json.is_array()) {
    for (const auto& entry : addresses->json.get_array()) {
      const auto possible = check_address(bare_address(base::as_text(entry.get_string())), id);
      if (possible) {
        kept.push_back(entry);
      } else if (!how.auto_reconcile_proxy_conflict) {
        return possible;
      }
    }
  }
  auto& object = shelf(kind).living.insert(shelf(kind).deleted.extract(id)).position->second;
  living_.emplace(id, &object);
  const auto sequence = touch(object);
  object.created = sequence;
  object.deleted.reset();
  index(kind).add(object);
  put(object, "deletedDateTime", Json(), sequence);
  if (kind == ObjectKind::user) put(object, "userPrincipalName", Json(name), sequence);
  if (object.find("proxyAddresses") != nullptr) put(object, "proxyAddresses", std::move(kept), sequence);
  audit(kind == ObjectKind::user ? "Restore user" : "Restore group", object, actor);
  return {};
}

Outcome<void> Tenant::remove_for_good(const ObjectId& id, const Actor& actor) {
  const auto* object = find_deleted(id);
  if (object == nullptr) return not_found(id);
  audit(object->kind() == ObjectKind::user ? "Hard delete user" : "Hard delete group", *object, actor);
  erase(object->kind(), id);
  return {};
}

void Tenant::purge() {
  const Actor retention{Actor::Kind::system, {}, "Microsoft Entra ID"};
  while (!purges_.empty() && purges_.begin()->first <= clock_->now()) {
    const auto [kind, id] = purges_.begin()->second;
    const auto due = purges_.begin()->first;
    purges_.erase(purges_.begin());
    const auto* object = find_deleted(id);
    // Restored meanwhile, or restored and deleted again.
    const bool again = object != nullptr && *object->deleted + soft_delete_retention != due;
    if (object == nullptr || (again && !options_.defects.contains(Defect::restored_keeps_first_deletion))) continue;
    audit(kind == ObjectKind::user ? "Hard delete user" : "Hard delete group", *object, retention);
    erase(kind, id);
  }
}

void Tenant::erase(ObjectKind kind, const ObjectId& id) {
  auto& items = shelf(kind).deleted;
  const auto found = items.find(id);
  changes_.bury(found->second, found->second.changed, changes_.next());
  forget_links(id);
  passwords_.erase(id);
  roles_.erase(id);
  managers_.erase(id);
  for (const auto& [app_id, app] : applications_.all()) {
    auto* assigned = applications_.find(app_id);
    if (assigned->assignments.erase(id) > 0) {
      auto& changes = assignment_changes_[app_id];
      assignment_feeds_[app_id].erase(changes[id]);
      changes.erase(id);
    }
  }
  items.erase(found);
}

void Tenant::forget_links(const ObjectId& id) {
  const auto leave = [&](LinksByGroup& links, const ObjectId& group) {
    auto* object = find(group) != nullptr ? *living_object(group) : nullptr;
    const auto sequence = object != nullptr ? touch(*object) : changes_.last();
    links[group].remove(id, sequence);
  };
  for (const auto& group : groups_of(id)) leave(members_, group);
  member_of_.erase(id);
  std::vector<ObjectId> owned;
  for (const auto& [group, links] : owners_) {
    if (links.contains(id)) owned.push_back(group);
  }
  for (const auto& group : owned) leave(owners_, group);
  if (const auto own = members_.find(id); own != members_.end()) {
    for (const auto& [member, since] : own->second.present) member_of_[member].erase(id);
    members_.erase(own);
  }
  owners_.erase(id);
  for (auto& [user, manager] : managers_) {
    if (manager.id == id) manager = Manager{std::nullopt, changes_.last()};
  }
}

Outcome<void> Tenant::add_member(const ObjectId& group, const ObjectId& member, const Actor& actor) {
  return link(members_, "members", group, member, actor);
}
Outcome<void> Tenant::remove_member(const ObjectId& group, const ObjectId& member, const Actor& actor) {
  return unlink(members_, "members", group, member, actor);
}
Outcome<void> Tenant::add_owner(const ObjectId& group, const ObjectId& owner, const Actor& actor) {
  return link(owners_, "owners", group, owner, actor);
}
Outcome<void> Tenant::remove_owner(const ObjectId& group, const ObjectId& owner, const Actor& actor) {
  return unlink(owners_, "owners", group, owner, actor);
}

Outcome<void> Tenant::link(LinksByGroup& links, std::string_view relationship, const ObjectId& group, const ObjectId& other,
                           const Actor& actor) {
  const auto found = living_object(group, ObjectKind::group);
  if (!found) return std::unexpected(found.error());
  const auto* linked = find(other);
  if (linked == nullptr) return not_found(other);
  if (relationship == "members") {
    if (is_dynamic(**found))
      return refuse(Refusal::dynamic_members, "members", "The members of a group with a membership rule cannot be changed by hand.");
    // [Graph GR12]
    if (linked->kind() == ObjectKind::group && (is_unified(**found) || is_unified(*linked)))
      return refuse(Refusal::cannot_nest, "members", "A group of this type cannot hold groups, nor be held by one.");
  }
  if (links[group].contains(other))
    return refuse(Refusal::already_linked, std::string(relationship),
                  fmt::format("One or more added object references already exist for the following modified properties: '{}'.", relationship));
  const auto sequence = touch(**found);
  links[group].add(other, sequence);
  if (relationship == "members") member_of_[other].insert(group);
  auto& record = audit(relationship == "members" ? "Add member to group" : "Add owner to group", *linked, actor);
  record.category = "GroupManagement";
  record.changes.push_back({"Group.ObjectID", {}, base::to_text(Json(group.text()))});
  return {};
}

Outcome<void> Tenant::unlink(LinksByGroup& links, std::string_view relationship, const ObjectId& group, const ObjectId& other,
                             const Actor& actor) {
  const auto found = living_object(group, ObjectKind::group);
  if (!found) return std::unexpected(found.error());
  if (relationship == "members" && is_dynamic(**found))
    return refuse(Refusal::dynamic_members, "members", "The members of a group with a membership rule cannot be changed by hand.");
  if (!links[group].contains(other)) {
    auto error = not_found(other).error();
    return refuse(Refusal::not_linked, std::string(relationship), std::move(error.text));
  }
  const auto sequence = touch(**found);
  links[group].remove(other, sequence);
  if (relationship == "members") member_of_[other].erase(group);
  const auto* linked = find(other);
  auto& record = audit(relationship == "members" ? "Remove member from group" : "Remove owner from group",
                       linked == nullptr ? **found : *linked, actor);
  record.category = "GroupManagement";
  record.changes.push_back({"Group.ObjectID", base::to_text(Json(group.text())), {}});
  return {};
}

Outcome<void> Tenant::set_manager(const ObjectId& user, const std::optional<ObjectId>& manager, const Actor& actor) {
  const auto found = living_object(user, ObjectKind::user);
  if (!found) return std::unexpected(found.error());
  if (manager && find(*manager) == nullptr) return not_found(*manager);
  auto& held = managers_[user];
  if (held.id == manager) return {};
  held = Manager{manager, touch(**found)};
  audit("Update user", **found, actor).changes.push_back({"manager", {}, manager ? base::to_text(Json(manager->text())) : std::string()});
  return {};
}

const Links& Tenant::members_of(const ObjectId& group) const {
  const auto found = members_.find(group);
  return found == members_.end() ? no_links : found->second;
}

const Links& Tenant::owners_of(const ObjectId& group) const {
  const auto found = owners_.find(group);
  return found == owners_.end() ? no_links : found->second;
}

std::vector<ObjectId> Tenant::groups_of(const ObjectId& member) const {
  const auto found = member_of_.find(member);
  if (found == member_of_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

std::optional<ObjectId> Tenant::manager_of(const ObjectId& user) const {
  const auto found = managers_.find(user);
  return found == managers_.end() ? std::nullopt : found->second.id;
}

std::uint64_t Tenant::manager_changed(const ObjectId& user) const {
  const auto found = managers_.find(user);
  return found == managers_.end() ? 0 : found->second.changed;
}

Outcome<void> Tenant::assign(Application& app, const ObjectId& principal, std::string role_id) {
  if (find(principal) == nullptr) return not_found(principal);
  if (const auto held = app.assignments.find(principal); held != app.assignments.end() && held->second.role_id == role_id) return {};
  app.assignments[principal] = Assignment{make_guid(rng_), std::move(role_id)};
  note_assignment(app.app_id, principal);
  return {};
}

void Tenant::note_assignment(const std::string& app_id, const ObjectId& principal) {
  auto& last = assignment_changes_[app_id][principal];
  auto& feed = assignment_feeds_[app_id];
  feed.erase(last);
  last = changes_.next();
  feed[last] = principal;
}

std::vector<std::pair<std::uint64_t, ObjectId>> Tenant::assignments_changed_after(const Application& app, std::uint64_t sequence) const {
  const auto feed = assignment_feeds_.find(app.app_id);
  if (feed == assignment_feeds_.end()) return {};
  return {feed->second.upper_bound(sequence), feed->second.end()};
}

Outcome<void> Tenant::unassign(Application& app, const ObjectId& principal) {
  if (find(principal) == nullptr && find_deleted(principal) == nullptr) return not_found(principal);
  if (app.assignments.erase(principal) > 0) note_assignment(app.app_id, principal);
  return {};
}

std::uint64_t Tenant::assignment_changed(const Application& app, const ObjectId& principal) const {
  const auto changes = assignment_changes_.find(app.app_id);
  if (changes == assignment_changes_.end()) return 0;
  const auto found = changes->second.find(principal);
  return found == changes->second.end() ? 0 : found->second;
}

Outcome<void> Tenant::reset_password(const ObjectId& user, const PasswordChange& change, const Actor& actor) {
  const auto found = living_object(user, ObjectKind::user);
  if (!found) return std::unexpected(found.error());
  Proposal proposal;
  proposal.password = change;
  if (const auto possible = check_in_tenant(ObjectKind::user, user, proposal, false); !possible) return possible;
  keep_password(user, change, touch(**found));
  audit("Reset user password", **found, actor);
  return {};
}

Outcome<void> Tenant::change_password(const ObjectId& user, const base::Secret& current, const base::Secret& next) {
  const auto found = living_object(user, ObjectKind::user);
  if (!found) return std::unexpected(found.error());
  const auto* held = password_of(user);
  if (held == nullptr || !(held->password == current))
    return refuse(Refusal::invalid, "currentPassword", "The current password is not correct.");
  Proposal proposal;
  proposal.password = PasswordChange{next, false, false};
  if (const auto possible = check_in_tenant(ObjectKind::user, user, proposal, false); !possible) return possible;
  if (next == current) return refuse(Refusal::weak_password, "newPassword", "The new password is the current one.");
  keep_password(user, *proposal.password, touch(**found));
  passwords_[user].changed_by_user = true;
  const Actor self{Actor::Kind::user, user, std::string((*found)->text("userPrincipalName"))};
  audit("Change user password", **found, self);
  return {};
}

const PasswordState* Tenant::password_of(const ObjectId& user) const {
  const auto found = passwords_.find(user);
  return found == passwords_.end() ? nullptr : &found->second;
}

Outcome<void> Tenant::revoke_sessions(const ObjectId& user, const Actor& actor) {
  const auto found = living_object(user, ObjectKind::user);
  if (!found) return std::unexpected(found.error());
  const auto sequence = touch(**found);
  put(**found, "signInSessionsValidFromDateTime", time_json(clock_->now()), sequence);
  put(**found, "refreshTokensValidFromDateTime", time_json(clock_->now()), sequence);
  audit("Update StsRefreshTokenValidFrom Timestamp", **found, actor);
  return {};
}

const DirectoryObject* Tenant::find(const ObjectId& id) const {
  const auto found = living_.find(id);
  return found == living_.end() ? nullptr : found->second;
}

const DirectoryObject* Tenant::find_deleted(const ObjectId& id) const {
  for (const auto* objects : {&users_.deleted, &groups_.deleted}) {
    if (const auto found = objects->find(id); found != objects->end()) return &found->second;
  }
  return nullptr;
}

const DirectoryObject* Tenant::find_user_by_name(std::string_view user_principal_name) const {
  const auto& holders = user_index_.equal_to(*find_property(ObjectKind::user, "userPrincipalName"), user_principal_name);
  return holders.empty() ? nullptr : holders.begin()->second;
}

const std::map<ObjectId, DirectoryObject>& Tenant::living(ObjectKind kind) const { return shelf(kind).living; }
const std::map<ObjectId, DirectoryObject>& Tenant::deleted(ObjectKind kind) const { return shelf(kind).deleted; }

Outcome<DirectoryObject*> Tenant::living_object(const ObjectId& id) {
  const auto found = living_.find(id);
  if (found == living_.end()) return not_found(id);
  return found->second;
}

Outcome<DirectoryObject*> Tenant::living_object(const ObjectId& id, ObjectKind kind) {
  auto found = living_object(id);
  if (found && (*found)->kind() != kind) return not_found(id);
  return found;
}

Outcome<void> Tenant::check_in_tenant(ObjectKind kind, const ObjectId& id, const Proposal& proposal, bool creating) const {
  const auto* object = creating ? nullptr : find(id);
  if (kind == ObjectKind::group) {
    const auto* enabled = proposed(proposal, "mailEnabled");
    const bool mail_enabled = enabled != nullptr && enabled->is_bool() && enabled->get_bool();
    const auto nickname = text_of(proposed(proposal, "mailNickname"));
    // Assumed: of security groups several may share a nickname, as happens in practice. [Graph GR4]
    if (mail_enabled && is_taken(*find_property(kind, "mailNickname"), nickname, id))
      return refuse(Refusal::taken, "mailNickname", "Another object with the same value for property mailNickname already exists.");
    return {};
  }
  const auto sent_name = text_of(proposed(proposal, "userPrincipalName"));
  if (!sent_name.empty()) {
    if (const auto possible = check_name(sent_name, id); !possible) return possible;
  }
  const auto name = sent_name.empty() && object != nullptr ? object->text("userPrincipalName") : sent_name;
  const auto anchor = text_of(proposed(proposal, "onPremisesImmutableId"));
  if (creating && is_federated(name) && anchor.empty())
    return refuse(Refusal::required, "onPremisesImmutableId", "A value is required for property 'onPremisesImmutableId' of resource 'User'.");
  if (!anchor.empty() && is_taken(*find_property(kind, "onPremisesImmutableId"), anchor, id))
    return refuse(Refusal::taken, "onPremisesImmutableId", "Another object with the same value for property onPremisesImmutableId already exists.");
  if (const auto address = text_of(proposed(proposal, "mail")); !address.empty()) {
    if (const auto possible = check_address(address, id); !possible) return possible;
  }
  if (!proposal.password || proposal.password->password.empty()) return {};
  if (is_federated(name) && !creating)
    return refuse(Refusal::federated_domain, "passwordProfile", "The password of a user of a federated domain cannot be set.");
  const auto sent_policies = text_of(proposed(proposal, "passwordPolicies"));
  const auto policies = sent_policies.empty() && object != nullptr ? object->text("passwordPolicies") : sent_policies;
  if (!is_acceptable_password(proposal.password->password, policies.find("DisableStrongPassword") == std::string_view::npos)) {
    return refuse(Refusal::weak_password, "passwordProfile",
                  "The specified password does not comply with password complexity requirements. Please provide a different password.");
  }
  return {};
}

Outcome<void> Tenant::check_name(std::string_view user_principal_name, const ObjectId& id) const {
  const auto parsed = parse_user_principal_name(user_principal_name);
  if (!parsed) return refuse(Refusal::invalid, "userPrincipalName", "Property userPrincipalName is invalid.");
  const auto* domain = domains_.find(parsed->domain);
  if (domain == nullptr || !domain->verified || (domain->usable_from && *domain->usable_from > clock_->now())) {
    return refuse(Refusal::foreign_domain, "userPrincipalName",
                  "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in "
                  "your organization.");
  }
  if (is_taken(*find_property(ObjectKind::user, "userPrincipalName"), user_principal_name, id))
    return refuse(Refusal::taken, "userPrincipalName", "Another object with the same value for property userPrincipalName already exists.");
  return {};
}

Outcome<void> Tenant::check_address(std::string_view address, const ObjectId& id) const {
  const auto entry = fmt::format("smtp:{}", address);
  if (is_taken(*find_property(ObjectKind::user, "proxyAddresses"), entry, id) || is_taken(*find_property(ObjectKind::group, "proxyAddresses"), entry, id))
    return refuse(Refusal::taken, "proxyAddresses", "Another object with the same value for property proxyAddresses already exists.");
  return {};
}

bool Tenant::is_taken(const Property& property, std::string_view value, const ObjectId& id) const {
  const bool of_users = find_property(ObjectKind::user, property.name) == &property;
  const auto& holders = (of_users ? user_index_ : group_index_).equal_to(property, value);
  return std::ranges::any_of(holders, [&](const auto& holder) { return holder.first != id; });
}

bool Tenant::is_federated(std::string_view user_principal_name) const {
  const auto at = user_principal_name.find('@');
  const auto* domain = at == std::string_view::npos ? nullptr : domains_.find(user_principal_name.substr(at + 1));
  return domain != nullptr && domain->federated;
}

void Tenant::put(DirectoryObject& object, std::string_view property, Json value, std::uint64_t sequence, AuditRecord* audit) {
  const auto* row = find_property(object.kind(), property);
  const auto* before = object.find(property);
  if (audit != nullptr && (before == nullptr ? !value.is_null() : before->json != value)) {
    audit->changes.push_back({std::string(property), before == nullptr || before->json.is_null() ? std::string() : base::to_text(before->json),
                              value.is_null() ? std::string() : base::to_text(value)});
  }
  const bool is_living = !object.deleted;
  if (is_living && before != nullptr) index(object.kind()).remove(object, *before);
  object.set(*row, std::move(value), sequence);
  if (const auto* after = object.find(property); is_living && after != nullptr) index(object.kind()).add(object, *after);
}

void Tenant::put_address(DirectoryObject& object, std::string_view address, std::uint64_t sequence) {
  JsonArray addresses{Json(fmt::format("SMTP:{}", address))};
  if (const auto* held = object.find("proxyAddresses"); held != nullptr && held->json.is_array()) {
    for (const auto& entry : held->json.get_array()) {
      const auto other = bare_address(base::as_text(entry.get_string()));
      if (!base::equals_ignoring_case(other, address)) addresses.push_back(Json(fmt::format("smtp:{}", other)));
    }
  }
  put(object, "proxyAddresses", std::move(addresses), sequence);
}

void Tenant::touch(DirectoryObject& object, std::uint64_t sequence) {
  changes_.move(object, object.changed, sequence);
  object.changed = sequence;
  object.changed_at = clock_->now();
}

std::uint64_t Tenant::touch(DirectoryObject& object) {
  const auto sequence = changes_.next();
  touch(object, sequence);
  return sequence;
}

void Tenant::keep_password(const ObjectId& user, const PasswordChange& change, std::uint64_t sequence) {
  auto& state = passwords_[user];
  if (!change.password.empty()) {
    state.password = change.password;
    state.changed = clock_->now();
    state.changed_by_user = false;
    put(**living_object(user), "lastPasswordChangeDateTime", time_json(clock_->now()), sequence);
  }
  state.force_change = change.force_change;
  state.force_change_with_mfa = change.force_change_with_mfa;
}

AuditRecord& Tenant::audit(std::string_view activity, const DirectoryObject& object, const Actor& actor) {
  if (audits_.size() == audits_kept) audits_.pop_front();
  auto ids = rng_.fork("audit", ++audits_written_);
  AuditRecord record;
  record.id = fmt::format("Directory_{}", make_guid(ids));
  record.correlation_id = make_guid(ids);
  record.at = clock_->now();
  record.activity = activity;
  record.category = object.kind() == ObjectKind::user ? "UserManagement" : "GroupManagement";
  record.initiated_by = actor;
  record.target = object.id();
  record.target_kind = object.kind();
  record.target_name = object.text("displayName");
  record.target_upn = object.text("userPrincipalName");
  return audits_.emplace_back(std::move(record));
}

}  // namespace fakes::entra
