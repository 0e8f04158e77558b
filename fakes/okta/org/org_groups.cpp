// Groups, their members, and the rules that make members. [Okta provisioning-clients 5.4-01] [Okta provisioning-clients 5.4-03]
#include <fmt/format.h>

#include <algorithm>

#include "fakes/okta/org/org.h"
#include "fakes/okta/org/rule_expression.h"

namespace fakes::okta {
namespace {

constexpr std::size_t longest_name = 255;          // [Okta provisioning-clients 5.4-02]
constexpr std::size_t longest_description = 1024;  // [Okta provisioning-clients 5.4-02]
constexpr std::size_t longest_rule_name = 50;

}  // namespace

Outcome<Group*> Org::changeable_group(const GroupId& id, const Actor& actor) {
  auto group = group_of(id);
  if (!group || (*group)->type == GroupType::okta_group) return group;
  if ((*group)->type == GroupType::app_group && actor.kind == Actor::Kind::system) return group;
  return refuse(ErrorCode::validation, "type", {"type: Only groups of type OKTA_GROUP can be changed"});  // Assumed: the code.
}

Outcome<void> Org::check_group(const GroupProfile& profile, const GroupId& except) const {
  if (profile.name.empty()) return invalid_field("name", "The field cannot be left blank");
  if (count_characters(profile.name) > longest_name) return invalid_field("name", "The field is too long");
  if (count_characters(profile.description) > longest_description) return invalid_field("description", "The field is too long");
  for (const auto& [id, group] : groups_) {
    if (id != except && group.type != GroupType::app_group && group.profile.name == profile.name) {
      return invalid_field("name", "An object with this field already exists in the current organization");
    }
  }
  return {};
}

Outcome<GroupId> Org::create_group(const GroupProfile& profile, const Actor& actor) {
  settle();
  if (auto checked = check_group(profile, {}); !checked) return std::unexpected(checked.error());
  Group group{.id = GroupId{draw_id("00g")}, .profile = profile};
  group.created = group.last_updated = group.last_membership_updated = now();
  const auto& kept = groups_.emplace(group.id, std::move(group)).first->second;
  record(EventType::group_create, actor, {target_of(kept)});
  changed({.what = Change::group_created, .group = kept.id});
  return kept.id;
}

Outcome<GroupId> Org::import_group(const AppId& app_id, const GroupProfile& profile) {
  const auto app = app_of(app_id);
  if (!app) return std::unexpected(app.error());
  Group group{.id = GroupId{draw_id("00g")}, .type = GroupType::app_group, .profile = profile, .source = app_id};
  group.created = group.last_updated = group.last_membership_updated = now();
  const auto& kept = groups_.emplace(group.id, std::move(group)).first->second;
  record(EventType::import_group_create, Actor::system(), {target_of(kept), target_of(**app)});
  changed({.what = Change::group_created, .group = kept.id, .app = app_id});
  return kept.id;
}

Outcome<void> Org::update_group(const GroupId& id, const GroupProfile& profile, const Actor& actor) {
  const auto group = changeable_group(id, actor);
  if (!group) return std::unexpected(group.error());
  if (auto checked = check_group(profile, id); !checked) return checked;
  if ((*group)->profile == profile) return {};
  (*group)->profile = profile;
  (*group)->last_updated = now();
  changed({.what = Change::group_updated, .group = id});
  return {};
}

Outcome<void> Org::remove_group(const GroupId& group_id, const Actor& actor) {
  const auto id = group_id;  // which may be the group's own
  const auto group = changeable_group(id, actor);
  if (!group) return std::unexpected(group.error());
  for (auto& [app_id, app] : apps_) {
    if (app.groups.contains(id)) {
      if (auto done = unassign_group(app_id, id, actor); !done) return done;
    }
    std::vector<MappingId> mappings;
    for (const auto& [mapping_id, mapping] : app.push_mappings) {
      if (mapping.group == id) mappings.push_back(mapping_id);
    }
    for (const auto& mapping : mappings) forget_mapping(app, mapping, UnlinkAction::leave, actor);
  }
  for (auto& [rule_id, rule] : rules_) {
    if (rule.groups.contains(id)) rule.status = RuleStatus::invalid;
  }
  for (const auto& [user, membership] : (*group)->members) member_of_[user].erase(id);
  record(EventType::group_delete, actor, {target_of(**group)});
  groups_.erase(id);
  changed({.what = Change::group_deleted, .group = id});
  return {};
}

void Org::join(Group& group, User& user, const Actor& actor, const RuleId* rule) {
  const bool was = group.has(user.id);
  auto& membership = group.members[user.id];
  if (rule != nullptr) {
    membership.by_rules.insert(*rule);
  } else {
    membership.by_hand = true;
  }
  if (was) return;
  member_of_[user.id].insert(group.id);
  group.last_membership_updated = now();
  if (group.type != GroupType::built_in) record(EventType::member_add, actor, {target_of(user), target_of(group)});
  changed({.what = Change::member_added, .user = user.id, .group = group.id});
  reconcile_all(user, actor);
}

void Org::leave(Group& group, const UserId& user, const Actor& actor) {
  auto& left = users_.at(user);
  group.members.erase(user);
  member_of_[user].erase(group.id);
  group.last_membership_updated = now();
  record(EventType::member_remove, actor, {target_of(left), target_of(group)});
  changed({.what = Change::member_removed, .user = user, .group = group.id});
  reconcile_all(left, actor);
}

Outcome<void> Org::add_member(const GroupId& group, const UserId& user, const Actor& actor) {
  const auto found = changeable_group(group, actor);
  if (!found) return std::unexpected(found.error());
  const auto member = user_of(user);
  if (!member) return std::unexpected(member.error());
  join(**found, **member, actor, nullptr);
  return {};
}

/// Rules that put the user there will not do so again.
Outcome<void> Org::remove_member(const GroupId& group, const UserId& user, const Actor& actor) {
  const auto found = changeable_group(group, actor);
  if (!found) return std::unexpected(found.error());
  if (auto member = user_of(user); !member) return std::unexpected(member.error());
  const auto membership = (*found)->members.find(user);
  if (membership == (*found)->members.end()) return {};
  for (const auto& rule : membership->second.by_rules) rules_.at(rule).excluded.insert(user);
  leave(**found, user, actor);
  return {};
}

Outcome<void> Org::check_rule(const NewRule& rule, const RuleId& except) const {
  if (rule.name.empty() || count_characters(rule.name) > longest_rule_name) return invalid_field("name", "The field must have 1 to 50 characters");
  for (const auto& [id, other] : rules_) {
    if (id != except && other.name == rule.name) return invalid_field("name", "An object with this field already exists in the current organization");
  }
  if (rule.groups.empty()) return invalid_field("groupIds", "The field cannot be left blank");
  for (const auto& id : rule.groups) {
    const auto* group = find(id);
    if (group == nullptr || group->type != GroupType::okta_group) return invalid_field("groupIds", "A group is not there or not of type OKTA_GROUP");
  }
  return check_expression(rule.expression, options_.custom_attributes);
}

Outcome<RuleId> Org::create_rule(const NewRule& wanted, const Actor& /*actor*/) {
  settle();
  if (auto checked = check_rule(wanted, {}); !checked) return std::unexpected(checked.error());
  GroupRule rule{.id = RuleId{draw_id("0pr")}, .name = wanted.name, .expression = wanted.expression, .groups = wanted.groups, .excluded = wanted.excluded};
  rule.created = rule.last_updated = now();
  return rules_.emplace(rule.id, rule).first->first;
}

Outcome<void> Org::update_rule(const RuleId& id, const NewRule& wanted, const Actor& /*actor*/) {
  const auto rule = rule_of(id);
  if (!rule) return std::unexpected(rule.error());
  if ((*rule)->status == RuleStatus::active) return invalid_field("status", "An active rule cannot be changed");
  if (auto checked = check_rule(wanted, id); !checked) return checked;
  auto& kept = **rule;
  kept.name = wanted.name;
  kept.expression = wanted.expression;
  kept.groups = wanted.groups;
  kept.excluded = wanted.excluded;
  kept.status = RuleStatus::inactive;
  kept.last_updated = now();
  return {};
}

Outcome<void> Org::activate_rule(const RuleId& id, const Actor& actor) {
  const auto rule = rule_of(id);
  if (!rule) return std::unexpected(rule.error());
  if ((*rule)->status == RuleStatus::invalid) return invalid_field("status", "The rule is invalid");
  (*rule)->status = RuleStatus::active;
  (*rule)->last_updated = now();
  for (auto& [user_id, user] : users_) apply_rule(**rule, user, actor);
  return {};
}

Outcome<void> Org::deactivate_rule(const RuleId& id, const Actor& /*actor*/) {
  const auto rule = rule_of(id);
  if (!rule) return std::unexpected(rule.error());
  if ((*rule)->status == RuleStatus::active) (*rule)->status = RuleStatus::inactive;
  (*rule)->last_updated = now();
  return {};
}

Outcome<void> Org::remove_rule(const RuleId& id, bool remove_members, const Actor& actor) {
  if (auto rule = rule_of(id); !rule) return std::unexpected(rule.error());
  for (auto& [group_id, group] : groups_) {
    std::vector<UserId> alone;
    for (auto& [user, membership] : group.members) {
      if (membership.by_rules.erase(id) == 0 || membership.by_hand || !membership.by_rules.empty()) continue;
      membership.by_hand = !remove_members;
      if (remove_members) alone.push_back(user);
    }
    for (const auto& user : alone) leave(group, user, actor);
  }
  rules_.erase(id);
  return {};
}

void Org::apply_rules(User& user, const Actor& actor) {
  for (const auto& [id, rule] : rules_) apply_rule(rule, user, actor);
}

/// Who is deactivated keeps the groups they had.
void Org::apply_rule(const GroupRule& rule, User& user, const Actor& actor) {
  if (rule.status != RuleStatus::active || user.status == UserStatus::deprovisioned) return;
  const bool belongs = !rule.excluded.contains(user.id) && holds(rule.expression, user.profile);
  for (const auto& id : rule.groups) {
    auto& group = groups_.at(id);
    const auto membership = group.members.find(user.id);
    if (belongs) {
      join(group, user, actor, &rule.id);
    } else if (membership != group.members.end() && membership->second.by_rules.erase(rule.id) > 0) {
      if (!membership->second.by_hand && membership->second.by_rules.empty()) leave(group, user.id, actor);
    }
  }
}

}  // namespace fakes::okta
