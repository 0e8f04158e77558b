// Windows: Hello PINs.
#pragma once

#include <map>

#include "fakes/devices/device.h"

namespace fakes::devices {

enum class Edition {
  pro,
  home,  ///< nobody is signed out by disabling an account; the next sign-in is refused [rule V21]
  server
};

enum class PinSignIn { ok, wrong_pin, no_pin, password_needed, refused };

class Windows final : public Device {
 public:
  using Device::Device;

  [[nodiscard]] std::string_view os() const override { return "windows"; }
  [[nodiscard]] std::string product() const override;
  void set_edition(Edition edition) { edition_ = edition; }

  SignIn sign_in(std::string_view account, const base::Secret& password) override;
  void set_verifier(LocalAccount& account, std::string verifier, PasswordOrigin origin) override;

  /// Sets a Hello PIN for the account that is signed in; false where none is.
  bool set_pin(const base::Secret& pin);
  /// After a password change elsewhere the PIN is refused until one sign-in with the new password.
  /// [rule V80] [rule V81] [rule R17]
  PinSignIn sign_in_with_pin(std::string_view account, const base::Secret& pin);
  void erase() override;

 protected:
  [[nodiscard]] bool signs_out_disabled() const override { return edition_ != Edition::home; }

 private:
  struct Hello {
    base::Secret pin;
    bool password_needed = false;
  };
  Edition edition_ = Edition::pro;
  std::map<std::string, Hello, std::less<>> hello_;
};

}  // namespace fakes::devices
