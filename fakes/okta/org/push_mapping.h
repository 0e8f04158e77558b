// A group that is pushed to an application, and which group it is there.
// [Okta provisioning-clients 4.8-12] [Okta provisioning-clients 4.8-13] [Okta provisioning-clients 4.8-14]
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/instant.h"
#include "fakes/okta/org/ids.h"

namespace fakes::okta {

/// INACTIVE: nothing is pushed. ERROR: the last push failed for good. [Okta provisioning-clients 4.8-16]
enum class MappingStatus : std::uint8_t { active, inactive, error };
/// What becomes of the app's group when it is unlinked. [Okta provisioning-clients 4.8-13]
enum class UnlinkAction : std::uint8_t { leave, remove };

struct PushMapping {
  MappingId id;
  GroupId group;
  std::string external_id{};  ///< the app's id of the group; empty until it is known
  bool linked = false;        ///< to a group that was there before; members stay until a push now [Okta provisioning-clients 4.8-15]
  bool rename = true;         ///< whether that group takes the name
  MappingStatus status = MappingStatus::active;
  std::string error{};
  base::Instant created{};
  base::Instant last_updated{};
  std::optional<base::Instant> last_push{};
};

}  // namespace fakes::okta
