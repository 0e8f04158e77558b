// A Mac: the shell of its value.
#pragma once

#include "fakes/devices/device.h"
#include "fakes/devices/macos/acts.h"
#include "fakes/devices/macos/state.h"

namespace fakes::devices {

using macos::KeychainState;

class Macos final : public Device {
 public:
  using Device::act;
  using Device::Device;

  [[nodiscard]] Platform platform() const override { return Platform::macos; }
  [[nodiscard]] std::string product() const override { return "macOS 14"; }
  [[nodiscard]] Membership membership() const override { return state_.membership; }
  [[nodiscard]] bool powered() const override { return state_.powered; }

  void join(Membership membership) override { state_.membership = membership; }
  void add_quirk(DeviceQuirk quirk) override { state_.quirks.add(quirk); }

  Outcome act(const macos::Act& act);
  /// Whoever is in front gives the previous password. The keychain then takes the present one and keeps its items. [rule V63]
  Outcome update_keychain(const base::Secret& previous_password);

  [[nodiscard]] const macos::MacState& state() const { return state_; }
  [[nodiscard]] KeychainState keychain(std::string_view account) const;
  [[nodiscard]] const Account* find_account(std::string_view account) const override;
  [[nodiscard]] std::vector<const Account*> accounts() const override;
  [[nodiscard]] const Sessions& sessions() const override { return state_.sessions; }
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
