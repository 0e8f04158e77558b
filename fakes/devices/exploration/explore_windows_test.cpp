// Every act in every state of a Windows computer: sessions, suspension and the network in one exploration, passwords and what hangs on
// them in another. The laws are in windows_laws.h, the table of transitions in transition_rows_windows.h.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "base/sanitized.h"
#include "fakes/devices/exploration/explore_fixture.h"
#include "fakes/devices/exploration/transition_rows_windows.h"
#include "fakes/devices/exploration/windows_laws.h"
#include "fakes/devices/exploration/windows_world.h"

namespace fakes::devices {
namespace explore_windows_test {

using ::testing::IsEmpty;
using windows::Edition;

constexpr int to_the_end = base::sanitized ? 4 : 1'000;
constexpr int everything_together = base::sanitized ? 3 : 5;

class Alphabet {
 public:
  template <class Act>
  Alphabet& person(std::string name, Act act) {
    return add(std::move(name), windows::Act(PersonAct(std::move(act))));
  }
  template <class Act>
  Alphabet& here(std::string name, Act act) {
    return add(std::move(name), windows::Act(std::move(act)));
  }
  Alphabet& add(std::string name, WindowsWorldAct act) {
    acts.emplace_back(std::move(name), std::move(act));
    return *this;
  }

  std::vector<std::pair<std::string, WindowsWorldAct>> acts;
};

/// Who gets in, stays in and is put out.
Alphabet of_sessions() {
  Alphabet a;
  a.person("power-on", PowerOn{}).person("power-off", PowerOff{}).person("restart", Restart{});
  a.person("amy-signs-in", SignIn{"amy", typing(first)}).person("amy-mistypes", SignIn{"amy", nonsense()});
  a.person("amy-chooses-her-tile", SignIn{"amy", typing(first), By::tile}).person("guest-signs-in", SignIn{"guest", typing(guests)});
  a.person("nobody-signs-in", SignIn{"nobody", typing(first)});
  a.person("lock", Lock{}).person("switch-user", SwitchUser{}).person("sign-out", SignOut{});
  a.person("guest-elevates", Elevate{"guest", typing(guests)}).person("amy-elevates", Elevate{"amy", typing(first)});
  a.person("somebody-elevates", Elevate{"guest", nonsense()}).person("nobody-elevates", Elevate{"nobody", nonsense()});
  a.person("open-view", OpenWebView{}).person("close-view", CloseWebView{});
  a.person("amy-is-disabled-here", DisableAccount{"amy"}).person("amy-is-enabled-here", EnableAccount{"amy"});
  a.add("bind", DirectoryAct::bind).add("unbind", DirectoryAct::unbind);
  a.add("suspend", DirectoryAct::suspend).add("reactivate", DirectoryAct::reactivate);
  a.add("go-offline", DirectoryAct::go_offline).add("go-online", DirectoryAct::go_online);
  return a;
}

/// What people and the directory do to passwords.
Alphabet of_passwords() {
  Alphabet a;
  a.person("power-off", PowerOff{}).person("power-on", PowerOn{});
  for (const auto password : {first, second, third}) {
    const auto number = static_cast<int>(password);
    a.person(fmt::format("sign-in-{}", number), SignIn{"amy", typing(password)});
    a.here(fmt::format("recover-{}", number), windows::RecoverSecrets{typing(password)});
    for (const auto next : {first, second, third}) {
      if (next == password) continue;
      const NewPassword set{next, next != third};
      a.here(fmt::format("ctrl-alt-del-{}-{}", number, static_cast<int>(next)), windows::ChangePassword{typing(password), set});
      if (next != third) a.add(fmt::format("app-{}-{}", number, static_cast<int>(next)), ChangeInApp{password, next});
    }
  }
  a.add("elsewhere-1", SetElsewhere{first}).add("elsewhere-2", SetElsewhere{second});
  a.person("sign-out", SignOut{}).person("lock", Lock{});
  a.here("pin", windows::HelloSignIn{"amy", windows::Gesture::pin, typing(a_pin)});
  a.here("wrong-pin", windows::HelloSignIn{"amy", windows::Gesture::pin, nonsense()});
  a.here("face", windows::HelloSignIn{"amy", windows::Gesture::face});
  a.here("set-pin", windows::SetPin{a_pin}).here("set-pin-for-business", windows::SetPin{a_pin, windows::HelloKind::business, true});
  a.here("remove-pin", windows::RemovePin{}).here("save-secret", windows::SaveSecret{"s"});
  a.person("reset-here", ResetPassword{"amy", {second}});
  a.add("suspend", DirectoryAct::suspend).add("reactivate", DirectoryAct::reactivate);
  a.add("go-offline", DirectoryAct::go_offline).add("go-online", DirectoryAct::go_online);
  a.add("bind", DirectoryAct::bind).add("demand-all-classes", DirectoryAct::demand_all_classes);
  return a;
}

/// Few states, many kinds of acts: what the two others leave out of the table, and the life of the agent.
Alphabet of_the_rest() {
  Alphabet a;
  a.person("power-on", PowerOn{}).person("power-off", PowerOff{}).person("restart", Restart{});
  a.person("amy-signs-in", SignIn{"amy", typing(first)}).person("guest-signs-in", SignIn{"guest", typing(guests)});
  a.person("lock", Lock{}).person("sign-out", SignOut{}).person("open-view", OpenWebView{});
  a.person("add-amy", AddAccount{local_account("amy", first, false)});
  a.person("add-bob", AddAccount{local_account("bob", second, false)});
  a.person("add-long", AddAccount{local_account("a.name.of.21.letters.", second, false)});
  for (const auto* name : {"amy", "nobody"}) {
    a.person(fmt::format("disable-{}", name), DisableAccount{name}).person(fmt::format("enable-{}", name), EnableAccount{name});
    a.person(fmt::format("reset-{}", name), ResetPassword{name, {first}});
    a.here(fmt::format("migrate-{}", name), windows::MigrateProfile{name});
    a.here(fmt::format("pin-of-{}", name), windows::HelloSignIn{name, windows::Gesture::pin, typing(a_pin)});
  }
  a.here("set-pin", windows::SetPin{a_pin}).here("set-pin-for-business", windows::SetPin{a_pin, windows::HelloKind::business});
  a.here("remove-pin", windows::RemovePin{}).here("ctrl-alt-del", windows::ChangePassword{typing(first), {first}});
  a.here("save-secret", windows::SaveSecret{"s"}).here("recover", windows::RecoverSecrets{typing(first)});
  a.add("bind", DirectoryAct::bind).add("suspend", DirectoryAct::suspend).add("reactivate", DirectoryAct::reactivate);
  a.add("go-offline", DirectoryAct::go_offline).add("go-online", DirectoryAct::go_online);
  a.add("delete-system", DirectoryAct::delete_system).add("reinstall", DirectoryAct::reinstall);
  a.add("command-lock", DirectoryAct::command_lock).add("command-restart", DirectoryAct::command_restart);
  a.add("command-shutdown", DirectoryAct::command_shutdown).add("command-erase", DirectoryAct::command_erase);
  return a;
}

/// Every act of the three alphabets: what people do at the computer, the agent's life, the directory, the network and the power.
Alphabet of_everything() {
  // Acts that stand under two names.
  std::set<std::string, std::less<>> known{"sign-in-1", "pin-of-amy", "disable-amy", "enable-amy", "recover"};
  Alphabet a;
  for (auto& part : {of_sessions(), of_passwords(), of_the_rest()}) {
    for (const auto& [name, act] : part.acts) {
      if (known.insert(name).second) a.add(name, act);
    }
  }
  return a;
}

WindowsWorld with_guest(Edition edition) {
  WindowsWorld world;
  world.device.edition = edition;
  world.device.accounts.emplace("guest", local_account("guest", guests, true));
  return world;
}

/// Amy's own computer, which she administers; it is one of her firm's.
WindowsWorld of_amy(AccountKind kind) {
  WindowsWorld world;
  world.device.membership = Membership::entra;
  auto amy = local_account("amy", first, true);
  amy.kind = kind;
  world.device.accounts.emplace("amy", std::move(amy));
  return world;
}

/// Amy is bound and has the account of her own computer taken over, which the guest administers.
WindowsWorld with_both(Edition edition) {
  auto world = with_guest(edition);
  world.device.accounts.emplace("amy", local_account("amy", third, false));
  world.bound = world.handed_on = true;
  return world;
}

WindowsModel model_of(WindowsWorld start, Alphabet alphabet, const WindowsMachinery& machinery = {}) {
  auto model = windows_model(std::move(start), machinery);
  model.acts = std::move(alphabet.acts);
  add_windows_laws(model);
  return model;
}

using Hits = std::set<std::tuple<std::size_t, rows::Stage, rows::Kind>>;

/// The table as a law: one row agrees with each transition, and is marked as reached.
Law<WindowsWorld, WindowsWorldAct> agrees_with_table(Hits& hits) {
  return {"agrees-with-the-table", [&hits](const WindowsTransition& t) -> std::string {
            const auto* act = std::get_if<windows::Act>(&t.act);
            if (act == nullptr) return "";
            const auto told = rows::told(*act);
            const auto stage = windows::stage_of(t.before.device);
            const auto standing = rows::standing_in(t.before.device, told);
            int found = 0;
            std::string wrong;
            for (std::size_t i = 0; i < rows::windows_rows.size(); ++i) {
              const auto& row = rows::windows_rows.at(i);
              if ((row.stages & rows::bit_of(stage)) == 0 || (row.acts & rows::of(told.kind)) == 0 ||
                  (row.standings & standing) == 0 || row.outcome != t.step.outcome)
                continue;
              ++found;
              hits.emplace(i, stage, told.kind);
              if (windows::stage_of(t.acted.device) != rows::stage_after(row.next, stage)) wrong = "another screen follows than the table says";
              if (row.next == rows::Next::desktop && !t.acted.device.sessions.in_front(told.name.value_or("")))
                wrong = "somebody else is in front";
            }
            if (found != 1) return fmt::format("{} rows of the table say '{}' here", found, to_text(t.step.outcome));
            return wrong;
          }};
}

std::vector<std::string> unreached(const Hits& hits) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < rows::windows_rows.size(); ++i) {
    const auto& row = rows::windows_rows.at(i);
    for (const auto stage : {rows::Stage::off, rows::Stage::login, rows::Stage::desktop, rows::Stage::locked, rows::Stage::web_view}) {
      for (unsigned kind = 0; kind < rows::kinds_in_all; ++kind) {
        if ((row.stages & rows::bit_of(stage)) == 0 || (row.acts & (1U << kind)) == 0) continue;
        if (!hits.contains({i, stage, static_cast<rows::Kind>(kind)}))
          names.push_back(fmt::format("row {}: act {} in stage {}: {}", i, kind, static_cast<int>(stage), to_text(row.outcome)));
      }
    }
  }
  return names;
}

struct Part {
  WindowsWorld start;
  Alphabet alphabet;
  int deepest;
};

// [rule V20] [rule V21] [rule V27] [rule V29] [rule V31]
class EveryEdition : public ::testing::TestWithParam<Edition> {};
INSTANTIATE_TEST_SUITE_P(Windows, EveryEdition, ::testing::Values(Edition::pro, Edition::home, Edition::server));

TEST_P(EveryEdition, sessions_obey_every_law_in_every_state) {
  const auto explored = explore(model_of(with_guest(GetParam()), of_sessions()), to_the_end);
  expect_lawful(explored);
  EXPECT_EQ(explored.closed, !base::sanitized);
}

TEST_P(EveryEdition, the_life_of_an_agent_obeys_every_law) {
  const auto explored = explore(model_of(with_guest(GetParam()), of_the_rest()), base::sanitized ? 3 : 7);
  expect_lawful(explored);
  EXPECT_EQ(explored.depth, base::sanitized ? 3 : 7);
}

// Computer, agent, people and directory at once: shallower than each part alone, and every act may follow every other.
TEST_P(EveryEdition, everything_together_obeys_every_law) {
  const auto explored = explore(model_of(with_both(GetParam()), of_everything()), everything_together);
  expect_lawful(explored);
  EXPECT_EQ(explored.depth, everything_together);
}

// [rule V51] [rule V52] [rule V53] [rule V80] [rule V81] [rule V82] [rule V83] [rule V84]
class EveryKindOfAccount : public ::testing::TestWithParam<AccountKind> {};
INSTANTIATE_TEST_SUITE_P(Windows, EveryKindOfAccount,
                         ::testing::Values(AccountKind::local, AccountKind::microsoft, AccountKind::domain));

TEST_P(EveryKindOfAccount, passwords_obey_every_law_in_every_state) {
  const auto explored = explore(model_of(of_amy(GetParam()), of_passwords()), base::sanitized ? 3 : to_the_end);
  expect_lawful(explored);
  EXPECT_EQ(explored.closed, !base::sanitized);
}

TEST(WindowsTable, has_one_row_for_each_transition_and_no_row_that_nothing_reaches) {
  if (base::sanitized) GTEST_SKIP() << "the rows are reached at depths that are not explored under sanitizers";
  Hits hits;
  for (auto& part : {Part{with_guest(Edition::pro), of_sessions(), 1'000}, Part{with_guest(Edition::home), of_sessions(), 6},
                     Part{with_guest(Edition::pro), of_the_rest(), 6},
                     Part{of_amy(AccountKind::local), of_passwords(), 6}, Part{of_amy(AccountKind::domain), of_the_rest(), 5},
                     Part{of_amy(AccountKind::domain), of_passwords(), 4}}) {
    auto model = model_of(part.start, part.alphabet);
    model.laws = {agrees_with_table(hits)};
    model.state_laws.clear();
    expect_lawful(explore(model, part.deepest));
  }
  EXPECT_THAT(unreached(hits), IsEmpty());
}

TEST(WindowsKey, tells_states_apart_as_comparison_does) {
  for (const auto& alphabet : {of_sessions(), of_passwords(), of_the_rest()}) {
    const auto model = model_of(with_guest(Edition::pro), alphabet);
    Exploration exploration(model);
    exploration.run(base::sanitized ? 2 : 3);
    std::vector<const WindowsWorld*> worlds;
    exploration.for_each([&](const WindowsWorld& world) { worlds.push_back(&world); });
    for (std::size_t i = 0; i < worlds.size(); ++i) {
      for (std::size_t j = i + 1; j < worlds.size(); ++j) ASSERT_FALSE(*worlds[i] == *worlds[j]) << "two keys for one state";
    }
    // A field that the key leaves out would make two states one: then they would have different futures, or a different past.
    for (std::size_t i = 0; i < worlds.size(); ++i) {
      for (const auto& [name, act] : model.acts) {
        auto world = *worlds[i];
        const auto before = world;
        model.step(world, act);
        ASSERT_EQ(model.key(world) == model.key(before), world == before) << name;
      }
    }
  }
}

// Mistakes that the laws must find, with few acts.

void expect_found(const Explored& explored, std::string_view law, std::size_t most_acts) {
  const auto found = explored.broken.find(law);
  ASSERT_NE(found, explored.broken.end()) << law;
  EXPECT_LE(found->second.way.size(), most_acts) << to_text(found->second);
}

// [rule V29]
TEST(WindowsCanary, an_agent_that_only_disables_is_found) {
  WindowsMachinery mistaken;
  mistaken.plan = [](const PlanView& view, const std::vector<BoundUser>& wanted) {
    auto plan = plan_accounts(view, wanted);
    std::erase_if(plan.acts, [](const AgentAct& act) { return std::holds_alternative<EndSession>(act); });
    return plan;
  };
  expect_found(explore(model_of(with_guest(Edition::pro), of_sessions(), mistaken), 4), "session-within-bound", 3);
}

// [rule V27]
TEST(WindowsCanary, a_pin_that_opens_a_disabled_account_is_found) {
  WindowsMachinery mistaken;
  mistaken.step = [](WindowsState& state, const windows::Act& act) {
    const auto* hello = std::get_if<windows::HelloSignIn>(&act);
    auto* account = hello != nullptr ? windows::find(state, hello->name) : nullptr;
    if (account == nullptr) return windows::step(state, act);
    const bool enabled = std::exchange(account->enabled, true);
    auto step = windows::step(state, act);
    account->enabled = enabled;
    return step;
  };
  expect_found(explore(model_of(of_amy(AccountKind::local), of_passwords(), mistaken), 5), "disabled-opens-nothing", 5);
}

// [rule V8]
TEST(WindowsCanary, an_agent_that_deletes_whom_it_lets_go_is_found) {
  WindowsMachinery mistaken;
  mistaken.agent_step = [](WindowsState& state, const AgentAct& act) {
    auto step = windows::step(state, act);
    if (const auto* release = std::get_if<Release>(&act)) state.accounts.erase(release->name);
    return step;
  };
  expect_found(explore(model_of(with_guest(Edition::pro), of_sessions(), mistaken), 3), "no-account-is-deleted", 2);
}

// [rule V20]: it takes acts of the directory, of the agent's life and of a person to get there.
TEST(WindowsCanary, an_agent_that_shuts_out_nobody_whom_it_takes_over_is_found) {
  WindowsMachinery mistaken;
  mistaken.plan = [](const PlanView& view, const std::vector<BoundUser>& wanted) {
    auto plan = plan_accounts(view, wanted);
    const bool takes_over = std::ranges::any_of(plan.acts, [](const AgentAct& act) { return std::holds_alternative<Claim>(act); });
    if (takes_over) std::erase_if(plan.acts, [](const AgentAct& act) { return std::holds_alternative<EndSession>(act); });
    return plan;
  };
  expect_found(explore(model_of(with_both(Edition::pro), of_everything(), mistaken), 5), "session-within-bound", 5);
}

// [rule V81]
TEST(WindowsCanary, a_pin_that_follows_a_change_elsewhere_is_found) {
  WindowsMachinery mistaken;
  mistaken.agent_step = [](WindowsState& state, const AgentAct& act) {
    auto step = windows::step(state, act);
    const auto* set = std::get_if<SetPassword>(&act);
    auto* account = set != nullptr ? windows::find(state, set->name) : nullptr;
    if (account != nullptr && account->hello) account->hello->password = account->password;
    return step;
  };
  expect_found(explore(model_of(of_amy(AccountKind::local), of_passwords(), mistaken), 4), "hand-off-shows-nothing", 4);
}

}  // namespace explore_windows_test
}  // namespace fakes::devices
