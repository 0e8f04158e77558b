// Every state of a Mac that people, an administrator, the directory and the network can bring about, within small alphabets of acts:
// each transition is in the table, each row of the table is met, and each law holds everywhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/sanitized.h"
#include "fakes/devices/exploration/explore_fixture.h"
#include "fakes/devices/exploration/macos_laws.h"
#include "fakes/devices/exploration/transition_rows_macos.h"

namespace fakes::devices::macos {
namespace explore_macos_test {

using ::testing::IsEmpty;

// Names of acts

struct Asked {
  std::string_view act;
  std::string_view name{};  ///< of the account that it is about
};

struct NameOf {
  Asked operator()(const PersonAct& act) const { return std::visit(*this, act); }
  Asked operator()(const PowerOn&) const { return {"PowerOn"}; }
  Asked operator()(const PowerOff&) const { return {"PowerOff"}; }
  Asked operator()(const Restart&) const { return {"Restart"}; }
  Asked operator()(const SignIn& act) const { return {act.by == By::tile ? "SignIn by tile" : "SignIn", act.name}; }
  Asked operator()(const Lock&) const { return {"Lock"}; }
  Asked operator()(const SwitchUser&) const { return {"SwitchUser"}; }
  Asked operator()(const SignOut&) const { return {"SignOut"}; }
  Asked operator()(const Elevate& act) const { return {"Elevate", act.name}; }
  Asked operator()(const OpenWebView&) const { return {"OpenWebView"}; }
  Asked operator()(const CloseWebView&) const { return {"CloseWebView"}; }
  Asked operator()(const AddAccount& act) const { return {"AddAccount", act.account.name}; }
  Asked operator()(const DisableAccount& act) const { return {"DisableAccount", act.name}; }
  Asked operator()(const EnableAccount& act) const { return {"EnableAccount", act.name}; }
  Asked operator()(const ResetPassword& act) const { return {"ResetPassword", act.name}; }
  Asked operator()(const CompleteSetup& act) const { return {"CompleteSetup", act.name}; }
  Asked operator()(const UnlockDisk& act) const { return {"UnlockDisk", act.name}; }
  Asked operator()(const KeychainChoice& act) const {
    switch (act.button) {
      case KeychainButton::go_on: return {"Continue Log In"};
      case KeychainButton::create_new: return {"Create New Keychain"};
      case KeychainButton::update: return {"Update Keychain Password"};
    }
    return {};
  }
  Asked operator()(const ConfirmNow&) const { return {"ConfirmNow"}; }
  Asked operator()(const GivePrevious&) const { return {"GivePrevious"}; }
  Asked operator()(const SkipPrevious&) const { return {"SkipPrevious"}; }
  Asked operator()(const SaveItem&) const { return {"SaveItem"}; }
  Asked operator()(const ChangeInSettings&) const { return {"ChangeInSettings"}; }
  Asked operator()(const GrantToken& act) const { return {"GrantToken", act.to}; }
  Asked operator()(const AddToFileVault& act) const { return {"AddToFileVault", act.name}; }
  Asked operator()(const TurnFileVaultOn&) const { return {"TurnFileVaultOn"}; }
  Asked operator()(const RemoveDisabledToken& act) const { return {"RemoveDisabledToken", act.name}; }
  Asked operator()(const BreakServiceAccount&) const { return {"BreakServiceAccount"}; }
  Asked operator()(const ChooseWifi&) const { return {"ChooseWifi"}; }
  Asked operator()(const RefreshLoginWindow&) const { return {"RefreshLoginWindow"}; }
};

Asked asked(const Act& act) { return std::visit(NameOf{}, act); }

Standing standing_of(const MacState& mac, std::string_view name) {
  if (name.empty()) return Standing::none;
  const auto* account = find(mac, name);
  if (account == nullptr) return Standing::absent;
  if (!account->enabled) return Standing::disabled;
  if (mac.sessions.in_front(name)) return Standing::front;
  if (mac.sessions.has(name)) return Standing::behind;
  return mac.stale.contains(name) ? Standing::stale : Standing::enabled;
}

// The table as a law

class Table {
 public:
  /// What is wrong with a transition of a person's act.
  std::string check(const MacTransition& t) {
    const auto* act = std::get_if<Act>(&t.act);
    if (act == nullptr) return "";
    const auto name = asked(*act);
    const auto from = stage_of(t.before.mac);
    const auto to = stage_of(t.acted.mac);
    const auto who = standing_of(t.before.mac, name.name);
    std::size_t matching = 0;
    std::string broken;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const auto& row = rows_[i];
      if (row.act != name.act || !has(row.from, from) || (!row.who.empty() && !has(row.who, who))) continue;
      ++matching;
      met_.insert(fmt::format("{} {} {}", i, to_text(from), to_text(t.step.outcome)));
      if (t.step.outcome == Outcome::ok) {
        met_.insert(fmt::format("{} leads to {}", i, to_text(to)));
        if (!has(row.ok_leads_to, to)) broken = fmt::format("{} must not lead from {} to {}", row.act, to_text(from), to_text(to));
      } else if (!has(row.refusals, t.step.outcome) || to != from) {
        broken = fmt::format("{} in {} must not end as {}", row.act, to_text(from), to_text(t.step.outcome));
      }
      met_.insert(fmt::format("{} {}", i, to_text(from)));
      if (!row.who.empty()) met_.insert(fmt::format("{} who {}", i, static_cast<int>(who)));
    }
    if (matching != 1) return fmt::format("{} in {} by standing {}: {} rows", name.act, to_text(from), static_cast<int>(who), matching);
    return broken;
  }

  /// What the table allows and no exploration has met.
  [[nodiscard]] std::vector<std::string> never_met() const {
    std::vector<std::string> missing;
    const auto demand = [&](std::size_t i, const std::string& what) {
      if (!met_.contains(what)) missing.push_back(fmt::format("{}: {}", rows_[i].act, what));
    };
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      for (const auto from : rows_[i].from) demand(i, fmt::format("{} {}", i, to_text(from)));
      for (const auto to : rows_[i].ok_leads_to) demand(i, fmt::format("{} leads to {}", i, to_text(to)));
      for (const auto who : rows_[i].who) demand(i, fmt::format("{} who {}", i, static_cast<int>(who)));
      for (const auto outcome : rows_[i].refusals) {
        const bool somewhere = std::ranges::any_of(rows_[i].from, [&](const auto from) {
          return met_.contains(fmt::format("{} {} {}", i, to_text(from), to_text(outcome)));
        });
        if (!somewhere) missing.push_back(fmt::format("{}: {} is never {}", rows_[i].act, i, to_text(outcome)));
      }
    }
    return missing;
  }

 private:
  template <class Value>
  static bool has(const std::vector<Value>& values, Value value) {
    return std::ranges::find(values, value) != values.end();
  }

  std::vector<Row> rows_ = transition_rows();
  std::set<std::string> met_;
};

// Models

/// What the model does for an act and for a contact of the agent; canaries put mistakes in here.
struct Behaviour {
  Step (*happen)(MacWorld&, const WorldAct&) = macos::happen;
  void (*contact)(MacWorld&) = macos::contact;
};

using MacModel = Model<MacWorld, WorldAct>;

MacModel model_of(MacWorld start, Table& table, Behaviour behaviour) {
  MacModel model;
  model.start = std::move(start);
  model.step = behaviour.happen;
  model.settle = [behaviour](MacWorld& world) {
    behaviour.contact(world);
    forget_the_past(world);
  };
  model.key = key_of;
  model.laws = mac_laws();
  model.laws.push_back({"agrees-with-the-table", [&table](const auto& transition) { return table.check(transition); }});
  return model;
}

void add(MacModel& model, std::string label, WorldAct act) { model.acts.emplace_back(std::move(label), std::move(act)); }
void add_person(MacModel& model, std::string label, PersonAct act) { add(model, std::move(label), Act(std::move(act))); }

void add_power_and_sessions(MacModel& model) {
  add_person(model, "power on", PowerOn{});
  add_person(model, "power off", PowerOff{});
  add_person(model, "restart", Restart{});
  add_person(model, "lock", Lock{});
  add_person(model, "switch user", SwitchUser{});
  add_person(model, "sign out", SignOut{});
}

void add_sign_ins(MacModel& model, const std::string& name, const std::vector<PasswordId>& passwords) {
  for (const auto password : passwords) {
    const auto label = fmt::format("{} with {}", name, static_cast<int>(password));
    add_person(model, "sign in " + label, SignIn{name, typing(password)});
    add(model, "unlock disk " + label, Act(UnlockDisk{name, typing(password)}));
  }
}

void add_outside(MacModel& model, const std::vector<std::pair<std::string, Outside>>& acts) {
  for (const auto& [label, act] : acts) add(model, label, act);
}

MacWorld a_mac(bool file_vault) {
  MacBench bench;
  if (file_vault) bench.protect_disk();
  MacWorld world{.mac = bench.mac};
  world.mac.offer = "Sign in with JumpCloud";
  return world;
}

MacWorld a_new_mac() {
  MacWorld world;
  world.mac.set_up = false;
  world.mac.wifi = false;
  world.mac.offer = "Sign in with JumpCloud";
  return world;
}

/// Power, FileVault's window, sessions, suspension, one change of the password, tokens handed on by hand.
MacModel standing_model(MacWorld start, Table& table, Behaviour behaviour = {}) {
  auto model = model_of(std::move(start), table, behaviour);
  add_power_and_sessions(model);
  add_sign_ins(model, "amy", {PasswordId::none, first, second});
  add_sign_ins(model, "boss", {bosses});
  add_sign_ins(model, "nobody", {first});
  add_person(model, "amy's tile", SignIn{"amy", typing(first), By::tile});
  add(model, "set up", Act(CompleteSetup{"boss", "boss", {bosses}}));
  add(model, "grant amy a token", Act(GrantToken{"boss", typing(bosses), "amy", typing(first)}));
  add(model, "amy grants the boss a token", Act(GrantToken{"amy", typing(first), "boss", typing(bosses)}));
  add(model, "turn FileVault on", Act(TurnFileVaultOn{}));
  add(model, "add amy to FileVault", Act(AddToFileVault{"amy", typing(first), "boss", typing(bosses)}));
  add(model, "dscl enables amy", Act(RemoveDisabledToken{"amy"}));
  add_person(model, "the boss disables amy", DisableAccount{"amy"});
  add_outside(model, {{"bind", Outside::bind},
                      {"unbind", Outside::unbind},
                      {"suspend", Outside::suspend},
                      {"reactivate", Outside::reactivate},
                      {"a second password", Outside::set_second},
                      {"go offline", Outside::go_offline},
                      {"go online", Outside::go_online},
                      {"command restart", Outside::restart}});
  return model;
}

/// The service account and what breaks it, tokens at sign-ins, and the login window's web view.
MacModel token_model(MacWorld start, Table& table) {
  auto model = model_of(std::move(start), table, {});
  add_power_and_sessions(model);
  add_sign_ins(model, "amy", {first});
  add_sign_ins(model, "boss", {bosses});
  add(model, "set up", Act(CompleteSetup{"boss", "boss", {bosses}}));
  add(model, "turn FileVault on", Act(TurnFileVaultOn{}));
  add(model, "grant amy a token", Act(GrantToken{"boss", typing(bosses), "amy", typing(first)}));
  add(model, "missing", Act(BreakServiceAccount{Breakage::missing}));
  add(model, "no token", Act(BreakServiceAccount{Breakage::no_token}));
  add(model, "bad OD password", Act(BreakServiceAccount{Breakage::od_password}));
  add(model, "bad APFS password", Act(BreakServiceAccount{Breakage::apfs_password}));
  add_person(model, "open the web view", OpenWebView{"login.example.test"});
  add_person(model, "close the web view", CloseWebView{});
  add(model, "choose Wi-Fi", Act(ChooseWifi{}));
  add(model, "refresh", Act(RefreshLoginWindow{}));
  add_outside(model, {{"install the service account", Outside::install_service_account}, {"suspend", Outside::suspend}});
  return model;
}

/// One person's keychain, FileVault's window that lags behind, macOS' prompt and the app's windows, with three passwords.
MacModel keychain_model(MacWorld start, Table& table) {
  auto model = model_of(std::move(start), table, {});
  const std::vector<PasswordId> passwords{first, second, third};
  add_power_and_sessions(model);
  add_sign_ins(model, "amy", passwords);
  add(model, "continue log in", Act(KeychainChoice{KeychainButton::go_on}));
  add(model, "create new keychain", Act(KeychainChoice{KeychainButton::create_new}));
  add(model, "skip the previous password", Act(SkipPrevious{}));
  add(model, "save an item", Act(SaveItem{"mail"}));
  for (const auto password : passwords) {
    const auto number = static_cast<int>(password);
    add(model, fmt::format("update keychain with {}", number), Act(KeychainChoice{KeychainButton::update, typing(password)}));
    add(model, fmt::format("confirm {} now", number), Act(ConfirmNow{typing(password)}));
    add(model, fmt::format("give previous {}", number), Act(GivePrevious{typing(password)}));
    for (const auto next : passwords) {
      if (next == password) continue;
      add(model, fmt::format("app {} to {}", number, static_cast<int>(next)), ChangeInApp{password, next});
      add(model, fmt::format("settings {} to {}", number, static_cast<int>(next)), Act(ChangeInSettings{typing(password), {next}}));
    }
  }
  add_outside(model, {{"set first", Outside::set_first},
                      {"set second", Outside::set_second},
                      {"set third", Outside::set_third},
                      {"go offline", Outside::go_offline},
                      {"go online", Outside::go_online}});
  return model;
}

/// Every act of the three alphabets: as wide as they are deep.
MacModel wide_model(const MacWorld& start, Table& table) {
  auto model = model_of(start, table, {});
  for (auto& other : {standing_model(start, table), token_model(start, table), keychain_model(start, table)}) {
    for (const auto& act : other.acts) {
      const bool known = std::ranges::any_of(model.acts, [&](const auto& one) { return one.first == act.first; });
      if (!known) model.acts.push_back(act);
    }
  }
  add_person(model, "the boss disables himself", DisableAccount{"boss"});
  add_person(model, "the boss's tile", SignIn{"boss", typing(bosses), By::tile});
  return model;
}

MacWorld without_holder() {
  auto world = a_mac(false);
  find(world.mac, "boss")->secure_token = false;
  find(world.mac, "amy")->admin = true;
  return world;
}

MacWorld of_one_person(bool app_shown) {
  auto world = a_mac(true);
  world.mac.accounts.erase("boss");
  world.mac.app_shown = app_shown;
  return world;
}

MacWorld with_old_keychain() {
  auto world = a_mac(true);
  find(world.mac, "amy")->keychain = Keychain{third};
  return world;
}

MacWorld in_web_view() {
  auto world = a_mac(false);
  world.mac.web_view = true;
  return world;
}

/// Deep enough for every state of a model that closes; less where a sanitizer makes each step dear.
constexpr int every_state = base::sanitized ? 4 : 100;

// The laws name their rules. [rule V5] [rule V8] [rule V20] [rule V22] [rule V24] [rule V25] [rule V29] [rule V31] [rule V61]
// [rule V64] [rule V68] [rule V71] [rule V72]
TEST(ExploreMac, every_transition_is_in_the_table_and_keeps_every_law) {
  Table table;
  const auto run = [](const std::string& name, const MacModel& model, int depth) {
    const auto explored = explore(model, depth);
    for (const auto& [law, found] : explored.broken) ADD_FAILURE() << name << ": " << law << ": " << to_text(found);
    RecordProperty(name + " states", static_cast<int>(explored.states));
    RecordProperty(name + " transitions", static_cast<int>(explored.transitions));
    return explored.closed || base::sanitized;
  };
  EXPECT_TRUE(run("standing", standing_model(a_mac(false), table), every_state));
  EXPECT_TRUE(run("tokens", token_model(a_mac(true), table), every_state));
  EXPECT_TRUE(run("tokens from setup", token_model(a_new_mac(), table), every_state));
  EXPECT_TRUE(run("tokens without a holder", token_model(without_holder(), table), every_state));
  EXPECT_TRUE(run("keychain", keychain_model(of_one_person(true), table), every_state));
  EXPECT_TRUE(run("keychain, app hidden", keychain_model(of_one_person(false), table), every_state));
  const int wide = base::sanitized ? 2 : 4;
  run("wide", wide_model(a_mac(false), table), wide);
  run("wide from setup", wide_model(a_new_mac(), table), wide);
  run("wide from an old keychain", wide_model(with_old_keychain(), table), wide);
  run("wide from the web view", wide_model(in_web_view(), table), wide);
  if (!base::sanitized) EXPECT_THAT(table.never_met(), IsEmpty()) << "a row that nothing meets is a mistake of the table";
}

// Mac, agent, people and directory at once: deeper than what the table needs.
TEST(ExploreMac, everything_together_keeps_every_law) {
  constexpr int deepest = base::sanitized ? 3 : 5;
  Table table;
  const auto explored = explore(wide_model(a_mac(true), table), deepest);
  expect_lawful(explored);
  EXPECT_EQ(explored.depth, deepest);
}

TEST(ExploreMac, equal_keys_are_equal_states) {
  Table table;
  auto model = wide_model(with_old_keychain(), table);
  model.laws.clear();
  Exploration<MacWorld, WorldAct> exploration(model);
  exploration.run(2);
  std::map<std::string, MacWorld> found;
  exploration.for_each([&](const MacWorld& world) { found.emplace(key_of(world), world); });
  for (const auto& [key, world] : found) {
    for (const auto& [label, act] : model.acts) {
      auto next = world;
      static_cast<void>(model.step(next, act));
      model.settle(next);
      const auto known = found.find(key_of(next));
      if (known != found.end()) EXPECT_EQ(known->second, next) << label;
    }
  }
  for (auto one = found.begin(); one != found.end(); ++one)
    EXPECT_TRUE(std::all_of(std::next(one), found.end(), [&](const auto& other) { return other.second != one->second; }));
}

// Canaries: a mistake in the model is found, and by few acts.

/// An agent that only sets the flag.
void forgets_the_session(MacWorld& world) {
  if (!in_contact(world)) return;
  for (const auto& act : plan_of(world)) {
    if (!std::holds_alternative<EndSession>(act)) static_cast<void>(step(world.mac, act));
  }
  if (world.bound) world.waiting = PasswordId::none;
}

void deletes_the_unbound(MacWorld& world) {
  contact(world);
  if (in_contact(world) && !world.bound) world.mac.accounts.erase("amy");
}

/// FileVault's window asks nobody for a token.
Step unlocks_without_token(MacWorld& world, const WorldAct& act) {
  const auto* unlock = std::holds_alternative<Act>(act) ? std::get_if<UnlockDisk>(&std::get<Act>(act)) : nullptr;
  auto made = happen(world, act);
  if (unlock == nullptr || made.outcome != Outcome::not_shown) return made;
  world.mac.unlocked = true;
  return {};
}

TEST(ExploreMac, finds_seeded_mistakes_within_few_acts) {
  for (const auto& [law, behaviour] : {std::pair<std::string_view, Behaviour>{"session-within-bound", {happen, forgets_the_session}},
                                       {"no-managed-account-deleted", {happen, deletes_the_unbound}},
                                       {"unlock-needs-token", {unlocks_without_token, contact}}}) {
    Table table;
    const auto explored = explore(standing_model(a_mac(true), table, behaviour), 5);
    EXPECT_TRUE(explored.broken.contains(law)) << law;
  }
}

}  // namespace explore_macos_test
}  // namespace fakes::devices::macos
