// A Mac: the shell of its value.
#pragma once

#include "fakes/devices/device.h"
#include "fakes/devices/macos/acts.h"
#include "fakes/devices/macos/state.h"

namespace fakes::devices {

using macos::KeychainState;

/// What a Mac is like when a run begins; it is on, and its disk unlocked.
struct MacBeginning {
  bool set_up = true;  ///< false: Setup Assistant is up
  bool file_vault = false;
  bool bootstrap_token = false;                 ///< gives the service account its token at once [rule V69]
  bool password_policy_of_another_mdm = false;  ///< keeps the service account from being made [rule V70]
  bool wifi = true;
};

class Macos final : public Device {
 public:
  using Device::act;
  using Device::Device;

  [[nodiscard]] Platform platform() const override { return Platform::macos; }
  [[nodiscard]] std::string product() const override { return "macOS 14"; }
  [[nodiscard]] Membership membership() const override { return state_.membership; }
  [[nodiscard]] bool powered() const override { return state_.powered; }
  [[nodiscard]] bool running() const override { return macos::running(state_); }

  void join(Membership membership) override { state_.membership = membership; }
  void add_quirk(DeviceQuirk quirk) override { state_.quirks.add(quirk); }
  void seed(const Defects& defects) override { state_.defects = defects; }

  /// Before the run, and before its accounts are added: the first of them holds a SecureToken. [rule V68]
  void begin_as(const MacBeginning& beginning);
  /// Before the run.
  void set_secure_token(std::string_view account, bool holds);

  Outcome act(const macos::Act& act);
  Outcome complete_setup(std::string account, std::string full_name, const base::Secret& password);
  Outcome unlock_disk(std::string account, const base::Secret& password);
  /// Whoever is in front gives the previous password, at macOS' prompt or in Keychain Access. The keychain then takes the present
  /// one and keeps its items. [rule V63] [rule V65]
  Outcome update_keychain(const base::Secret& previous_password);
  /// In System Settings. [rule V89]
  Outcome change_in_settings(const base::Secret& present, const base::Secret& password);

  [[nodiscard]] const macos::MacState& state() const { return state_; }
  [[nodiscard]] KeychainState keychain(std::string_view account) const;
  [[nodiscard]] const Account* find_account(std::string_view account) const override;
  [[nodiscard]] std::vector<const Account*> accounts() const override;
  [[nodiscard]] const Sessions& sessions() const override { return state_.sessions; }
  [[nodiscard]] std::optional<DiskFacts> disk_facts() const override;
  [[nodiscard]] Screen screen() const override;
  [[nodiscard]] std::vector<std::string> login_screen() const override;

 protected:
  Step step(const PersonAct& act) override;
  Step step(const AgentAct& act) override;
  void put_account(Account account) override;
  [[nodiscard]] std::set<PasswordId> passwords_in_use() const override;

 private:
  macos::MacState state_;
};

}  // namespace fakes::devices
