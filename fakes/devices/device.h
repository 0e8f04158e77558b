// A computer with local accounts and the people in front of it, as the rest of the bench meets it. What it is lies in a value, and
// what happens to it in a pure function, one of each a platform (windows/step.h, macos/step.h); this shell turns passwords into
// numbers for them and carries their effects to the trace and to the log of attempts. A device survives a power cut: only its
// sessions and its programs end.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/rng.h"
#include "base/secret.h"
#include "base/trace.h"
#include "fakes/devices/account.h"
#include "fakes/devices/agent_act.h"
#include "fakes/devices/defects.h"
#include "fakes/devices/disk_facts.h"
#include "fakes/devices/effect.h"
#include "fakes/devices/password_rules.h"
#include "fakes/devices/password_table.h"
#include "fakes/devices/person_act.h"
#include "fakes/devices/quirks.h"
#include "fakes/devices/screen.h"
#include "fakes/devices/sessions.h"
#include "fakes/probes.h"

namespace fakes::devices {

/// An entry of the operating system's log of attempts to sign in, which its agent reads.
struct SignInAttempt {
  std::int64_t sequence = 0;  ///< counts up from 1
  std::string account;
  bool elevation = false;  ///< for an administrator's rights [rule V35]
  bool success = false;
  bool at_lock_screen = false;  ///< of that account's own session
  base::Instant at{};
};

/// Somebody has changed the password with the operating system's own means, and both are known for a moment. [rule V86]
using ChangeListener =
    std::function<void(const std::string& account, const base::Secret& present, const base::Secret& password)>;

/// A message of the directory's app. [rule V87]
struct Popup {
  base::Instant at{};  ///< on the device's clock
  std::string account;
  std::string text;
};

class Device {
 public:
  Device(std::string name, base::Clock& clock, base::Rng rng, base::Trace& trace, base::PasswordCost cost);
  virtual ~Device() = default;
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] virtual Platform platform() const = 0;
  /// `windows`, `macos`.
  [[nodiscard]] std::string_view os() const;
  /// `Windows 11 Pro`, `macOS 14`.
  [[nodiscard]] virtual std::string product() const = 0;
  [[nodiscard]] virtual Membership membership() const = 0;
  [[nodiscard]] virtual bool powered() const = 0;
  /// Whether the operating system runs, and with it the agent.
  [[nodiscard]] virtual bool running() const { return powered(); }
  /// Whether an agent signs out whom it disables. [rule V21]
  [[nodiscard]] virtual bool ends_sessions_of_disabled() const { return true; }
  /// Whether names that differ in letter case are one; in truth they are two profiles. [rule V3]
  [[nodiscard]] virtual bool folds_names() const { return false; }

  // How it is before the run.
  virtual void join(Membership membership) = 0;
  virtual void add_quirk(DeviceQuirk quirk) = 0;
  virtual void seed(const Defects& defects) = 0;
  void probe_with(Probing probing) { probing_ = probing; }
  void add_account(Account account, const base::Secret& password);

  // What a person does.
  Outcome act(const PersonAct& act) { return apply(step(act)); }
  Outcome sign_in(std::string_view account, const base::Secret& password, By by = By::typed_name);
  Outcome sign_out() { return act(PersonAct(SignOut{})); }
  Outcome lock() { return act(PersonAct(Lock{})); }
  Outcome switch_user() { return act(PersonAct(SwitchUser{})); }
  Outcome elevate(std::string_view account, const base::Secret& password);
  void set_powered(bool powered);

  // What the operating system offers to its agent.
  Outcome act(const AgentAct& act) { return apply(step(act)); }
  /// Called after whatever an agent might report. One agent listens at a time.
  void set_listener(std::function<void()> listener) { listener_ = std::move(listener); }
  /// Told of what people change themselves. One agent listens at a time.
  void set_change_listener(ChangeListener listener) { change_listener_ = std::move(listener); }
  /// What passwords that people set here are measured with; whether they must meet it is the agent's DemandComplexity. [rule V89]
  void set_password_rules(PasswordRules rules) { rules_ = rules; }
  /// At the desktop of an account, until the next one or the end of its session.
  void show_popup(std::string account, std::string text);
  /// Every one so far, oldest first.
  [[nodiscard]] const std::vector<Popup>& popups() const { return popups_; }
  /// Attempts after `sequence`, oldest first. The log keeps the newest 1000.
  [[nodiscard]] std::vector<SignInAttempt> attempts_after(std::int64_t sequence) const;

  /// Which passwords of this device it is.
  [[nodiscard]] Typed typed(const base::Secret& password) const { return passwords_.typed(password); }
  /// A number for a password that is about to be set.
  PasswordId remember(const base::Secret& password) { return passwords_.add(password); }
  /// The same for an argon2id PHC string.
  PasswordId remember_verifier(std::string verifier) { return passwords_.add_verifier(std::move(verifier)); }
  /// Forgets the passwords that no lock knows any more.
  void forget_passwords() { passwords_.keep_only(passwords_in_use()); }

  // What is to be seen.
  [[nodiscard]] virtual const Account* find_account(std::string_view account) const = 0;
  /// By name.
  [[nodiscard]] virtual std::vector<const Account*> accounts() const = 0;
  [[nodiscard]] const Account* find_managed(std::string_view user_id) const;
  /// Whether that password signs in to the account, were it enabled.
  [[nodiscard]] bool opens(std::string_view account, const base::Secret& password) const;
  [[nodiscard]] virtual const Sessions& sessions() const = 0;
  /// The account in front, at its desktop or lock screen.
  [[nodiscard]] const std::optional<std::string>& session() const { return sessions().front; }
  [[nodiscard]] bool locked() const { return sessions().locked; }
  /// Since when the account has been signed in; empty: it is not.
  [[nodiscard]] std::optional<base::Instant> session_since(std::string_view account) const;
  /// Nothing where the platform has no such disk.
  [[nodiscard]] virtual std::optional<DiskFacts> disk_facts() const { return std::nullopt; }
  [[nodiscard]] virtual Screen screen() const = 0;
  /// Names offered at the login screen, which need not be up. [rule V24] [rule V27]
  [[nodiscard]] virtual std::vector<std::string> login_screen() const = 0;

 protected:
  virtual Step step(const PersonAct& act) = 0;
  virtual Step step(const AgentAct& act) = 0;
  virtual void put_account(Account account) = 0;
  [[nodiscard]] virtual std::set<PasswordId> passwords_in_use() const = 0;
  [[nodiscard]] Probing probing() const { return probing_; }
  /// Traces, logs and counts what a step has done.
  Outcome apply(const Step& step);
  /// A password that somebody is about to set, measured.
  NewPassword new_password(const base::Secret& password) { return {remember(password), rules_.met_by(password)}; }
  void tell_change(const std::string& account, const base::Secret& present, const base::Secret& password) const {
    if (change_listener_) change_listener_(account, present, password);
  }
  /// Puts the popup of whoever is at the desktop on it.
  void add_popup(Screen& screen) const;

 private:
  void take(const Note& note);
  void take(const Attempt& attempt);
  void take(const SessionBegan& began);
  void take(const SessionEnded& ended);

  std::string name_;
  base::Clock* clock_;
  base::Trace* trace_;
  PasswordTable passwords_;
  std::map<std::string, base::Instant, std::less<>> session_since_;
  std::deque<SignInAttempt> attempts_;
  std::int64_t attempts_made_ = 0;
  std::function<void()> listener_;
  ChangeListener change_listener_;
  PasswordRules rules_;
  std::vector<Popup> popups_;
  std::map<std::string, std::string, std::less<>> open_popups_;  ///< texts by account
  Probing probing_;
};

}  // namespace fakes::devices
