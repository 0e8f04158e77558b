// What the directory's agent makes of a device's accounts on both platforms: two users who want one name, bindings that come and go,
// a person who is deleted and made again, a new agent on an old device. Every act in every state that so many acts lead to.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/sanitized.h"
#include "fakes/devices/agent_plan.h"
#include "fakes/devices/exploration/explore_fixture.h"
#include "fakes/devices/exploration/state_key.h"
#include "fakes/devices/macos/step.h"
#include "fakes/devices/windows/step.h"

namespace fakes::devices {
namespace explore_agent_test {

using ::testing::IsEmpty;

constexpr PasswordId local{1};
constexpr PasswordId of_u1{2};
constexpr PasswordId of_u2{3};
constexpr PasswordId of_u1_later{4};

struct WindowsPlatform {
  using State = windows::WindowsState;
  using Act = windows::Act;
  static constexpr Platform platform = Platform::windows;
};
struct MacPlatform {
  using State = macos::MacState;
  using Act = macos::Act;
  static constexpr Platform platform = Platform::macos;
};

/// A user of the directory, as far as this device is concerned.
struct Binding {
  bool bound = false;
  bool suspended = false;
  bool admin = false;
  bool handed_on = false;  ///< there is a hand-off that the agent has not had
  PasswordId password{};
  std::string name;
  bool operator==(const Binding&) const = default;
};

template <class P>
struct World {
  typename P::State device{};
  bool online = true;
  bool installed = true;
  bool deleted = false;
  std::map<std::string, Binding> users{{"u1", {.password = of_u1, .name = "amy"}}, {"u2", {.password = of_u2, .name = "amy"}}};

  [[nodiscard]] bool in_contact() const { return installed && online && device.powered; }
  bool operator==(const World&) const = default;
};

struct Bind { std::string user; };
struct Unbind { std::string user; };
struct Suspend { std::string user; };
struct Reactivate { std::string user; };
struct MakeAdmin { std::string user; };
struct SetDirectoryPassword { std::string user; PasswordId password; };
/// Another Local User Account for whoever is not bound yet. [rule V2]
struct RenameLocal { std::string user; std::string name; };
struct GoOnline { bool online; };
struct DeleteSystem {};
struct Reinstall {};

template <class P>
using Act = std::variant<typename P::Act, Bind, Unbind, Suspend, Reactivate, MakeAdmin, SetDirectoryPassword, RenameLocal, GoOnline,
                         DeleteSystem, Reinstall>;

Step changed(bool& flag, bool to) {
  if (flag == to) return {Outcome::already};
  flag = to;
  return {};
}

template <class P>
struct Directory {
  World<P>& world;

  Step operator()(const typename P::Act& act) const { return step(world.device, act); }
  Step operator()(const Bind& act) const {
    auto& user = world.users.at(act.user);
    if (user.bound || !world.installed || world.deleted) return {Outcome::not_here};
    user.bound = user.handed_on = true;
    return {};
  }
  Step operator()(const Unbind& act) const { return changed(world.users.at(act.user).bound, false); }
  Step operator()(const Suspend& act) const { return changed(world.users.at(act.user).suspended, true); }
  Step operator()(const Reactivate& act) const { return changed(world.users.at(act.user).suspended, false); }
  Step operator()(const MakeAdmin& act) const { return changed(world.users.at(act.user).admin, true); }
  Step operator()(const SetDirectoryPassword& act) const {
    auto& user = world.users.at(act.user);
    if (user.password == act.password) return {Outcome::already};
    user.password = act.password;
    user.handed_on = true;
    return {};
  }
  Step operator()(const RenameLocal& act) const {
    auto& user = world.users.at(act.user);
    if (user.bound || user.name == act.name) return {Outcome::not_here};
    user.name = act.name;
    return {};
  }
  Step operator()(const GoOnline& act) const { return changed(world.online, act.online); }
  Step operator()(const DeleteSystem&) const {
    if (!world.installed || world.deleted) return {Outcome::not_here};
    world.deleted = true;
    for (auto& [id, user] : world.users) user.bound = false;
    return {};
  }
  Step operator()(const Reinstall&) const {
    if (world.installed || !world.device.powered) return {Outcome::not_here};
    world.installed = true;
    return {};
  }
};

template <class P>
PlanView view_of(const World<P>& world) {
  PlanView view{P::platform, true, {}, &world.device.sessions};
  for (const auto& [name, account] : world.device.accounts) view.accounts.push_back(&account);
  return view;
}

template <class P>
std::vector<BoundUser> wanted_in(const World<P>& world) {
  std::vector<BoundUser> wanted;
  for (const auto& [id, user] : world.users) {
    if (!user.bound) continue;
    wanted.push_back({.user_id = id, .local_account = user.name, .display_name = "Display " + id, .enabled = !user.suspended,
                      .admin = user.admin});
    if (user.handed_on) wanted.back().handed_on = user.password;
  }
  return wanted;
}

template <class P>
const Account* managed_for(const World<P>& world, std::string_view user) {
  for (const auto& [name, account] : world.device.accounts) {
    if (account.managed_for == user) return &account;
  }
  return nullptr;
}

template <class P>
void contact(World<P>& world) {
  if (!world.in_contact()) return;
  if (world.deleted) {
    static_cast<void>(step(world.device, AgentAct(LetGo{})));
    world.installed = world.deleted = false;
    return;
  }
  for (const auto& act : plan_accounts(view_of(world), wanted_in(world)).acts) static_cast<void>(step(world.device, act));
  // A hand-off counts as had only where there is an account for it.
  for (auto& [id, user] : world.users) {
    if (user.bound && managed_for(world, id) != nullptr) user.handed_on = false;
  }
}

template <class P>
std::string key_of(const World<P>& world) {
  std::string key;
  append_key(key, world.device);
  for (const bool flag : {world.online, world.installed, world.deleted}) append_key(key, flag);
  for (const auto& [id, user] : world.users) {
    for (const bool flag : {user.bound, user.suspended, user.admin, user.handed_on}) append_key(key, flag);
    append_key(key, user.password);
    append_key(key, user.name);
  }
  return key;
}

// Laws

template <class P>
using Change = Transition<World<P>, Act<P>>;

/// [rule V8] [rule V10] [rule V22]
template <class P>
std::string nothing_is_deleted(const Change<P>& t) {
  for (const auto& [name, account] : t.before.device.accounts) {
    const auto kept = t.after.device.accounts.find(name);
    if (kept == t.after.device.accounts.end()) return fmt::format("the account {} is gone", name);
    if (kept->second.files != account.files) return fmt::format("files of {} are gone", name);
  }
  return "";
}

/// [rule V3] [rule V5]
template <class P>
std::string unpaired_is_untouched(const Change<P>& t) {
  for (const auto& [name, account] : t.acted.device.accounts) {
    if (account.managed()) continue;
    bool wanted = false;
    for (const auto& [id, user] : t.acted.users) wanted = wanted || (user.bound && user.name == name);
    if (!wanted && !(t.after.device.accounts.at(name) == account)) return fmt::format("{} is paired with nobody and has changed", name);
  }
  return "";
}

/// [rule V1]: whoever has an account keeps it, and nobody else gets it.
template <class P>
std::string nobody_is_robbed(const Change<P>& t) {
  for (const auto& [name, account] : t.before.device.accounts) {
    if (!account.managed() || !t.acted.installed || t.acted.deleted) continue;
    const auto& now = t.after.device.accounts.at(name).managed_for;
    if (t.acted.users.at(account.managed_for).bound && now != account.managed_for && t.after.installed)
      return fmt::format("{} has lost the account {}", account.managed_for, name);
  }
  return "";
}

/// [rule V20] [rule V31]
template <class P>
std::string shut_out_has_no_session(const Change<P>& t) {
  if (!t.acted.in_contact() || t.acted.deleted) return "";
  for (const auto& name : t.after.device.sessions.open) {
    const auto& account = t.after.device.accounts.at(name);
    if (account.managed() && t.after.users.at(account.managed_for).suspended) return fmt::format("{} is suspended and has a session", name);
    if (t.acted.device.accounts.at(name).managed() && !account.managed()) return fmt::format("{} is let go and has a session", name);
  }
  return "";
}

/// [rule V1] [rule V4] [rule V11] [rule V20]: in contact, each bound user has the account, unless another has it.
template <class P>
std::string contact_brings_it_about(const World<P>& world) {
  if (!world.in_contact() || world.deleted) return "";
  for (const auto& [id, user] : world.users) {
    const auto* account = managed_for(world, id);
    if (!user.bound) {
      if (account != nullptr) return fmt::format("{} is not bound and manages {}", id, account->name);
      continue;
    }
    if (account == nullptr) {
      const auto holder = world.device.accounts.find(user.name);
      if (holder == world.device.accounts.end() || !holder->second.managed()) return fmt::format("{} is bound and has no account", id);
      continue;
    }
    // Assumed: who has an account keeps it under its name, also where the directory has come to want another name. [rule V2]
    if (account->enabled == user.suspended || account->admin != user.admin || account->full_name != "Display " + id)
      return fmt::format("the account of {} is not as the directory says", id);
    if (account->password != user.password) return fmt::format("the password of {} is not the directory's", id);
  }
  return "";
}

/// [rule V7]
template <class P>
std::string agent_is_idempotent(const World<P>& world) {
  if (!world.in_contact() || world.deleted) return "";
  auto wanted = wanted_in(world);
  // What nobody has an account for is handed on again and again, and stays refused.
  const auto plan = plan_accounts(view_of(world), wanted);
  return plan.acts.empty() ? "" : "after contact there is still something to do";
}

/// [rule V7] [rule V31]: going online makes of an offline device what it would be, had it been online all the time; for users who
/// are bound, which is all that the directory wants anything of.
template <class P>
std::string differs_from_follower(const World<P>& late, const World<P>& follower) {
  for (const auto& [id, user] : late.users) {
    if (!user.bound) continue;
    const auto* one = managed_for(late, id);
    const auto* other = managed_for(follower, id);
    if ((one == nullptr) != (other == nullptr)) return fmt::format("only one of them has an account of {}", id);
    if (one == nullptr) continue;
    if (one->name != other->name || one->enabled != other->enabled || one->admin != other->admin || one->password != other->password ||
        one->full_name != other->full_name || one->groups != other->groups)
      return fmt::format("the accounts of {} differ", id);
  }
  return "";
}

template <class P>
class EveryPlatform : public ::testing::Test {
 protected:
  static World<P> start() {
    World<P> world;
    for (const auto* name : {"Amy", "guest"}) {
      Account account{.name = name, .full_name = name, .admin = true, .password = local, .files = {"thesis.doc"}};
      if (P::platform == Platform::windows) account.groups = {"Users"};
      auto& added = world.device.accounts[name];
      static_cast<Account&>(added) = account;
    }
    return world;
  }
  static Model<World<P>, Act<P>> model() {
    Model<World<P>, Act<P>> model;
    model.start = start();
    model.step = [](World<P>& world, const Act<P>& act) { return std::visit(Directory<P>{world}, act); };
    model.settle = contact<P>;
    model.key = key_of<P>;
    return model;
  }
  using Acts = std::vector<std::pair<std::string, Act<P>>>;
  /// What the directory does with bindings, for both users.
  static Acts of_the_directory() {
    Acts acts;
    for (const std::string user : {"u1", "u2"}) {
      acts.emplace_back("bind-" + user, Bind{user});
      acts.emplace_back("unbind-" + user, Unbind{user});
      acts.emplace_back("suspend-" + user, Suspend{user});
      acts.emplace_back("reactivate-" + user, Reactivate{user});
    }
    acts.emplace_back("make-u1-admin", MakeAdmin{"u1"});
    acts.emplace_back("new-password-of-u1", SetDirectoryPassword{"u1", of_u1_later});
    return acts;
  }
  static void add(Acts& acts, std::string name, PersonAct act) {
    acts.emplace_back(std::move(name), Act<P>(typename P::Act(std::move(act))));
  }
};
using Platforms = ::testing::Types<WindowsPlatform, MacPlatform>;
TYPED_TEST_SUITE(EveryPlatform, Platforms);

// [rule V1] [rule V3] [rule V4] [rule V5] [rule V8] [rule V10] [rule V11] [rule V20] [rule V22]
TYPED_TEST(EveryPlatform, an_agent_obeys_every_law_in_every_state) {
  auto model = this->model();
  model.acts = this->of_the_directory();
  model.acts.emplace_back("u1-is-called-Amy-here", RenameLocal{"u1", "Amy"});
  model.acts.emplace_back("go-offline", GoOnline{false});
  model.acts.emplace_back("go-online", GoOnline{true});
  model.acts.emplace_back("delete-system", DeleteSystem{});
  model.acts.emplace_back("reinstall", Reinstall{});
  this->add(model.acts, "power-off", PowerOff{});
  this->add(model.acts, "power-on", PowerOn{});
  for (const auto password : {local, of_u1, of_u2, of_u1_later}) {
    this->add(model.acts, fmt::format("amy-signs-in-{}", static_cast<int>(password)), SignIn{"amy", Typed{{password}}});
  }
  this->add(model.acts, "guest-signs-in", SignIn{"guest", Typed{{local}}});
  this->add(model.acts, "switch-user", SwitchUser{});
  this->add(model.acts, "guest-adds-amy", AddAccount{Account{.name = "amy", .full_name = "Amy", .password = local}});
  this->add(model.acts, "guest-enables-amy", EnableAccount{"amy"});
  model.laws = {{"nothing-is-deleted", nothing_is_deleted<TypeParam>},
                {"unpaired-is-untouched", unpaired_is_untouched<TypeParam>},
                {"nobody-is-robbed", nobody_is_robbed<TypeParam>},
                {"shut-out-has-no-session", shut_out_has_no_session<TypeParam>}};
  model.state_laws = {{"contact-brings-it-about", contact_brings_it_about<TypeParam>},
                      {"agent-is-idempotent", agent_is_idempotent<TypeParam>}};
  constexpr int deepest = base::sanitized ? 3 : 7;
  const auto explored = explore(model, deepest);
  expect_lawful(explored);
  EXPECT_EQ(explored.depth, deepest);
}

/// A device that may be offline, and one of the same directory that never is.
template <class P>
struct Pair {
  World<P> late;
  World<P> follower;
  bool operator==(const Pair&) const = default;
};

// [rule V7] [rule V31]
TYPED_TEST(EveryPlatform, a_device_that_was_offline_becomes_what_it_would_be_V7) {
  using P = TypeParam;
  Model<Pair<P>, Act<P>> model;
  model.start = {this->start(), this->start()};
  model.acts = this->of_the_directory();
  model.acts.emplace_back("go-offline", GoOnline{false});
  model.acts.emplace_back("go-online", GoOnline{true});
  model.step = [](Pair<P>& pair, const Act<P>& act) {
    // Who of two users gets a name that both want depends on when the agent hears of each.
    for (const auto& [id, user] : pair.late.users) {
      if (user.bound && std::holds_alternative<Bind>(act)) return Step{Outcome::not_here};
    }
    if (!std::holds_alternative<GoOnline>(act)) std::visit(Directory<P>{pair.follower}, act);
    return std::visit(Directory<P>{pair.late}, act);
  };
  model.settle = [](Pair<P>& pair) {
    contact(pair.late);
    contact(pair.follower);
  };
  model.key = [](const Pair<P>& pair) { return key_of(pair.late) + key_of(pair.follower); };
  model.state_laws = {{"catch-up-equals-follow", [](const Pair<P>& pair) {
                         return pair.late.in_contact() ? differs_from_follower(pair.late, pair.follower) : std::string();
                       }}};
  const auto explored = explore(model, base::sanitized ? 4 : 1'000);
  expect_lawful(explored);
  EXPECT_EQ(explored.closed, !base::sanitized);
}

TYPED_TEST(EveryPlatform, the_key_tells_states_apart_as_comparison_does) {
  auto model = this->model();
  model.acts = this->of_the_directory();
  model.acts.emplace_back("go-offline", GoOnline{false});
  this->add(model.acts, "guest-signs-in", SignIn{"guest", Typed{{local}}});
  this->add(model.acts, "guest-mistypes", SignIn{"guest", Typed{}});
  this->add(model.acts, "lock", Lock{});
  this->add(model.acts, "power-off", PowerOff{});
  Exploration exploration(model);
  exploration.run(2);
  exploration.for_each([&](const World<TypeParam>& before) {
    for (const auto& [name, act] : model.acts) {
      auto world = before;
      model.step(world, act);
      EXPECT_EQ(model.key(world) == model.key(before), world == before) << name;
    }
  });
}

// A person who is deleted and made again has another id and the same name. [rule V1] [rule V8]
TYPED_TEST(EveryPlatform, somebody_made_anew_takes_over_what_was_left_V1) {
  auto model = this->model();
  auto world = model.start;
  model.step(world, Bind{"u1"});
  model.settle(world);
  ASSERT_NE(managed_for(world, "u1"), nullptr);
  model.step(world, Unbind{"u1"});
  model.step(world, Bind{"u2"});
  model.settle(world);
  const auto* account = managed_for(world, "u2");
  ASSERT_NE(account, nullptr);
  EXPECT_EQ(account->name, "amy");
  EXPECT_TRUE(account->enabled);
  EXPECT_EQ(account->password, of_u2);
  EXPECT_THAT(plan_accounts(view_of(world), wanted_in(world)).acts, IsEmpty());
}

}  // namespace explore_agent_test
}  // namespace fakes::devices
