// The directory's agent on a device: registers once, then holds a long poll and makes the device look as the
// directory says; a second task reports what the device has to tell. It keeps what it must remember on the
// device, so that it goes on after a power cut.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/http_transport.h"
#include "base/json.h"
#include "base/task.h"
#include "base/trace.h"
#include "base/uri.h"
#include "base/wait.h"
#include "fakes/devices/agent_memory.h"
#include "fakes/devices/agent_plan.h"
#include "fakes/devices/defects.h"
#include "fakes/devices/device.h"
#include "fakes/probes.h"

namespace fakes::devices {

struct AgentConfig {
  base::Uri directory_url;
  base::Secret connect_key;
  /// How long a poll is held. [rule V6]
  base::Duration poll = std::chrono::seconds{60};
  /// The pause after a failed call.
  base::Duration retry = std::chrono::seconds{30};
  Defects defects{};
  Probing probing{};
};

/// What an agent is given from outside; all of it outlives the agent.
struct AgentPorts {
  base::Scheduler& scheduler;
  base::Clock& clock;
  base::HttpTransport& transport;
  base::Trace& trace;
  base::SecretWitness& witness;
};

enum class PasswordChange {
  ok,
  wrong_password,
  refused,
  offline,
  not_managed,
  app_hidden,
  managed_elsewhere  ///< the password is an external authority's [rule V67] [rule D41]
};

[[nodiscard]] std::string_view to_text(PasswordChange outcome);

/// What the person chooses for an account that is provisioned, where the directory's password is not to open it. [rule V48]
struct LocalPasscode {
  base::Secret passcode;
  bool as_pin = false;  ///< on Windows: a PIN for Windows Hello, and a password that nobody knows
};

/// How a provisioning at the login window ended.
struct Provisioning {
  enum class Kind {
    ok,
    refused,
    offline,
    under_way  ///< the person is still at the identity provider
  };
  Kind kind = Kind::offline;
  std::string account{};  ///< the local account's name
  std::string message{};  ///< what the directory said
};

/// The login window asks for the directory's password: provision_account() takes it.
struct AsksPassword {};
/// The login window shows a page of the identity provider; its browser has the cookie for the directory's host.
/// [rule V45] [rule V46]
struct ShowsPage {
  base::Uri address;
  std::string set_cookie;
};
/// How a provisioning goes on once somebody has given a name; or how it ended.
using ProvisioningBegun = std::variant<AsksPassword, ShowsPage, Provisioning>;

/// A device's agent is installed again, by an administrator of the device: nothing is left of what it knew, and nobody
/// manages the accounts that are there, until the directory says otherwise to a system that is new to it. No agent
/// runs meanwhile. [rule V1] [rule V10]
void reinstall_agent(Device& device, AgentMemory& memory);

class Agent {
 public:
  Agent(Device& device, AgentMemory& memory, AgentPorts ports, base::Rng rng, AgentConfig config);
  ~Agent();
  Agent(const Agent&) = delete;
  Agent& operator=(const Agent&) = delete;

  /// Registration and polls; ends when the agent is uninstalled or the device shut down.
  base::Task<void> run();
  /// Reports; runs beside run().
  base::Task<void> run_reports();
  /// Reminds whoever is at the desktop that the password expires soon; runs beside run(). [rule V87]
  base::Task<void> run_reminders();

  /// Its tasks end when they next wake, without touching device or memory; both are another agent's from now on.
  void retire();

  /// Whether the tray app or menu-bar app is there for an account. [rule V88] [rule D98]
  [[nodiscard]] bool shows_app_to(std::string_view account) const;
  /// Whether the login window says "Sign in with JumpCloud". [rule V40]
  [[nodiscard]] bool offers_provisioning() const;

  /// The tray app or menu-bar app: the person gives the old and a new password. [rule R16] [rule V61]
  base::Task<PasswordChange> change_password(std::string account, base::Secret old_password,
                                             base::Secret new_password);
  /// The login window: the person signs in to the directory and gets an account on the device. With a
  /// passcode the account has that instead of the directory's password. [rule R14] [rule V47] [rule V48]
  base::Task<Provisioning> provision_account(std::string username, base::Secret password,
                                             std::optional<LocalPasscode> passcode);
  /// The same for whoever does not know yet where to sign in: a password here, or a page in the login window, which is
  /// open then. What is typed there the agent does not see. [rule V45] [rule D97]
  base::Task<ProvisioningBegun> begin_provisioning(std::string username, bool password_sync);
  /// The page has led back, or the agent was cut off while the account came about. Without password sync the account
  /// has the passcode. Whatever ends it closes the page. [rule V47] [rule V48]
  base::Task<Provisioning> complete_provisioning(std::optional<LocalPasscode> passcode);
  /// The person closes the page.
  void cancel_provisioning();

 private:
  // agent.cpp
  base::Task<bool> enrol();
  base::Task<void> poll_once();
  void take_state(const base::Json& state);
  void uninstall();
  /// How long an answer is waited for.
  static constexpr base::Duration call_timeout = std::chrono::seconds{30};

  base::Task<base::HttpResult> call(std::string method, std::string path,
                                    std::optional<base::JsonObject> body, base::Duration timeout);
  [[nodiscard]] bool is_over() const { return retired_ || memory_->uninstalled || !device_->powered(); }
  void stop_listening();
  [[nodiscard]] bool has(Defect defect) const { return config_.defects.contains(defect); }

  // agent_accounts.cpp
  void apply_accounts(const base::JsonArray& accounts);
  /// A password on its way to an account.
  struct Handoff {
    std::string user;
    std::string id;
    std::int64_t stamp = 0;
    std::optional<PasswordId> password;  ///< empty: the device has it already
  };
  [[nodiscard]] BoundUser read_user(const base::JsonObject& wanted);
  [[nodiscard]] std::optional<Handoff> open_handoff(const base::JsonObject& wanted);
  void carry_out(const AccountsPlan& plan);

  // agent_disk.cpp
  void install_service_account();
  void rotate_recovery_key();
  /// False where the directory has not heard of it.
  base::Task<bool> send_recovery_key();

  // agent_reports.cpp
  [[nodiscard]] base::JsonObject facts() const;
  [[nodiscard]] base::JsonArray attempts(std::int64_t& newest) const;
  [[nodiscard]] bool has_news() const;
  [[nodiscard]] bool has_report() const;
  base::Task<bool> report();
  void take_commands(const base::JsonArray& commands);
  void carry_out(Command command);

  // agent_app.cpp
  /// Shows a reminder that is due; when the next one is.
  std::optional<base::Instant> remind();

  // agent_provisioning.cpp
  [[nodiscard]] base::JsonArray account_names() const;
  /// The account that the directory has granted: with the passcode, else with the directory's password, where that was typed here.
  Provisioning finish_provisioning(const base::Json& granted, const std::string& username,
                                   const std::optional<base::Secret>& password, const std::optional<LocalPasscode>& passcode);
  void set_passcode(const std::string& account, const LocalPasscode& passcode);
  /// Why this device has no such passcode; empty: it has.
  [[nodiscard]] std::string objection_to(const std::optional<LocalPasscode>& passcode) const;

  // agent_capture.cpp
  struct CapturedChange {
    base::Secret present;
    base::Secret password;
  };
  void capture(const std::string& account, CapturedChange change);
  void keep_captured(const std::string& user, const CapturedChange& change);
  [[nodiscard]] std::optional<CapturedChange> open_captured(const std::string& user, std::string_view box) const;
  base::Task<bool> send_captured();
  /// False where the directory did not take it up.
  base::Task<bool> send_captured(std::string user, std::string box, CapturedChange change);

  Device* device_;
  AgentMemory* memory_;
  AgentPorts ports_;
  base::Rng rng_;
  AgentConfig config_;
  bool retired_ = false;
  bool lost_contact_ = false;
  base::Event news_;     ///< there may be something to report
  base::Event contact_;  ///< the directory has answered a poll
};

}  // namespace fakes::devices
