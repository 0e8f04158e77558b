// What an agent keeps on its device, so that it goes on after a power cut.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/crypto.h"
#include "base/instant.h"
#include "base/secret.h"

namespace fakes::devices {

enum class Command { lock, restart, shutdown, erase };

/// A recovery key that the directory does not have yet. [rule V69]
struct RecoveryKey {
  std::int64_t sequence = 0;
  base::Secret key;
};

/// A provisioning whose person signs in at the identity provider. [rule V45]
struct BegunProvisioning {
  base::Secret ticket;  ///< what the directory knows it by
  std::string username;
  bool password_sync = true;
};

/// What somebody was shown of the expiry of a password. [rule V87]
struct Reminded {
  base::Instant expires{};
  std::optional<base::Instant> last{};
};

/// Survives a power cut.
struct AgentMemory {
  std::string system_id;
  base::Secret agent_key;
  base::SealingKeys sealing_keys;
  std::int64_t revision = 0;
  /// The newest password of each user that this device has, as the directory stamps them.
  std::map<std::string, std::int64_t, std::less<>> password_stamps;
  /// The hand-off that was taken last, by user: the same one may come again until its report has arrived.
  std::map<std::string, std::string, std::less<>> handoffs_taken;
  /// Passwords changed in the operating system that the directory does not have yet, by user; sealed to the agent's own
  /// key, with the one that the directory knows. [rule V86]
  std::map<std::string, std::string, std::less<>> captured;
  /// What is carried out and waits for its report to arrive.
  std::set<std::string> handoffs_done;
  std::set<std::string> commands_done;
  /// Commands that are carried out and that the directory may still name, in a state that was under way.
  std::set<std::string> commands_known;
  /// A command after which nothing could be reported: carried out once its report has arrived.
  std::optional<Command> last_command;
  /// What the directory was told last.
  std::string reported_facts;
  std::int64_t reported_attempts = 0;
  /// What the directory said last.
  bool app_hidden = false;
  bool provisioning_offered = false;
  std::set<std::string, std::less<>> users_without_sync;
  bool service_account_made = false;
  std::optional<RecoveryKey> recovery_key;
  std::set<std::string, std::less<>> users_managed_elsewhere;  ///< whose passwords are another's to change [rule V67]
  std::map<std::string, base::Instant, std::less<>> password_expires;
  std::map<std::string, Reminded, std::less<>> reminded;
  std::optional<BegunProvisioning> provisioning;
  /// The directory has deleted this system, or erased the device: the agent is no longer there.
  bool uninstalled = false;
};

}  // namespace fakes::devices
