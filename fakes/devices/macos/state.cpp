#include "fakes/devices/macos/state.h"

namespace fakes::devices::macos {

std::string_view to_text(MacStage stage) {
  switch (stage) {
    case MacStage::off: return "off";
    case MacStage::setup: return "setup";
    case MacStage::preboot: return "preboot";
    case MacStage::login: return "login";
    case MacStage::desktop: return "desktop";
    case MacStage::locked: return "locked";
    case MacStage::keychain_prompt: return "keychain prompt";
    case MacStage::web_view: return "web view";
  }
  return "";
}

MacAccount* find(MacState& state, std::string_view name) {
  const auto found = state.accounts.find(name);
  return found == state.accounts.end() ? nullptr : &found->second;
}

const MacAccount* find(const MacState& state, std::string_view name) {
  const auto found = state.accounts.find(name);
  return found == state.accounts.end() ? nullptr : &found->second;
}

MacAccount* in_front(MacState& state) { return state.sessions.front ? find(state, *state.sessions.front) : nullptr; }
const MacAccount* in_front(const MacState& state) { return state.sessions.front ? find(state, *state.sessions.front) : nullptr; }

MacStage stage_of(const MacState& state) {
  if (!state.powered) return MacStage::off;
  if (!state.set_up) return MacStage::setup;
  if (!state.unlocked) return MacStage::preboot;
  if (state.web_view) return MacStage::web_view;
  if (!state.sessions.front) return MacStage::login;
  if (state.sessions.locked) return MacStage::locked;
  return state.keychain_prompt ? MacStage::keychain_prompt : MacStage::desktop;
}

bool running(const MacState& state) {
  const auto stage = stage_of(state);
  return stage != MacStage::off && stage != MacStage::setup && stage != MacStage::preboot;
}

std::string authentication_authority(const MacAccount& account) {
  std::string text = ";ShadowHash;HASHLIST:<SALTED-SHA512-PBKDF2>";
  if (account.secure_token) text += " ;SecureToken;";
  if (!account.enabled) text += " ;DisabledUser;";
  return text;
}

std::string_view to_text(KeychainState state) {
  switch (state) {
    case KeychainState::unlocked: return "unlocked";
    case KeychainState::locked: return "locked";
    case KeychainState::out_of_sync: return "out of sync";
  }
  return "";
}

KeychainState keychain_of(const MacState& state, std::string_view name) {
  const auto* account = find(state, name);
  if (account == nullptr || !account->keychain || !state.sessions.has(name)) return KeychainState::locked;
  if (account->keychain->password != account->password) return KeychainState::out_of_sync;
  return account->keychain->open ? KeychainState::unlocked : KeychainState::locked;
}

}  // namespace fakes::devices::macos
