// A computer with local accounts, at most one open session, and a login screen. What Windows and macOS do
// differently is in the two derived classes; what the agent does is in agent.h. A device survives a power cut: only
// its session and its programs end.
#pragma once

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

namespace fakes::devices {

struct LocalAccount {
  std::string name;
  std::string full_name;
  bool admin = false;
  bool enabled = true;
  /// The directory user that the agent manages it for; empty while unmanaged. [rule V4] [rule V5]
  std::string managed_for;
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

  // What a person does at the keyboard.
  virtual SignIn sign_in(std::string_view account, const base::Secret& password);
  void sign_out();

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

  /// The account whose session is open.
  [[nodiscard]] const std::optional<std::string>& session() const { return session_; }
  [[nodiscard]] base::Instant session_since() const { return session_since_; }
  /// Names offered at the login screen. [rule V24] [rule V27]
  [[nodiscard]] std::vector<std::string> login_screen() const;
  /// What is on the screen, in words.
  [[nodiscard]] virtual std::string screen() const;

 protected:
  void open_session(std::string_view account);
  void end_session(std::string_view why);
  [[nodiscard]] base::Trace& trace() const { return *trace_; }

 private:
  std::string name_;
  base::Clock* clock_;
  base::Rng rng_;
  base::Trace* trace_;
  base::PasswordCost cost_;
  bool powered_ = true;
  std::map<std::string, LocalAccount, std::less<>> accounts_;
  std::optional<std::string> session_;
  base::Instant session_since_{};
};

}  // namespace fakes::devices
