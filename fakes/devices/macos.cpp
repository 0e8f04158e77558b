#include "fakes/devices/macos.h"

#include <fmt/format.h>

namespace fakes::devices {

std::string_view to_text(KeychainState state) {
  switch (state) {
    case KeychainState::unlocked: return "unlocked";
    case KeychainState::locked: return "locked";
    case KeychainState::out_of_sync: return "out of sync";
  }
  return "";
}

SignIn Macos::sign_in(std::string_view name, const base::Secret& password) {
  const auto outcome = Device::sign_in(name, password);
  // The first sign-in makes the keychain, with the password of that day.
  if (outcome == SignIn::ok) keychains_.try_emplace(std::string(name), find_account(name)->verifier);
  if (outcome == SignIn::ok && keychain(name) == KeychainState::out_of_sync) {
    trace().note(this->name(), fmt::format("the login keychain of {} asks for the previous password", name));
  }
  return outcome;
}

void Macos::set_verifier(LocalAccount& account, std::string verifier, PasswordOrigin origin) {
  if (origin == PasswordOrigin::typed_here) {
    if (const auto found = keychains_.find(account.name); found != keychains_.end()) found->second = verifier;
  }
  Device::set_verifier(account, std::move(verifier), origin);
}

void Macos::erase() {
  Device::erase();
  keychains_.clear();
}

KeychainState Macos::keychain(std::string_view name) const {
  if (!session() || *session() != name) return KeychainState::locked;
  const auto* account = find_account(name);
  const auto found = keychains_.find(name);
  if (account == nullptr || found == keychains_.end()) return KeychainState::locked;
  return found->second == account->verifier ? KeychainState::unlocked : KeychainState::out_of_sync;
}

bool Macos::update_keychain(const base::Secret& previous_password) {
  if (!session()) return false;
  const auto found = keychains_.find(*session());
  if (found == keychains_.end() || !base::verify_password(previous_password, found->second)) return false;
  found->second = find_account(*session())->verifier;
  return true;
}

Screen Macos::screen() const {
  auto screen = Device::screen();
  if (screen.kind == Screen::Kind::desktop && keychain(screen.account) == KeychainState::out_of_sync) {
    screen.prompt = {.title = "The system was unable to unlock your login keychain",
                     .text = "",
                     .fields = {},
                     .choices = {"Continue Log In", "Create New Keychain", "Update Keychain Password"}};  // [rule V65]
  }
  return screen;
}

}  // namespace fakes::devices
