#include "fakes/okta/org/assignment.h"

#include <array>

namespace fakes::okta {

std::string_view name_of(AppUserStatus status) {
  constexpr std::array<std::string_view, 5> names{"STAGED", "PROVISIONED", "ACTIVE", "INACTIVE", "DEPROVISIONED"};
  return names.at(static_cast<std::size_t>(status));
}

std::string_view name_of(SyncState state) {
  constexpr std::array<std::string_view, 5> names{"DISABLED", "OUT_OF_SYNC", "SYNCING", "SYNCHRONIZED", "ERROR"};
  return names.at(static_cast<std::size_t>(state));
}

}  // namespace fakes::okta
