// Everything of a Mac that its behaviour depends on, as a value: copied, compared and explored. Secrets are in it as numbers alone.
// Four passwords of one person can part here: the directory's, the account's, the one of FileVault's window and the login
// keychain's. [rule V60]
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/devices/account.h"
#include "fakes/devices/defects.h"
#include "fakes/devices/notice.h"
#include "fakes/devices/quirks.h"
#include "fakes/devices/sessions.h"

namespace fakes::devices::macos {

/// What a Mac's screen is taken by; people's acts depend on it.
enum class MacStage {
  off,
  setup,    ///< Setup Assistant: no account was ever made
  preboot,  ///< FileVault's window: the volume is locked, macOS and the agent are not running
  login,
  desktop,
  locked,
  keychain_prompt,  ///< the desktop waits behind it [rule V65]
  web_view
};
inline constexpr int mac_stages = 8;

[[nodiscard]] std::string_view to_text(MacStage stage);

/// Made at the first sign-in, with the password of that day.
struct Keychain {
  PasswordId password = PasswordId::none;
  std::set<std::string> items{};
  bool open = false;  ///< until its session ends, whatever becomes of the account's password
  bool operator==(const Keychain&) const = default;
};

/// The window that the directory's app shows after a change made elsewhere. [rule V63] [rule V64]
enum class AppWindow {
  none,
  confirm_now,         ///< asks for the new password, as the current one
  sync_keychain,       ///< asks for the previous one
  sync_keychain_again  ///< what was given did not open it. Assumed: the attempt to recover it is one more question.
};

struct MacAccount : Account {
  bool secure_token = false;               ///< and so an owner of the volume [rule V68]
  bool file_vault_user = false;            ///< offered in FileVault's window [rule V25]
  PasswordId preboot = PasswordId::none;   ///< what FileVault's window wants of a holder of a token [rule V72]
  std::optional<Keychain> keychain{};
  std::vector<Keychain> put_aside{};       ///< former ones: nobody reads their items again [rule V64]
  AppWindow app = AppWindow::none;
  bool operator==(const MacAccount&) const = default;
};

/// The agent's own account: without shell and home, so nobody signs in to it. [rule V69]
struct ServiceAccount {
  bool secure_token = false;
  bool od_valid = true;    ///< its password in Open Directory
  bool apfs_valid = true;  ///< its password of the volume
  /// False is the console's "Invalid", like an account that is missing. [rule V70]
  [[nodiscard]] bool valid() const { return secure_token && od_valid && apfs_valid; }
  bool operator==(const ServiceAccount&) const = default;
};

struct MacState {
  bool powered = true;
  Membership membership = Membership::none;
  DeviceQuirks quirks{};
  Defects defects{};
  bool set_up = true;
  bool file_vault = false;
  bool unlocked = true;  ///< the volume; always true without FileVault
  std::uint32_t recovery_key = 0;  ///< which one it is, counted up; 0: none
  bool key_escrowed = false;       ///< the directory has that one
  std::map<std::string, MacAccount, std::less<>> accounts{};
  std::optional<ServiceAccount> service_account{};
  bool password_policy_of_another_mdm = false;  ///< keeps the service account from being made [rule V70]
  bool bootstrap_token = false;                 ///< in escrow: gives the service account its token without anybody's sign-in
  Sessions sessions{};
  bool keychain_prompt = false;
  bool web_view = false;
  std::string web_host{};
  std::set<std::string, std::less<>> stale{};  ///< enabled again, which the login window has not noticed [rule V33]
  Notice notice{};
  std::string offer{};                ///< beside the names; empty: nothing [rule V40]
  bool app_shown = true;              ///< the menu-bar app, to whoever is managed [rule V88]
  bool wifi = true;                   ///< chosen once, and remembered [rule V46]
  bool complexity_demanded = false;   ///< also of unmanaged accounts [rule V89]
  bool operator==(const MacState&) const = default;
};

[[nodiscard]] MacStage stage_of(const MacState& state);
[[nodiscard]] MacAccount* find(MacState& state, std::string_view name);
[[nodiscard]] const MacAccount* find(const MacState& state, std::string_view name);
/// Whose desktop, prompt or lock screen it is; null: nobody's.
[[nodiscard]] MacAccount* in_front(MacState& state);
[[nodiscard]] const MacAccount* in_front(const MacState& state);
/// Whether macOS runs, and so an agent can.
[[nodiscard]] bool running(const MacState& state);
/// The account's attribute as `dscl . -read` prints it; `;DisabledUser;` in it keeps everybody out. [rule V23]
[[nodiscard]] std::string authentication_authority(const MacAccount& account);

enum class KeychainState {
  unlocked,
  locked,      ///< nobody is signed in
  out_of_sync  ///< it still has the previous password [rule R18] [rule V62]
};

[[nodiscard]] std::string_view to_text(KeychainState state);
[[nodiscard]] KeychainState keychain_of(const MacState& state, std::string_view name);

}  // namespace fakes::devices::macos
