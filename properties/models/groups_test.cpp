// Groups against the model: over SCIM, over the admin API and by their rules, in whichever order. What is looked at after each
// command: groups and users over SCIM, members over the admin API.
#include <array>

#include "properties/models/group_membership.h"
#include "properties/models/scim_client.h"

namespace properties::models {
namespace groups_test {

using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr int people = 4;
constexpr int groups = 3;
/// Slots of groups and of users share the client's table.
constexpr int first_group = 100;
constexpr std::array<std::string_view, 3> names{"sales", "support", "all of us"};
constexpr std::array<std::string_view, 3> departments{"Sales", "sales", "Support"};

class Groups : public ScimClient {
 public:
  using ScimClient::ScimClient;

  [[nodiscard]] std::string group_path(int group) const { return "/Groups/" + id(first_group + group); }
  [[nodiscard]] std::string admin_path(int group) const { return "/api/v2/usergroups/" + id(first_group + group); }
  base::HttpResponse ask_as_admin(std::string method, std::string target, const Json& body = {}) {
    auto result = bench.try_ask(std::move(method), std::move(target), bench.admin_fields(), body.is_null() ? "" : base::to_text(body));
    return result ? *std::move(result) : base::HttpResponse(0);
  }

  void look(const GroupMembership& model) {
    std::set<int> seen;
    const auto listed = read(ask("GET", "/Groups?count=100"));
    for (const auto& resource : resources_of(listed)) {
      const auto slot = slot_of(base::string_or(resource, "id", ""));
      RC_ASSERT((slot && *slot >= first_group));
      const auto& group = model.group(*slot - first_group);
      RC_ASSERT(group.exists);
      RC_ASSERT(seen.insert(*slot).second);
      RC_ASSERT(base::string_or(resource, "displayName", "") == group.shown);
      expect_members(group, listed_in(resource, "members"));
    }
    for (const auto& [slot, group] : model.groups) {
      RC_ASSERT(seen.contains(first_group + slot) == group.exists);
      if (group.exists) expect_members(group, members_for_admins(slot));
    }
    const auto users = read(ask("GET", "/Users?count=100"));
    for (const auto& resource : resources_of(users)) {
      const auto slot = slot_of(base::string_or(resource, "id", ""));
      RC_ASSERT((slot && model.lives(*slot)));
      std::set<int> expected;
      for (const auto& [group_slot, group] : model.groups) {
        if (group.exists && group.members.contains(*slot)) expected.insert(first_group + group_slot);
      }
      RC_ASSERT(listed_in(resource, "groups") == expected);
    }
  }

 private:
  static JsonArray resources_of(const Json& list) {
    const auto* resources = base::member(list, "Resources");
    return resources != nullptr && resources->is_array() ? resources->get_array() : JsonArray{};
  }
  /// Slots; -1 for somebody unknown.
  [[nodiscard]] std::set<int> listed_in(const Json& resource, std::string_view attribute) const {
    std::set<int> found;
    const auto* list = base::member(resource, attribute);
    if (list == nullptr || !list->is_array()) return found;
    for (const auto& entry : list->get_array()) RC_ASSERT(found.insert(slot_of(base::string_or(entry, "value", "")).value_or(-1)).second);
    return found;
  }
  [[nodiscard]] std::set<int> members_for_admins(int group) {
    std::set<int> found;
    const auto answer = ask_as_admin("GET", admin_path(group) + "/members?limit=100");
    expect_status(answer, 200);
    const auto list = read(answer);
    for (const auto& entry : list.as_array()) {
      const auto* to = base::member(entry, "to");
      RC_ASSERT((to != nullptr));
      RC_ASSERT(found.insert(slot_of(base::string_or(*to, "id", "")).value_or(-1)).second);
    }
    return found;
  }
  static void expect_members(const GroupMembership::Group& group, const std::set<int>& found) {
    RC_ASSERT(found == group.members);
  }
};

using Command = rc::state::Command<GroupMembership, Groups>;

std::optional<std::string> any_department() {
  if (once_in(4)) return std::nullopt;
  return std::string(one_of(departments));
}
std::set<int> any_people() {
  std::set<int> chosen;
  const int count = below(3);
  for (int i = 0; i < count; ++i) chosen.insert(below(people));
  return chosen;
}
std::string text_of(const std::set<int>& slots) {
  std::string text;
  for (const int slot : slots) text += fmt::format(" {}", slot);
  return text;
}
JsonArray members_of(const Groups& client, const std::set<int>& slots) {
  JsonArray list;
  for (const int slot : slots) list.push_back(JsonObject{{"value", client.id(slot)}});
  return list;
}
/// `done` where it is done; any refusal of the client where the rules name no status.
void expect(const base::HttpResponse& answer, GroupOutcome outcome, int done) {
  switch (outcome) {
    case GroupOutcome::done: return ScimClient::expect_status(answer, done);
    case GroupOutcome::not_found: return ScimClient::expect_status(answer, 404);
    case GroupOutcome::taken: return ScimClient::expect_status(answer, 409);
    case GroupOutcome::refused:
      if (answer.status / 100 != 4) RC_FAIL(fmt::format("answered {} in place of a refusal: {}", answer.status, answer.body));
  }
}

/// What follows the plan of all: the model says what comes of it, the directory is asked, all is looked at.
struct OfGroups : Command {
  virtual GroupOutcome in(GroupMembership& model) const = 0;
  [[nodiscard]] virtual base::HttpResponse send(Groups& client) const = 0;
  [[nodiscard]] virtual int done() const = 0;
  /// Called with the answer to what is done.
  virtual void keep(Groups&, const base::HttpResponse&) const {}

  void apply(GroupMembership& model) const final { in(model); }
  void run(const GroupMembership& before, Groups& client) const final {
    client.begin();
    auto after = before;
    const auto outcome = in(after);
    const auto answer = send(client);
    expect(answer, outcome, done());
    if (outcome == GroupOutcome::done) keep(client, answer);
    client.look(after);
  }
};

struct CreateUser : OfGroups {
  int slot = below(people);
  std::optional<std::string> department = any_department();

  void checkPreconditions(const GroupMembership& model) const override { RC_PRE(!model.lives(slot)); }
  GroupOutcome in(GroupMembership& model) const override {
    model.create_person(slot, department);
    return GroupOutcome::done;
  }
  base::HttpResponse send(Groups& client) const override {
    const auto name = fmt::format("user{}", slot);
    JsonObject body{{"schemas", JsonArray{base::json_text(core_user)}},
                    {"userName", name},
                    {"emails", JsonArray{JsonObject{{"value", name + "@example.test"}, {"type", "work"}, {"primary", true}}}}};
    if (department) put_value(body, std::string(enterprise_user) + ":department", base::json_text(*department));
    return client.ask("POST", "/Users", base::to_text(Json(std::move(body))));
  }
  int done() const override { return 201; }
  void keep(Groups& client, const base::HttpResponse& answer) const override { client.created(slot, answer); }
  void show(std::ostream& out) const override { out << "create user " << slot << " of " << department.value_or("no department"); }
};

struct SetDepartment : OfGroups {
  int slot = below(people);
  std::optional<std::string> department = any_department();

  void checkPreconditions(const GroupMembership& model) const override {
    RC_PRE(model.lives(slot));
    RC_PRE((department || model.people.at(slot).department));
  }
  GroupOutcome in(GroupMembership& model) const override {
    model.set_department(slot, department);
    return GroupOutcome::done;
  }
  base::HttpResponse send(Groups& client) const override {
    JsonObject operation{{"op", department ? "replace" : "remove"}, {"path", std::string(enterprise_user) + ":department"}};
    if (department) operation["value"] = *department;
    return client.ask("PATCH", client.path(slot), patch_text({Json(std::move(operation))}));
  }
  int done() const override { return 200; }
  void show(std::ostream& out) const override { out << "user " << slot << " goes to " << department.value_or("no department"); }
};

struct Suspend : OfGroups {
  int slot = below(people);
  bool active = once_in(2);

  void checkPreconditions(const GroupMembership& model) const override { RC_PRE(model.lives(slot)); }
  GroupOutcome in(GroupMembership&) const override { return GroupOutcome::done; }
  base::HttpResponse send(Groups& client) const override {
    Json operation = JsonObject{{"op", "replace"}, {"path", "active"}, {"value", active}};
    return client.ask("PATCH", client.path(slot), patch_text({std::move(operation)}));
  }
  int done() const override { return 200; }
  void show(std::ostream& out) const override { out << (active ? "reactivate user " : "suspend user ") << slot; }
};

struct DeleteUser : OfGroups {
  int slot = below(people);

  void checkPreconditions(const GroupMembership& model) const override { RC_PRE(model.lives(slot)); }
  GroupOutcome in(GroupMembership& model) const override {
    model.remove_person(slot);
    return GroupOutcome::done;
  }
  base::HttpResponse send(Groups& client) const override { return client.ask("DELETE", client.path(slot)); }
  int done() const override { return 204; }
  void show(std::ostream& out) const override { out << "delete user " << slot; }
};

struct OfOneGroup : OfGroups {
  int group = below(groups);
};

struct CreateGroup : OfOneGroup {
  std::string name{one_of(names)};
  std::set<int> members = any_people();

  void checkPreconditions(const GroupMembership& model) const override { RC_PRE(!model.group(group).exists); }
  GroupOutcome in(GroupMembership& model) const override { return model.create(group, name, members); }
  base::HttpResponse send(Groups& client) const override {
    JsonObject body{{"schemas", JsonArray{base::json_text(core_group)}}, {"displayName", name}};
    if (!members.empty()) body["members"] = members_of(client, members);
    return client.ask("POST", "/Groups", base::to_text(Json(std::move(body))));
  }
  int done() const override { return 201; }
  void keep(Groups& client, const base::HttpResponse& answer) const override { client.created(first_group + group, answer); }
  void show(std::ostream& out) const override { out << "create group " << group << " '" << name << "' with" << text_of(members); }
};

JsonObject rule_of(const std::string& department) {
  Json filter = JsonObject{{"field", "department"}, {"operator", "eq"}, {"value", department}};
  return {{"queryType", "FilterQuery"}, {"filters", JsonArray{std::move(filter)}}};
}

struct CreateGroupWithRule : OfOneGroup {
  std::string name{one_of(names)};
  std::string department{one_of(departments)};

  void checkPreconditions(const GroupMembership& model) const override { RC_PRE(!model.group(group).exists); }
  GroupOutcome in(GroupMembership& model) const override { return model.create_with_rule(group, name, department); }
  base::HttpResponse send(Groups& client) const override {
    return client.ask_as_admin("POST", "/api/v2/usergroups",
                               JsonObject{{"name", name}, {"membershipMethod", "DYNAMIC_AUTOMATED"}, {"memberQuery", rule_of(department)}});
  }
  int done() const override { return 201; }
  void keep(Groups& client, const base::HttpResponse& answer) const override { client.created(first_group + group, answer); }
  void show(std::ostream& out) const override { out << "create group " << group << " '" << name << "' of all in " << department; }
};

struct SetRule : OfOneGroup {
  std::optional<std::string> department = any_department();

  void checkPreconditions(const GroupMembership& model) const override { RC_PRE(model.group(group).exists); }
  GroupOutcome in(GroupMembership& model) const override { return model.set_rule(group, department); }
  base::HttpResponse send(Groups& client) const override {
    JsonObject body{{"membershipMethod", department ? "DYNAMIC_AUTOMATED" : "STATIC"}};
    if (department) body["memberQuery"] = rule_of(*department);
    return client.ask_as_admin("PUT", client.admin_path(group), std::move(body));
  }
  int done() const override { return 200; }
  void show(std::ostream& out) const override { out << "group " << group << " has " << (department ? "all in " + *department : "no rule"); }
};

struct Rename : OfOneGroup {
  std::string name{one_of(names)};

  GroupOutcome in(GroupMembership& model) const override { return model.rename(group, name); }
  base::HttpResponse send(Groups& client) const override {
    Json operation = JsonObject{{"op", "replace"}, {"path", "displayName"}, {"value", name}};
    return client.ask("PATCH", client.group_path(group), patch_text({std::move(operation)}));
  }
  int done() const override { return 200; }
  void show(std::ostream& out) const override { out << "rename group " << group << " to '" << name << "'"; }
};

struct AddMembers : OfOneGroup {
  std::set<int> members = any_people();

  void checkPreconditions(const GroupMembership&) const override { RC_PRE(!members.empty()); }
  GroupOutcome in(GroupMembership& model) const override { return model.change_members(group, members, {}); }
  base::HttpResponse send(Groups& client) const override {
    Json operation = JsonObject{{"op", "add"}, {"path", "members"}, {"value", members_of(client, members)}};
    return client.ask("PATCH", client.group_path(group), patch_text({std::move(operation)}));
  }
  int done() const override { return 200; }
  void show(std::ostream& out) const override { out << "add to group " << group << ":" << text_of(members); }
};

/// By a filter, or by a list as the value, which Entra sends. [Entra provisioning-clients 2.10-04]
struct RemoveMember : OfOneGroup {
  int member = below(people);
  bool by_filter = once_in(2);

  /// Of somebody who is no member two readings are possible. [RFC7644 3.5.2.2]
  void checkPreconditions(const GroupMembership& model) const override { RC_PRE((!model.group(group).exists || model.group(group).members.contains(member))); }
  GroupOutcome in(GroupMembership& model) const override { return model.change_members(group, {}, {member}); }
  base::HttpResponse send(Groups& client) const override {
    JsonObject operation{{"op", "remove"}};
    if (by_filter) {
      operation["path"] = fmt::format("members[value eq \"{}\"]", client.id(member));
    } else {
      operation["path"] = "members";
      operation["value"] = members_of(client, {member});
    }
    return client.ask("PATCH", client.group_path(group), patch_text({Json(std::move(operation))}));
  }
  int done() const override { return 200; }
  void show(std::ostream& out) const override { out << "remove from group " << group << ": " << member; }
};

struct SetMembers : OfOneGroup {
  std::set<int> members = any_people();

  void checkPreconditions(const GroupMembership& model) const override { RC_PRE(model.group(group).exists); }
  GroupOutcome in(GroupMembership& model) const override { return model.set_members(group, members); }
  base::HttpResponse send(Groups& client) const override {
    Json operation = JsonObject{{"op", "replace"}, {"path", "members"}, {"value", members_of(client, members)}};
    return client.ask("PATCH", client.group_path(group), patch_text({std::move(operation)}));
  }
  int done() const override { return 200; }
  void show(std::ostream& out) const override { out << "members of group " << group << " are" << text_of(members); }
};

/// A member is a user. [rule D55]
struct AddGroupToGroup : OfOneGroup {
  int other = below(groups);

  void checkPreconditions(const GroupMembership& model) const override { RC_PRE((model.group(group).exists && model.group(other).exists)); }
  GroupOutcome in(GroupMembership&) const override { return GroupOutcome::refused; }
  base::HttpResponse send(Groups& client) const override {
    Json operation = JsonObject{{"op", "add"}, {"path", "members"}, {"value", members_of(client, {first_group + other})}};
    return client.ask("PATCH", client.group_path(group), patch_text({std::move(operation)}));
  }
  int done() const override { return 200; }
  void show(std::ostream& out) const override { out << "add group " << other << " to group " << group; }
};

/// Over the admin API a member is added and removed once. [rule D55]
struct ChangeByAdmin : OfOneGroup {
  int member = below(people);
  bool adds = !once_in(3);

  GroupOutcome in(GroupMembership& model) const override {
    const auto& known = model.group(group);
    if (known.exists && adds && known.members.contains(member)) return GroupOutcome::taken;
    if (known.exists && !adds && !known.members.contains(member)) return GroupOutcome::refused;
    return adds ? model.change_members(group, {member}, {}) : model.change_members(group, {}, {member});
  }
  base::HttpResponse send(Groups& client) const override {
    return client.ask_as_admin("POST", client.admin_path(group) + "/members",
                               JsonObject{{"op", adds ? "add" : "remove"}, {"type", "user"}, {"id", client.id(member)}});
  }
  int done() const override { return 204; }
  void show(std::ostream& out) const override { out << "an admin " << (adds ? "adds to group " : "removes from group ") << group << ": " << member; }
};

struct DeleteGroup : OfOneGroup {
  GroupOutcome in(GroupMembership& model) const override { return model.remove(group); }
  base::HttpResponse send(Groups& client) const override { return client.ask("DELETE", client.group_path(group)); }
  int done() const override { return 204; }
  void show(std::ostream& out) const override { out << "delete group " << group; }
};

SequenceCheck check(const directory::Defects& defects, const SequencePlan& plan) {
  return check_sequences("Groups", plan, [&](CommandCount& count) {
    Groups client(defects, count);
    rc::state::check(GroupMembership{}, client,
                     rc::state::gen::execOneOfWithArgs<CreateUser, CreateUser, SetDepartment, SetDepartment, Suspend, DeleteUser, CreateGroup,
                                                       CreateGroupWithRule, SetRule, Rename, AddMembers, AddMembers, RemoveMember, SetMembers, AddGroupToGroup,
                                                       ChangeByAdmin, ChangeByAdmin, DeleteGroup>());
  });
}

TEST(GroupsModel, members_are_those_of_the_model) { expect_kept(check({}, {.sequences = 100, .longest = 40})); }

class GroupsDefect : public testing::TestWithParam<directory::Defect> {};

TEST_P(GroupsDefect, is_noticed) { expect_noticed(defect_name(GetParam()), check(directory::Defects{GetParam()}, {.sequences = 200, .longest = 25}), 4); }

using directory::Defect;
INSTANTIATE_TEST_SUITE_P(Directory, GroupsDefect,
                         testing::Values(Defect::rule_ignores_new_people, Defect::rule_ignores_changes, Defect::rule_matches_absent_values,
                                         Defect::rule_ignores_letter_case, Defect::deleted_users_stay_members),
                         [](const auto& info) { return std::string(defect_name(info.param)); });

}  // namespace groups_test
}  // namespace properties::models
