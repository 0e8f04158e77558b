// A directory connected to a small Microsoft tenant, against the model: after each thing that an admin or a user does, and some time,
// the tenant has the accounts, groups and passwords of the model.
#include <array>

#include "directory/server/cloud_sync_fixture.h"
#include "properties/models/cloud_accounts.h"
#include "properties/models/sequence_check.h"

namespace properties::models {
namespace cloud_sync_test {

using base::Json;
using base::JsonObject;

constexpr int people = 3;
constexpr int groups = 2;
constexpr std::array<std::string_view, 3> names{"amy", "bob", "cid"};
constexpr std::array<std::string_view, 2> group_names{"Sales", "Support"};
constexpr std::array<std::string_view, 3> titles{"Clerk", "Boss", "Chef"};
constexpr std::array<std::string_view, 3> passwords{"correct horse battery", "gentle river stone", "purple elephant"};

std::string upn_of(int slot) { return fmt::format("{}@example.test", names[static_cast<std::size_t>(slot)]); }
std::string name_of_group(int group) { return std::string(group_names[static_cast<std::size_t>(group)]); }

/// The fixture of the directory's own tests, without a test.
class Microsoft : public directory::CloudSyncContract {
 public:
  Microsoft(const directory::Defects& defects, CommandCount& count) : CloudSyncContract(options(defects)), count_(&count) {
    instance_ = set_up();
    for (int group = 0; group < groups; ++group) group_ids_[group] = add_group(name_of_group(group));
  }
  void TestBody() override {}

  void begin() { ++count_->played; }
  void ask(std::string method, const std::string& target, const Json& body, int wanted) {
    const auto answer = bench_.admin(std::move(method), target, body.is_null() ? "" : base::to_text(body));
    if (answer.status != wanted) RC_FAIL(fmt::format("{} answered {}: {}", target, answer.status, answer.body));
  }
  void create(int slot, const CloudAccounts::Person& person) {
    JsonObject body{{"username", names[static_cast<std::size_t>(slot)]}, {"email", upn_of(slot)}, {"state", person.state == CloudState::staged ? "STAGED" : "ACTIVATED"}};
    if (person.title) body["jobTitle"] = *person.title;
    if (person.password) body["password"] = *person.password;
    const auto answer = bench_.admin("POST", "/api/systemusers", base::to_text(Json(std::move(body))));
    if (answer.status != 200) RC_FAIL(answer.body);
    user_ids_[slot] = base::string_or(directory::body_of(answer), "_id", "");
  }
  void change(int slot, JsonObject changes) { ask("PUT", user_path(slot), std::move(changes), 200); }
  void remove(int slot) { ask("DELETE", user_path(slot), {}, 200); }
  void connect_person(int slot, bool connects) { associate("users/" + user_ids_[slot], connects); }
  void connect_team(int group, bool connects) { associate("usergroups/" + group_ids_[group], connects); }
  void put_in_group(int slot, int group, bool joins) {
    ask("POST", "/api/v2/usergroups/" + group_ids_[group] + "/members", JsonObject{{"op", joins ? "add" : "remove"}, {"type", "user"}, {"id", user_ids_[slot]}}, 204);
  }
  int log_in(int slot, const std::string& password) { return bench_.log_in(names[static_cast<std::size_t>(slot)], password).status; }
  void wait(base::Duration span) { bench_.run_for(span); }

  [[nodiscard]] directory::SmallTenant& tenant() { return *tenant_; }

  void look(const CloudAccounts& model) {
    std::size_t living = 0;
    for (int slot = 0; slot < people; ++slot) {
      const auto found = model.accounts.find(slot);
      const auto wanted = found == model.accounts.end() ? CloudAccounts::Account{} : found->second;
      const auto id = tenant_->find(upn_of(slot));
      if (id.empty() == wanted.exists) RC_FAIL(fmt::format("{} has {} account there", upn_of(slot), id.empty() ? "no" : "an"));
      if (!wanted.exists) continue;
      ++living;
      if (tenant_->value(upn_of(slot), "accountEnabled") != (wanted.enabled ? "true" : "false"))
        RC_FAIL(fmt::format("{} is {} there", upn_of(slot), wanted.enabled ? "disabled" : "enabled"));
      if (tenant_->value(upn_of(slot), "jobTitle") != wanted.title.value_or(""))
        RC_FAIL(fmt::format("{} is '{}' there in place of '{}'", upn_of(slot), tenant_->value(upn_of(slot), "jobTitle"), wanted.title.value_or("")));
      const auto password = tenant_->passwords.find(id);
      const auto known = password != tenant_->passwords.end() && std::ranges::find(passwords, password->second) != passwords.end();
      if (wanted.password ? !known || password->second != *wanted.password : known) RC_FAIL(fmt::format("{} has another password there", upn_of(slot)));
    }
    RC_ASSERT(tenant_->accounts.size() == living);
    for (int group = 0; group < groups; ++group) look_at_group(model, group);
  }

 private:
  static directory::BenchOptions options(const directory::Defects& defects) {
    auto out = directory::tenant_options();
    out.defects = defects;
    return out;
  }
  [[nodiscard]] std::string user_path(int slot) { return "/api/systemusers/" + user_ids_[slot]; }
  void associate(const std::string& start, bool connects) {
    ask("POST", fmt::format("/api/v2/{}/associations", start), JsonObject{{"op", connects ? "add" : "remove"}, {"type", "office_365"}, {"id", instance_}}, 204);
  }
  /// One of those of the name has the members, the others have none.
  void look_at_group(const CloudAccounts& model, int group) {
    const auto found = model.tenant_groups.find(group);
    const auto wanted = found == model.tenant_groups.end() ? CloudAccounts::TenantGroup{} : found->second;
    const auto ids = tenant_->groups.named(name_of_group(group));
    const auto count = static_cast<std::size_t>(wanted.others) + (wanted.is_ours ? 1U : 0U);
    if (ids.size() != count) RC_FAIL(fmt::format("there are {} groups {} there in place of {}", ids.size(), name_of_group(group), count));
    std::set<std::string> members;
    for (const auto& id : ids) members.insert(tenant_->groups.groups[id].members.begin(), tenant_->groups.groups[id].members.end());
    std::set<std::string> expected;
    for (const int member : wanted.members) expected.insert(tenant_->find(upn_of(member)));
    if (members != expected) RC_FAIL(fmt::format("{} has {} members there in place of {}", name_of_group(group), members.size(), expected.size()));
  }

  CommandCount* count_;
  std::string instance_;
  std::map<int, std::string> user_ids_;
  std::map<int, std::string> group_ids_;
};

struct OfCloud : rc::state::Command<CloudAccounts, Microsoft> {
  virtual void in(CloudAccounts& model) const = 0;
  virtual void send(Microsoft& microsoft) const = 0;
  /// How long it takes to get there. [rule R145]
  [[nodiscard]] virtual base::Duration settling() const { return std::chrono::minutes{1}; }

  void apply(CloudAccounts& model) const final {
    in(model);
    model.settle();
  }
  void run(const CloudAccounts& before, Microsoft& microsoft) const final {
    microsoft.begin();
    const auto after = nextState(before);
    send(microsoft);
    microsoft.wait(settling());
    microsoft.look(after);
  }
};

struct OfPerson : OfCloud {
  int slot = below(people);
  void checkPreconditions(const CloudAccounts& model) const override { RC_PRE(model.lives(slot)); }
};

struct Create : OfCloud {
  int slot = below(people);
  CloudAccounts::Person person;
  Create() {
    if (once_in(4)) person.state = CloudState::staged;
    if (once_in(2)) person.title = std::string(one_of(titles));
    if (once_in(2)) person.password = std::string(one_of(passwords));
  }
  void checkPreconditions(const CloudAccounts& model) const override { RC_PRE(!model.lives(slot)); }
  void in(CloudAccounts& model) const override { model.create(slot, person); }
  void send(Microsoft& microsoft) const override { microsoft.create(slot, person); }
  void show(std::ostream& out) const override {
    out << "create " << slot << (person.state == CloudState::staged ? " staged" : "") << (person.title ? " as " + *person.title : "")
        << (person.password ? " with a password" : "");
  }
};

struct Delete : OfPerson {
  void in(CloudAccounts& model) const override { model.remove(slot); }
  void send(Microsoft& microsoft) const override { microsoft.remove(slot); }
  void show(std::ostream& out) const override { out << "delete " << slot; }
};

struct SetState : OfPerson {
  bool active = once_in(2);
  void in(CloudAccounts& model) const override { model.people[slot].state = active ? CloudState::activated : CloudState::suspended; }
  void send(Microsoft& microsoft) const override { microsoft.change(slot, {{"state", active ? "ACTIVATED" : "SUSPENDED"}}); }
  void show(std::ostream& out) const override { out << (active ? "activate " : "suspend ") << slot; }
};

struct SetTitle : OfPerson {
  std::string title{one_of(titles)};
  void in(CloudAccounts& model) const override { model.people[slot].title = title; }
  void send(Microsoft& microsoft) const override { microsoft.change(slot, {{"jobTitle", title}}); }
  void show(std::ostream& out) const override { out << slot << " is " << title; }
};

struct SetPassword : OfPerson {
  std::string password{one_of(passwords)};
  /// An admin cannot give one to whoever is suspended; an identity provider can.
  void checkPreconditions(const CloudAccounts& model) const override { RC_PRE((model.lives(slot) && model.person(slot).state != CloudState::suspended)); }
  void in(CloudAccounts& model) const override { model.set_password(slot, password); }
  void send(Microsoft& microsoft) const override { microsoft.change(slot, {{"password", password}}); }
  void show(std::ostream& out) const override { out << "an admin sets a password of " << slot; }
};

struct LogIn : OfPerson {
  std::string password;
  explicit LogIn(const CloudAccounts& model) { password = model.person(slot).password.value_or(""); }
  void checkPreconditions(const CloudAccounts& model) const override {
    const auto& person = model.person(slot);
    RC_PRE((person.exists && person.state == CloudState::activated && person.password == password));
  }
  void in(CloudAccounts& model) const override { model.log_in(slot); }
  void send(Microsoft& microsoft) const override { RC_ASSERT(microsoft.log_in(slot, password) == 200); }
  void show(std::ostream& out) const override { out << slot << " logs in"; }
};

struct ConnectPerson : OfPerson {
  void checkPreconditions(const CloudAccounts& model) const override { RC_PRE((model.lives(slot) && !model.person(slot).connected)); }
  void in(CloudAccounts& model) const override { model.people[slot].connected = true; }
  void send(Microsoft& microsoft) const override { microsoft.connect_person(slot, true); }
  void show(std::ostream& out) const override { out << "connect " << slot; }
};

struct DisconnectPerson : OfPerson {
  void checkPreconditions(const CloudAccounts& model) const override { RC_PRE((model.lives(slot) && model.person(slot).connected)); }
  void in(CloudAccounts& model) const override { model.people[slot].connected = false; }
  void send(Microsoft& microsoft) const override { microsoft.connect_person(slot, false); }
  void show(std::ostream& out) const override { out << "disconnect " << slot; }
};

struct Membership : OfPerson {
  int group = below(groups);
  bool joins = true;
  explicit Membership(const CloudAccounts& model) {
    const auto found = model.groups.find(group);
    joins = found == model.groups.end() || !found->second.members.contains(slot);
  }
  void checkPreconditions(const CloudAccounts& model) const override {
    const auto found = model.groups.find(group);
    const bool is_member = found != model.groups.end() && found->second.members.contains(slot);
    RC_PRE((model.lives(slot) && is_member != joins));
  }
  void in(CloudAccounts& model) const override {
    if (joins) {
      model.groups[group].members.insert(slot);
    } else {
      model.groups[group].members.erase(slot);
    }
  }
  void send(Microsoft& microsoft) const override { microsoft.put_in_group(slot, group, joins); }
  void show(std::ostream& out) const override { out << slot << (joins ? " joins " : " leaves ") << name_of_group(group); }
};

struct SwitchGroup : OfCloud {
  int group = below(groups);
  bool connects = true;
  explicit SwitchGroup(const CloudAccounts& model) { connects = !is_connected(model); }
  [[nodiscard]] bool is_connected(const CloudAccounts& model) const {
    const auto found = model.groups.find(group);
    return found != model.groups.end() && found->second.connected;
  }
  void checkPreconditions(const CloudAccounts& model) const override { RC_PRE(is_connected(model) != connects); }
  void in(CloudAccounts& model) const override { model.groups[group].connected = connects; }
  void send(Microsoft& microsoft) const override { microsoft.connect_team(group, connects); }
  void show(std::ostream& out) const override { out << (connects ? "connect " : "disconnect ") << name_of_group(group); }
};

/// Somebody at Microsoft makes an account of that name, before the directory has one.
struct AddAccountThere : OfCloud {
  int slot = below(people);
  bool enabled = !once_in(3);
  std::string title{one_of(titles)};
  void checkPreconditions(const CloudAccounts& model) const override {
    const auto found = model.accounts.find(slot);
    RC_PRE((found == model.accounts.end() || !found->second.exists));
  }
  void in(CloudAccounts& model) const override { model.accounts[slot] = {.exists = true, .enabled = enabled, .title = title}; }
  void send(Microsoft& microsoft) const override { microsoft.tenant().add(upn_of(slot), {{"accountEnabled", enabled}, {"jobTitle", title}}); }
  void show(std::ostream& out) const override { out << "an account " << slot << " is there, " << (enabled ? "enabled, " : "disabled, ") << title; }
};

struct AddGroupThere : OfCloud {
  int group = below(groups);
  void checkPreconditions(const CloudAccounts& model) const override {
    const auto found = model.tenant_groups.find(group);
    RC_PRE((found == model.tenant_groups.end() || found->second.others < 3));
  }
  void in(CloudAccounts& model) const override { ++model.tenant_groups[group].others; }
  void send(Microsoft& microsoft) const override { microsoft.tenant().groups.add(name_of_group(group)); }
  void show(std::ostream& out) const override { out << "a group " << name_of_group(group) << " is there"; }
};

/// Somebody at Microsoft writes over what the directory keeps in step; it comes back. [rule R126]
struct Meddle : OfPerson {
  void checkPreconditions(const CloudAccounts& model) const override { RC_PRE((model.is_connected(slot) && model.person(slot).title)); }
  void in(CloudAccounts&) const override {}
  void send(Microsoft& microsoft) const override { microsoft.tenant().accounts[microsoft.tenant().find(upn_of(slot))]["jobTitle"] = "Meddler"; }
  [[nodiscard]] base::Duration settling() const override { return std::chrono::minutes{40}; }
  void show(std::ostream& out) const override { out << "somebody meddles with " << slot; }
};

SequenceCheck check(const directory::Defects& defects, const SequencePlan& plan) {
  return check_sequences("CloudSync", plan, [&](CommandCount& count) {
    Microsoft microsoft(defects, count);
    rc::state::check(CloudAccounts{}, microsoft,
                     rc::state::gen::execOneOfWithArgs<Create, Create, Create, Delete, SetState, SetState, SetTitle, SetPassword, SetPassword, LogIn, LogIn,
                                                       ConnectPerson, ConnectPerson, DisconnectPerson, Membership, Membership, SwitchGroup, SwitchGroup,
                                                       AddAccountThere, AddGroupThere, Meddle>());
  });
}

TEST(CloudSyncModel, the_tenant_is_as_in_the_model) { expect_kept(check({}, {.sequences = 80, .longest = 35})); }

class CloudSyncDefect : public testing::TestWithParam<directory::Defect> {};

TEST_P(CloudSyncDefect, is_noticed) { expect_noticed(defect_name(GetParam()), check(directory::Defects{GetParam()}, {.sequences = 150, .longest = 35}), 5); }

using directory::Defect;
INSTANTIATE_TEST_SUITE_P(Directory, CloudSyncDefect,
                         testing::Values(Defect::suspended_accounts_stay_enabled, Defect::staged_accounts_are_enabled, Defect::deleted_accounts_stay_enabled,
                                         Defect::disconnected_accounts_stay_enabled, Defect::users_are_deleted_at_microsoft, Defect::nobody_is_looked_up,
                                         Defect::accounts_stay_disabled, Defect::user_changes_stay_here, Defect::portal_login_brings_no_password,
                                         Defect::admins_password_stays_here, Defect::namesake_is_not_taken_over, Defect::removals_stay_here,
                                         Defect::empty_groups_are_created, Defect::drift_is_not_noticed),
                         [](const auto& info) { return std::string(defect_name(info.param)); });

}  // namespace cloud_sync_test
}  // namespace properties::models
