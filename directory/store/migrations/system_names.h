// Systems are looked up by their host names: whenever an agent registers, and by admins.
#pragma once

namespace directory {

inline constexpr const char* system_names_migration = R"sql(
CREATE INDEX systems_by_hostname ON systems(hostname);
)sql";

}  // namespace directory
