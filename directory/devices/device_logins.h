// Attempts to sign in at devices, as their agents report them: each becomes an event of the systems service,
// and failures count towards the same lock as those in the portal. [rule V34] [rule D112] [rule DI52]
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "base/json.h"
#include "directory/core/core.h"
#include "directory/devices/desired_state.h"
#include "directory/users/user.h"

namespace directory {

struct DeviceLogin {
  enum class Kind {
    sign_in,
    elevation  ///< the prompt of Windows for an administrator's rights; a failure counts twice [rule V35]
               ///< [rule D113]
  };
  /// The agent numbers its attempts, so that one that is reported again counts once.
  std::int64_t sequence = 0;
  UserId user;
  Kind kind = Kind::sign_in;
  bool success = false;
  base::Instant at{};  ///< on the device's clock
  /// How, in the numbers of Windows: 2 at the login window, 7 at a lock screen, 11 with a kept password while the
  /// domain is out of reach. Shown for Windows alone. [rule DI27]
  std::int64_t logon_type = 2;
};

inline constexpr std::size_t most_reported_logins = 200;

/// `[{sequence, user_id, kind: sign_in | elevation, success, at, logon_type}]`, of which kind and logon_type may be left
/// out; an error names what is wrong.
[[nodiscard]] std::expected<std::vector<DeviceLogin>, std::string> read_device_logins(const base::Json& list);

/// An event of the systems service about a user on a device. [rule DI27] [rule DI52]
[[nodiscard]] Event systems_event(std::string type, const System& system, const User& user);

/// In order of sequence; what was reported before, or is about a user who is not bound here, is passed over.
void record_device_logins(Core& core, const System& system, const std::vector<DeviceLogin>& logins);

}  // namespace directory
