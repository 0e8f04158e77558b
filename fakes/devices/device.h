// A computer with local accounts, at most one open session, and a login screen. What Windows and macOS do
// differently is in the two derived classes; what the agent does is in agent.h. A device survives a power cut: only
// its session and its programs end.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/rng.h"
#include "base/secret.h"
#include "base/trace.h"
#include "fakes/devices/screen.h"

namespace fakes::devices {

/// Where an account comes from.
enum class AccountKind {
  local,
  microsoft,  ///< linked to a Microsoft account, which keeps its password [rule V52]
  domain      ///< of the directory that the device has joined [rule V14]
};

/// The directory of its own that a device has joined.
enum class Membership { none, domain, entra };

struct LocalAccount {
  std::string name;
  std::string full_name;
  bool admin = false;
  bool enabled = true;
  /// The directory user that the agent manages it for; empty while unmanaged. [rule V4] [rule V5]
  std::string managed_for;
  AccountKind kind = AccountKind::local;
  /// An argon2id PHC string; empty: no password opens it.
  std::string verifier;
  /// Profile data, to see that a takeover keeps it. [rule V22]
  std::vector<std::string> files;
};

/// Where a new password comes from; the platforms' stores of secrets depend on it.
enum class PasswordOrigin {
  typed_here,  ///< on this device, with the old one [rule V61] [rule V80]
  elsewhere    ///< through the agent [rule V62] [rule V81]
};

/// An entry of the operating system's log of attempts to sign in, which its agent reads.
struct SignInAttempt {
  std::int64_t sequence = 0;  ///< counts up from 1
  std::string account;
  bool elevation = false;  ///< for an administrator's rights [rule V35]
  bool success = false;
  base::Instant at{};
};

enum class SignIn { ok, wrong_password, disabled, no_such_account, in_use, off };

[[nodiscard]] std::string_view to_text(SignIn outcome);

class Device {
 public:
  Device(std::string name, base::Clock& clock, base::Rng rng, base::Trace& trace, base::PasswordCost cost);
  virtual ~Device() = default;
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] virtual std::string_view os() const = 0;
  [[nodiscard]] bool powered() const { return powered_; }
  void set_powered(bool powered);
  /// `Windows 11 Pro`, `macOS 14`.
  [[nodiscard]] virtual std::string product() const = 0;
  [[nodiscard]] Membership membership() const { return membership_; }
  void join(Membership membership) { membership_ = membership; }
  /// Called after whatever an agent might report. One agent listens at a time.
  void set_listener(std::function<void()> listener) { listener_ = std::move(listener); }

  /// What the login window offers beside the names; empty: nothing. [rule V40]
  void set_login_offer(std::string offer) { login_offer_ = std::move(offer); }

  // What a person does at the keyboard.
  virtual SignIn sign_in(std::string_view account, const base::Secret& password);
  void sign_out();
  /// Gives an account's password for an administrator's rights; false where it is not the right one.
  bool elevate(std::string_view account, const base::Secret& password);

  // What the operating system offers to its agent.
  void add_account(LocalAccount account, const base::Secret& password);
  [[nodiscard]] LocalAccount* find_account(std::string_view account);
  [[nodiscard]] const LocalAccount* find_account(std::string_view account) const;
  [[nodiscard]] const std::map<std::string, LocalAccount, std::less<>>& accounts() const { return accounts_; }
  [[nodiscard]] LocalAccount* find_managed(std::string_view user_id);
  void create_managed_account(std::string name, std::string full_name, std::string user_id);
  /// Disabling ends the account's session. [rule V20] [rule V29]
  void set_enabled(LocalAccount& account, bool enabled);
  virtual void set_verifier(LocalAccount& account, std::string verifier, PasswordOrigin origin);
  [[nodiscard]] std::string make_verifier(const base::Secret& password);
  /// Turns a domain profile into a local account with its files, as a migration tool does. [rule V56]
  void convert_to_local(LocalAccount& account) { account.kind = AccountKind::local; }
  /// Attempts after `sequence`, oldest first. The log keeps the newest 1000.
  [[nodiscard]] std::vector<SignInAttempt> attempts_after(std::int64_t sequence) const;

  /// The session stays open behind a lock screen, until its account signs in again.
  void lock();
  void restart();
  /// Removes every account with its files.
  virtual void erase();

  /// The account whose session is open.
  [[nodiscard]] const std::optional<std::string>& session() const { return session_; }
  [[nodiscard]] bool locked() const { return locked_; }
  [[nodiscard]] base::Instant session_since() const { return session_since_; }
  /// Names offered at the login screen. [rule V24] [rule V27]
  [[nodiscard]] std::vector<std::string> login_screen() const;
  /// What somebody in front of it sees.
  [[nodiscard]] virtual Screen screen() const;

 protected:
  void open_session(std::string_view account);
  void end_session(std::string_view why);
  /// Whether an account that is disabled is signed out at once. [rule V21]
  [[nodiscard]] virtual bool signs_out_disabled() const { return true; }
  [[nodiscard]] base::Trace& trace() const { return *trace_; }

 private:
  void log_attempt(std::string_view account, bool elevation, bool success);
  void tell_listener() const;

  std::string name_;
  base::Clock* clock_;
  base::Rng rng_;
  base::Trace* trace_;
  base::PasswordCost cost_;
  bool powered_ = true;
  std::map<std::string, LocalAccount, std::less<>> accounts_;
  std::optional<std::string> session_;
  bool locked_ = false;
  base::Instant session_since_{};
  Membership membership_ = Membership::none;
  std::deque<SignInAttempt> attempts_;
  std::int64_t attempts_made_ = 0;
  std::function<void()> listener_;
  std::string login_offer_;
};

}  // namespace fakes::devices
