// What an agent tells of a disk that can be encrypted and of who may unlock it; only a Mac has such things here.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>

namespace fakes::devices {

struct DiskFacts {
  /// The agent's own account. [rule V69] [rule V70]
  struct ServiceAccount {
    bool secure_token = false;
    bool od_valid = false;
    bool apfs_valid = false;
  };

  bool encrypted = false;
  std::uint32_t recovery_key = 0;  ///< which one it is, counted up from 1
  bool key_escrowed = false;       ///< by the agent that made it
  std::optional<ServiceAccount> service_account{};
  std::set<std::string, std::less<>> token_holders{};  ///< local accounts
};

}  // namespace fakes::devices
