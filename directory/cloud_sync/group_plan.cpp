#include "directory/cloud_sync/group_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "directory/cloud_sync/odata_text.h"

namespace directory {
namespace {

/// What tells a plain security group from other groups, and our own from its namesakes.
constexpr std::string_view group_properties = "id,displayName,mailNickname,groupTypes,mailEnabled,securityEnabled";

PlannedGroupStep search_by(GroupStep step, std::string_view property, std::string_view value) {
  const auto filter = base::percent_encode(fmt::format("{} eq {}", property, odata_text(value)));
  return {step, {"GET", fmt::format("/groups?$filter={}&$select={}&$top=999", filter, group_properties)}};
}

std::string group_path(const CloudGroup& group) { return "/groups/" + group.object_id; }

base::Json member_reference(const std::string& graph, const CloudMember& member) {
  return base::json_text(fmt::format("{}/directoryObjects/{}", graph, member.object_id));
}

/// The first of them that a request can bind together: no write has failed for any of them.
std::vector<CloudMember> bindable(const std::vector<CloudMember>& members) {
  std::vector<CloudMember> out;
  for (const auto& member : members) {
    if (member.attempts == 0 && out.size() < most_bound_members) out.push_back(member);
  }
  return out;
}

base::JsonArray references(const std::string& graph, const std::vector<CloudMember>& members) {
  base::JsonArray out;
  for (const auto& member : members) out.push_back(member_reference(graph, member));
  return out;
}

PlannedGroupStep create_group_there(const CloudGroup& group, const WantedGroup& wanted, const std::string& graph) {
  base::JsonObject body{{"displayName", wanted.name},
                        {"mailNickname", wanted.nickname},
                        {"mailEnabled", false},
                        {"securityEnabled", true},
                        {"groupTypes", base::JsonArray{}}};  // [Graph GR2]
  // One of them whom the tenant does not know yet would refuse them all: after a failure they are added later.
  auto members = group.attempts == 0 ? bindable(wanted.missing) : std::vector<CloudMember>{};
  if (!members.empty()) body["members@odata.bind"] = references(graph, members);  // [Graph GR6]
  const bool more = wanted.missing.size() > members.size();
  return {GroupStep::create, {"POST", "/groups", std::move(body)}, std::move(members), more};
}

PlannedGroupStep add_members(const CloudGroup& group, const WantedGroup& wanted, const std::string& graph) {
  auto members = bindable(wanted.missing);
  if (members.size() > 1) {  // [Graph GR7]
    base::JsonObject body{{"members@odata.bind", references(graph, members)}};
    const bool more = wanted.missing.size() > members.size();
    return {GroupStep::add_members, {"PATCH", group_path(group), std::move(body)}, std::move(members), more};
  }
  const auto& member = members.empty() ? wanted.missing.front() : members.front();
  base::JsonObject body{{"@odata.id", member_reference(graph, member)}};  // [Graph GR8]
  return {GroupStep::add_members, {"POST", group_path(group) + "/members/$ref", std::move(body)}, {member}, wanted.missing.size() > 1};
}

}  // namespace

std::string group_nickname(const CloudGroup& group) { return fmt::format("{}-{}", group.group.text(), group.directory.text()); }

std::optional<PlannedGroupStep> next_group_step(const CloudGroup& group, const WantedGroup& wanted, const std::string& graph) {
  if (group.object_id.empty()) {
    if (group.create_sent) return search_by(GroupStep::look_for_own, "mailNickname", wanted.nickname);
    if (wanted.waits_for_member && wanted.missing.empty()) return std::nullopt;
    if (group.sought != wanted.name) {
      auto step = search_by(GroupStep::look_up, "displayName", wanted.name);
      step.name = wanted.name;
      return step;
    }
    return create_group_there(group, wanted, graph);
  }
  if (group.name_there != wanted.name) {
    PlannedGroupStep step{GroupStep::rename, {"PATCH", group_path(group), base::JsonObject{{"displayName", wanted.name}}}};
    step.name = group.name_there;
    return step;
  }
  if (!group.members_known) {
    const auto path = group.members_page.empty() ? group_path(group) + "/members?$select=id&$top=999" : group.members_page;
    return PlannedGroupStep{GroupStep::read_members, {"GET", path}};
  }
  // Whoever is to lose access loses it first.
  if (wanted.surplus) {
    const auto path = fmt::format("{}/members/{}/$ref", group_path(group), wanted.surplus->object_id);  // [Graph GR9] [Graph GR10]
    return PlannedGroupStep{GroupStep::remove_member, {"DELETE", path}, {*wanted.surplus}};
  }
  if (!wanted.missing.empty()) return add_members(group, wanted, graph);
  return std::nullopt;
}

bool is_plain_security_group(const base::Json& object) {
  const auto* types = base::member(object, "groupTypes");
  const bool plain = types == nullptr || !types->is_array() || types->get_array().empty();
  return plain && base::bool_member(object, "securityEnabled").value_or(false) && !base::bool_member(object, "mailEnabled").value_or(true);
}

std::string page_path(std::string_view link, std::string_view graph) {
  while (graph.ends_with('/')) graph.remove_suffix(1);
  if (!link.starts_with(graph) || !link.substr(graph.size()).starts_with('/')) return {};
  return std::string(link.substr(graph.size()));
}

}  // namespace directory
