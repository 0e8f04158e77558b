// The directory's agent on a device: registers once, then holds a long poll and makes the device look as the
// directory says. It keeps what it must remember on the device, so that it goes on after a power cut.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/http_transport.h"
#include "base/json.h"
#include "base/task.h"
#include "base/trace.h"
#include "base/uri.h"
#include "fakes/devices/device.h"

namespace fakes::devices {

/// Survives a power cut.
struct AgentMemory {
  std::string system_id;
  base::Secret agent_key;
  base::SealingKeys sealing_keys;
  std::int64_t revision = 0;
  /// The newest password of each user that this device has, as the directory stamps them.
  std::map<std::string, std::int64_t, std::less<>> password_stamps;
};

struct AgentConfig {
  base::Uri directory_url;
  base::Secret connect_key;
  /// How long a poll is held. [rule V6]
  base::Duration poll = std::chrono::seconds{60};
  /// The pause after a failed call.
  base::Duration retry = std::chrono::seconds{30};
};

enum class PasswordChange { ok, wrong_password, refused, offline, not_managed };

[[nodiscard]] std::string_view to_text(PasswordChange outcome);

class Agent {
 public:
  Agent(Device& device, AgentMemory& memory, base::Clock& clock, base::HttpTransport& transport, base::Trace& trace,
        base::SecretWitness& witness, base::Rng rng, AgentConfig config);

  base::Task<void> run();
  /// The tray app or menu-bar app: the person gives the old and a new password. [rule R16] [rule V61]
  base::Task<PasswordChange> change_password(std::string account, base::Secret old_password, base::Secret new_password);

 private:
  base::Task<bool> enrol();
  base::Task<void> poll_once();
  base::Task<base::HttpResult> call(std::string method, std::string path, std::optional<base::JsonObject> body,
                                    base::Duration timeout);
  /// Returns the ids of the hand-offs it has used.
  std::vector<std::string> apply(const base::JsonArray& accounts);
  LocalAccount* claim_account(const base::JsonObject& wanted);
  std::optional<std::string> take_handoff(LocalAccount& account, const base::JsonObject& wanted);

  Device* device_;
  AgentMemory* memory_;
  base::Clock* clock_;
  base::HttpTransport* transport_;
  base::Trace* trace_;
  base::SecretWitness* witness_;
  base::Rng rng_;
  AgentConfig config_;
};

}  // namespace fakes::devices
