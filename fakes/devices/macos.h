// macOS: the login keychain, which has a password of its own.
#pragma once

#include <map>

#include "fakes/devices/device.h"

namespace fakes::devices {

enum class KeychainState {
  unlocked,
  locked,        ///< nobody is signed in
  out_of_sync    ///< it still has the previous password, and asks for it [rule R18] [rule V62]
};

[[nodiscard]] std::string_view to_text(KeychainState state);

class Macos final : public Device {
 public:
  using Device::Device;

  [[nodiscard]] std::string_view os() const override { return "macos"; }
  [[nodiscard]] std::string product() const override { return "macOS 14"; }

  SignIn sign_in(std::string_view account, const base::Secret& password) override;
  void set_verifier(LocalAccount& account, std::string verifier, PasswordOrigin origin) override;
  [[nodiscard]] Screen screen() const override;
  void erase() override;

  [[nodiscard]] KeychainState keychain(std::string_view account) const;
  /// The person gives the previous password; true where it was the right one. The keychain then takes the current
  /// password and keeps its items. [rule V63]
  bool update_keychain(const base::Secret& previous_password);

 private:
  /// Verifier of the password that opens each keychain.
  std::map<std::string, std::string, std::less<>> keychains_;
};

}  // namespace fakes::devices
