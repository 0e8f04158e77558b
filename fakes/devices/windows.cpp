#include "fakes/devices/windows.h"

#include <fmt/format.h>

namespace fakes::devices {

std::string Windows::product() const {
  switch (edition_) {
    case Edition::pro: return "Windows 11 Pro";
    case Edition::home: return "Windows 11 Home";
    case Edition::server: return "Windows Server 2022";
  }
  return "";
}

void Windows::erase() {
  Device::erase();
  hello_.clear();
}

SignIn Windows::sign_in(std::string_view name, const base::Secret& password) {
  const auto outcome = Device::sign_in(name, password);
  if (outcome != SignIn::ok) return outcome;
  if (const auto hello = hello_.find(name); hello != hello_.end()) hello->second.password_needed = false;
  return outcome;
}

void Windows::set_verifier(LocalAccount& account, std::string verifier, PasswordOrigin origin) {
  Device::set_verifier(account, std::move(verifier), origin);
  const auto hello = hello_.find(account.name);
  // Who types the new password here has shown it to this device, even where the agent has set it just before.
  if (hello != hello_.end()) hello->second.password_needed = origin == PasswordOrigin::elsewhere;
}

bool Windows::set_pin(const base::Secret& pin) {
  if (!session()) return false;
  hello_.insert_or_assign(*session(), Hello{pin});
  return true;
}

PinSignIn Windows::sign_in_with_pin(std::string_view name, const base::Secret& pin) {
  const auto hello = hello_.find(name);
  if (hello == hello_.end()) return PinSignIn::no_pin;
  const auto* account = find_account(name);
  if (account == nullptr || !account->enabled || !powered() || (session() && *session() != name)) return PinSignIn::refused;
  if (hello->second.password_needed) {
    trace().note(this->name(), fmt::format("PIN of {} is refused: the password was changed on a different device", name));
    return PinSignIn::password_needed;
  }
  if (!(hello->second.pin == pin)) return PinSignIn::wrong_pin;
  open_session(name);
  return PinSignIn::ok;
}

}  // namespace fakes::devices
