// A Mac as a value with the people of most tests: `boss`, its first account and administrator with a SecureToken, and `amy`, whom
// the agent manages. Passwords are numbers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "fakes/devices/macos/screen.h"
#include "fakes/devices/macos/step.h"
#include "fakes/devices/screen_text.h"

namespace fakes::devices::macos {

inline constexpr PasswordId bosses{1};
inline constexpr PasswordId first{2};
inline constexpr PasswordId second{3};
inline constexpr PasswordId third{4};

/// Somebody types that password; none of the Mac's where it is PasswordId::none.
inline Typed typing(PasswordId id) { return id == PasswordId::none ? Typed{} : Typed{{id}}; }
inline const Typed nonsense{};

class MacBench {
 public:
  MacBench() {
    auto& boss = add("boss", bosses);
    boss.admin = true;
    boss.secure_token = true;
    boss.preboot = bosses;
    add("amy", first).managed_for = "user-amy";
  }

  MacAccount& add(std::string name, PasswordId password) {
    MacAccount account;
    account.name = name;
    account.full_name = name;
    account.password = password;
    account.files = {"thesis.doc"};
    return mac.accounts.insert_or_assign(std::move(name), std::move(account)).first->second;
  }
  [[nodiscard]] MacAccount& amy() { return *find(mac, "amy"); }
  [[nodiscard]] MacAccount& boss() { return *find(mac, "boss"); }

  Outcome does(const Act& act) { return step(mac, act).outcome; }
  Outcome agent(const AgentAct& act) { return step(mac, act).outcome; }
  Outcome sign_in(std::string name, PasswordId password, By by = By::typed_name) {
    return does(PersonAct(SignIn{std::move(name), typing(password), by}));
  }
  Outcome sign_out() { return does(PersonAct(SignOut{})); }
  Outcome unlock(std::string name, PasswordId password) { return does(UnlockDisk{std::move(name), typing(password)}); }
  void power_cycle() {
    does(PersonAct(PowerOff{}));
    does(PersonAct(PowerOn{}));
  }
  /// A password from the directory, and the same through its app.
  void hand_on(PasswordId password) { agent(SetPassword{"amy", {password}, PasswordWay::handed_on}); }
  void change_in_app(PasswordId present, PasswordId password) {
    agent(SetPassword{"amy", {password}, PasswordWay::typed_here, typing(present)});
  }
  /// FileVault on, with amy among those who unlock it.
  void protect_disk() {
    mac.file_vault = true;
    boss().file_vault_user = true;
    amy().secure_token = true;
    amy().file_vault_user = true;
    amy().preboot = amy().password;
  }

  [[nodiscard]] MacStage stage() const { return stage_of(mac); }
  [[nodiscard]] std::string shown() const { return to_text(screen_of(mac, "mac-1")); }
  [[nodiscard]] KeychainState keychain() const { return keychain_of(mac, "amy"); }

  MacState mac;
};

}  // namespace fakes::devices::macos
