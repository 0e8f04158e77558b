// A Windows computer: the shell of its value.
#pragma once

#include "fakes/devices/device.h"
#include "fakes/devices/windows/acts.h"
#include "fakes/devices/windows/state.h"

namespace fakes::devices {

using windows::Edition;

class Windows final : public Device {
 public:
  using Device::act;
  using Device::Device;

  [[nodiscard]] Platform platform() const override { return Platform::windows; }
  [[nodiscard]] std::string product() const override;
  [[nodiscard]] Membership membership() const override { return state_.membership; }
  [[nodiscard]] bool powered() const override { return state_.powered; }
  [[nodiscard]] bool ends_sessions_of_disabled() const override {
    return state_.edition != Edition::home || state_.defects.contains(Defect::home_ends_sessions);
  }
  [[nodiscard]] bool folds_names() const override { return state_.quirks.has(DeviceQuirk::windows_folds_names); }

  void set_edition(Edition edition) { state_.edition = edition; }
  /// Before the run: an account that is there has a PIN.
  void begin_with_pin(std::string_view account, const base::Secret& pin);
  /// Before the run: secrets that are sealed to the password of an account that is there. [rule V83]
  void begin_with_secrets(std::string_view account, std::set<std::string> secrets);
  void join(Membership membership) override { state_.membership = membership; }
  void add_quirk(DeviceQuirk quirk) override { state_.quirks.add(quirk); }
  void seed(const Defects& defects) override { state_.defects = defects; }

  Outcome act(const windows::Act& act);
  /// A PIN for Windows Hello, of whoever is in front.
  Outcome set_pin(const base::Secret& pin, windows::HelloKind kind = windows::HelloKind::device_pin, bool biometrics = false);
  Outcome remove_pin();
  Outcome sign_in_with_pin(std::string_view account, const base::Secret& pin);
  Outcome sign_in_with_biometrics(std::string_view account);
  /// With DPAPI, by a program of whoever is in front. [rule V83] [rule V84]
  Outcome save_secret(std::string_view secret);
  Outcome recover_secrets(const base::Secret& earlier);
  /// Empty before the first sign-in with a password.
  [[nodiscard]] std::optional<windows::Vault> secrets_of(std::string_view account) const;
  /// Ctrl+Alt+Del, of whoever is in front. [rule V85]
  Outcome change_password(const base::Secret& present, const base::Secret& password);

  [[nodiscard]] const windows::WindowsState& state() const { return state_; }
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
  windows::WindowsState state_;
};

}  // namespace fakes::devices
