// A state as bytes: equal for equal states and for no others. A field that is forgotten here makes two states one, which the
// explorations notice: they compare the first thousands of states with both.
#pragma once

#include <concepts>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "fakes/devices/account.h"
#include "fakes/devices/macos/state.h"
#include "fakes/devices/notice.h"
#include "fakes/devices/sessions.h"
#include "fakes/devices/windows/state.h"

namespace fakes::devices {

/// Bools, enums and numbers below 256.
template <class Small>
  requires std::integral<Small> || std::is_enum_v<Small>
void append_key(std::string& key, Small value) {
  key.push_back(static_cast<char>(value));
}

inline void append_key(std::string& key, std::string_view text) {
  append_key(key, text.size());
  key += text;
}
inline void append_key(std::string& key, const std::string& text) { append_key(key, std::string_view(text)); }

template <class Value>
void append_key(std::string& key, const std::optional<Value>& value);

template <class List>
void append_list(std::string& key, const List& list) {
  append_key(key, list.size());
  for (const auto& one : list) append_key(key, one);
}

inline void append_key(std::string& key, const Sessions& sessions) {
  append_list(key, sessions.open);
  append_key(key, sessions.front.value_or(""));
  append_key(key, sessions.locked);
}

inline void append_key(std::string& key, const Notice& notice) {
  append_key(key, notice.kind);
  append_key(key, notice.typed_name);
}

inline void append_account(std::string& key, const Account& account) {
  append_key(key, account.name);
  append_key(key, account.full_name);
  append_key(key, account.admin);
  append_key(key, account.sudo_without_password);
  append_key(key, account.enabled);
  append_key(key, account.managed_for);
  append_key(key, account.kind);
  append_key(key, account.password);
  append_list(key, account.groups);
  append_list(key, account.files);
}

inline void append_key(std::string& key, const windows::Hello& hello) {
  append_key(key, hello.kind);
  append_key(key, hello.pin);
  append_key(key, hello.biometrics);
  append_key(key, hello.picture);
  append_key(key, hello.password);
}

inline void append_key(std::string& key, const windows::Vault& vault) {
  append_key(key, vault.key);
  append_list(key, vault.secrets);
  append_key(key, vault.open);
}

template <class Value>
void append_key(std::string& key, const std::optional<Value>& value) {
  append_key(key, value.has_value());
  if (value) append_key(key, *value);
}

inline void append_key(std::string& key, const windows::WindowsAccount& account) {
  append_account(key, account);
  append_key(key, account.hello);
  append_key(key, account.vault);
}

/// Quirks do not change while a device is explored.
inline void append_key(std::string& key, const windows::WindowsState& state) {
  append_key(key, state.powered);
  append_key(key, state.edition);
  append_key(key, state.membership);
  append_key(key, state.accounts.size());
  for (const auto& [name, account] : state.accounts) append_key(key, account);
  append_key(key, state.sessions);
  append_key(key, state.notice);
  append_key(key, state.offer);
  append_key(key, state.web_view);
  append_key(key, state.web_host);
  append_key(key, state.complexity_demanded);
}

inline void append_key(std::string& key, const macos::Keychain& keychain) {
  append_key(key, keychain.password);
  append_list(key, keychain.items);
  append_key(key, keychain.open);
}

inline void append_key(std::string& key, const macos::MacAccount& account) {
  append_account(key, account);
  append_key(key, account.secure_token);
  append_key(key, account.file_vault_user);
  append_key(key, account.preboot);
  append_key(key, account.app);
  append_key(key, account.keychain.has_value());
  if (account.keychain) append_key(key, *account.keychain);
  append_key(key, account.put_aside.size());
  for (const auto& keychain : account.put_aside) append_key(key, keychain);
}

inline void append_key(std::string& key, const macos::ServiceAccount& service) {
  append_key(key, service.secure_token);
  append_key(key, service.od_valid);
  append_key(key, service.apfs_valid);
}

inline void append_key(std::string& key, const macos::MacState& state) {
  for (const bool flag : {state.powered, state.set_up, state.file_vault, state.unlocked, state.key_escrowed,
                          state.password_policy_of_another_mdm, state.bootstrap_token, state.keychain_prompt, state.web_view,
                          state.app_shown, state.wifi, state.complexity_demanded, state.service_account.has_value()})
    append_key(key, flag);
  append_key(key, state.membership);
  append_key(key, state.recovery_key);
  append_key(key, state.accounts.size());
  for (const auto& [name, account] : state.accounts) append_key(key, account);
  if (state.service_account) append_key(key, *state.service_account);
  append_key(key, state.sessions);
  append_key(key, state.notice);
  append_key(key, state.offer);
  append_key(key, state.web_host);
  append_list(key, state.stale);
}

}  // namespace fakes::devices
