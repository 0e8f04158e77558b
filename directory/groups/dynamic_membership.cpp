#include "directory/groups/dynamic_membership.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/encoding.h"
#include "directory/groups/candidates.h"
#include "directory/groups/group_changes.h"
#include "directory/groups/group_store.h"

namespace directory {
namespace {

/// So many are looked at one by one; of more, everybody is, in one pass.
constexpr std::size_t few_members = 100;

Actor rule_of(const Group& group) {
  return {Actor::Kind::system, group.id.text(), "rule of " + group.fields.name};
}

void suggest(Core& core, const Group& group, const std::string& member, bool add) {
  core.db().run("INSERT INTO group_suggestions (group_id, member_id, adds) VALUES (?1, ?2, ?3)",
                group.id.text(), member, add);
}

/// The rule, if it can be evaluated.
std::optional<MemberRule> usable_rule(Core& core, const Group& group) {
  if (!group.has_rule() || !error_flags(core.db(), group).empty()) return std::nullopt;
  return group.fields.member_query->rule;
}

/// The attribute that a condition, the first where there are several, looks at.
const std::string& first_field(const MemberRule& rule) { return rule.parts.empty() ? rule.field : first_field(rule.parts.front()); }

/// What the rule says, and what a defect makes of it.
bool wants(const Core& core, const MemberRule& rule, const Candidate& candidate, const IsMember& is_member) {
  if (core.has(Defect::rule_matches_absent_values) && !candidate.attributes.contains(first_field(rule))) return true;
  if (!core.has(Defect::rule_ignores_letter_case)) return matches(rule, candidate, is_member);
  auto folded_rule = rule;
  for (auto& part : folded_rule.parts) part.value = base::to_lower(part.value);
  auto folded = candidate;
  for (auto& [name, value] : folded.attributes) value = base::to_lower(value);
  return matches(folded_rule, folded, is_member);
}

/// Compares what the rule says of the candidates with who is a member, and changes or suggests. [rule D53]
void settle(Core& core, const Group& group, const MemberRule& rule, const std::vector<Candidate>& candidates,
            const IsMember& is_member) {
  const std::set<std::string> exempt(group.fields.exemptions.begin(), group.fields.exemptions.end());
  MemberChanges changes;
  for (const auto& candidate : candidates) {
    if (exempt.contains(candidate.id)) continue;  // [rule D56]
    const bool wanted = wants(core, rule, candidate, is_member);
    if (wanted == is_member(group.id.text(), candidate.id)) continue;
    (wanted ? changes.add : changes.remove).push_back(candidate.id);
  }
  core.probes.sometimes(Probe::rule_adds_a_member, !changes.add.empty());
  core.probes.sometimes(Probe::rule_removes_a_member, !changes.remove.empty());
  if (group.fields.membership_method == MembershipMethod::automated) {
    apply_membership(core, group, changes, rule_of(group));
    return;
  }
  for (const auto& member : changes.add) suggest(core, group, member, true);
  for (const auto& member : changes.remove) suggest(core, group, member, false);
}

/// `rule` is the group's usable_rule(), which a caller with several candidates asks for once.
void evaluate(Core& core, const Group& group, const std::optional<MemberRule>& rule, const Candidate& candidate) {
  core.db().run("DELETE FROM group_suggestions WHERE group_id = ?1 AND member_id = ?2", group.id.text(),
                candidate.id);
  if (!rule) return;
  settle(core, group, *rule, {candidate}, [&core](const std::string& of, const std::string& member) {
    return is_member(core.db(), GroupId{of}, member);
  });
}

/// Whether the rules that `group` depends on lead back to it.
bool is_circular(Database& db, const Group& group) {
  std::set<std::string> seen;
  std::vector<std::string> open = referenced_groups(group.fields.member_query->rule);
  while (!open.empty()) {
    const auto id = open.back();
    open.pop_back();
    if (id == group.id.text()) return true;
    if (!seen.insert(id).second) continue;
    const auto next = find_group(db, group.type, GroupId{id});
    if (!next || !next->has_rule()) continue;
    for (auto& further : referenced_groups(next->fields.member_query->rule))
      open.push_back(std::move(further));
  }
  return false;
}

}  // namespace

void evaluate_group(Core& core, const Group& group) {
  core.db().run("DELETE FROM group_suggestions WHERE group_id = ?1", group.id.text());
  const auto rule = usable_rule(core, group);
  if (!rule) return;
  // Members are read once for each group concerned, not once for each candidate.
  std::map<std::string, std::set<std::string>, std::less<>> members;
  const auto is_member = [&](const std::string& of, const std::string& member) {
    auto found = members.find(of);
    if (found == members.end()) {
      const auto ids = list_members(core.db(), GroupId{of});
      found = members.emplace(of, std::set<std::string>(ids.begin(), ids.end())).first;
    }
    return found->second.contains(member);
  };
  settle(core, group, *rule, all_candidates(core.db(), group.member_type()), is_member);
}

void evaluate_candidate(Core& core, GraphType type, const std::string& id) {
  const auto groups = list_groups_with_rules(
      core.db(), type == GraphType::user ? GraphType::user_group : GraphType::system_group);
  if (groups.empty()) return;
  const auto candidate = find_candidate(core.db(), type, id);
  if (!candidate) return;
  for (const auto& group : groups) evaluate(core, group, usable_rule(core, group), *candidate);
}

void evaluate_followers(Core& core, const Group& changed, const std::vector<std::string>& members) {
  for (const auto& group : list_groups_with_rules(core.db(), changed.type)) {
    const auto named = referenced_groups(group.fields.member_query->rule);
    if (std::ranges::find(named, changed.id.text()) == named.end()) continue;
    if (members.size() > few_members) {
      evaluate_group(core, group);
      continue;
    }
    const auto rule = usable_rule(core, group);
    for (const auto& member : members) {
      if (const auto candidate = find_candidate(core.db(), group.member_type(), member)) {
        evaluate(core, group, rule, *candidate);
      }
    }
  }
}

std::vector<std::string> error_flags(Database& db, const Group& group) {
  std::vector<std::string> flags;
  if (!group.has_rule()) return flags;
  if (is_circular(db, group)) flags.emplace_back("CYCLE");
  for (const auto& id : referenced_groups(group.fields.member_query->rule)) {
    if (find_group(db, group.type, GroupId{id})) continue;
    flags.emplace_back("INVALID_GROUP_REFERENCE");
    break;
  }
  return flags;
}

std::vector<Suggestion> list_suggestions(Database& db, const GroupId& group, std::int64_t skip,
                                         std::int64_t limit) {
  std::vector<Suggestion> suggestions;
  db.query(
      "SELECT member_id, adds FROM group_suggestions WHERE group_id = ?1 ORDER BY member_id LIMIT ?3 OFFSET "
      "?2",
      [&](Row row) {
        suggestions.push_back({row.text(0), row.boolean(1)});
      },
      group.text(), skip, limit);
  return suggestions;
}

SuggestionCounts count_suggestions(Database& db, const GroupId& group) {
  return db
      .first(
          "SELECT coalesce(sum(adds), 0), coalesce(sum(NOT adds), 0) FROM group_suggestions WHERE group_id = "
          "?1",
          [](Row row) {
            return SuggestionCounts{row.integer(0), row.integer(1)};
          },
          group.text())
      .value_or(SuggestionCounts{});
}

AppliedSuggestions apply_suggestions(Core& core, const Group& group,
                                     const std::optional<std::vector<std::string>>& members,
                                     const Actor& actor) {
  AppliedSuggestions applied;
  MemberChanges changes;
  std::set<std::string> asked;
  if (members) asked.insert(members->begin(), members->end());
  for (auto& suggestion : list_suggestions(core.db(), group.id, 0, INT64_MAX)) {
    if (members && asked.erase(suggestion.member) == 0) continue;
    core.db().run("DELETE FROM group_suggestions WHERE group_id = ?1 AND member_id = ?2", group.id.text(),
                  suggestion.member);
    applied.found.push_back(suggestion.member);
    (suggestion.add ? changes.add : changes.remove).push_back(std::move(suggestion.member));
  }
  applied.not_found.assign(asked.begin(), asked.end());
  apply_membership(core, group, changes, actor);
  return applied;
}

std::optional<base::Instant> next_group_evaluation(Core& core) {
  return core.db().earliest("SELECT min(next_evaluation) FROM groups WHERE next_evaluation IS NOT NULL");
}

void evaluate_due_group(Core& core) {
  const auto due = core.db().first(
      "SELECT id, type FROM groups WHERE next_evaluation <= ?1 ORDER BY next_evaluation, id LIMIT 1",
      [](Row row) {
        return std::pair{GroupId{row.text(0)}, row.text(1)};
      },
      core.now());
  if (!due) return;
  const auto group =
      find_group(core.db(), parse_graph_type(due->second).value_or(GraphType::user_group), due->first);
  if (!group) return;
  const bool sooner = core.fires(FaultPoint::rule_is_evaluated_sooner);
  core.db().run("UPDATE groups SET next_evaluation = ?2 WHERE id = ?1", due->first.text(),
                sooner ? core.now() + std::chrono::hours{1} : next_night(core.now()));
  core.probes.reached(Probe::rule_is_evaluated_at_night);
  evaluate_group(core, *group);
}

base::Instant next_night(base::Instant now) {
  return std::chrono::floor<std::chrono::days>(now) + std::chrono::days{1};
}

}  // namespace directory
