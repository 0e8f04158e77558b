// The states of a user. [Okta provisioning-clients 5.3-11] [Okta provisioning-clients 5.3-12]
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fakes::okta {

enum class UserStatus : std::uint8_t { staged, provisioned, active, recovery, locked_out, password_expired, suspended, deprovisioned };

inline constexpr std::array all_user_statuses{UserStatus::staged,     UserStatus::provisioned,      UserStatus::active,    UserStatus::recovery,
                                              UserStatus::locked_out, UserStatus::password_expired, UserStatus::suspended, UserStatus::deprovisioned};

/// `LOCKED_OUT`
[[nodiscard]] std::string_view name_of(UserStatus status);
[[nodiscard]] std::optional<UserStatus> user_status_named(std::string_view name);

}  // namespace fakes::okta
