// A user's state machine as one table: for each state and operation the state that follows, or the code of the refusal. What an
// operation does besides (passwords, assignments, sessions, log) is the org's matter.
// [Okta provisioning-clients 5.3-11] [Okta provisioning-clients 5.3-12]
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "fakes/okta/org/refusal.h"
#include "fakes/okta/org/user_status.h"

namespace fakes::okta {

enum class Operation : std::uint8_t {
  activate,
  reactivate,
  deactivate,
  suspend,
  unsuspend,
  unlock,
  reset_password,
  expire_password,
  reset_factors,
  remove,           ///< the DELETE
  set_password,     ///< by an admin
  change_password,  ///< with the old one
  forgot_password,
  choose_password,  ///< by the link of an activation or a reset
  fail_too_often,   ///< wrong passwords at sign-in, one too many
  find_expired      ///< the right password at sign-in, older than the policy allows
};

inline constexpr std::array all_operations{
    Operation::activate,       Operation::reactivate,      Operation::deactivate,      Operation::suspend,
    Operation::unsuspend,      Operation::unlock,          Operation::reset_password,  Operation::expire_password,
    Operation::reset_factors,  Operation::remove,          Operation::set_password,    Operation::change_password,
    Operation::forgot_password, Operation::choose_password, Operation::fail_too_often, Operation::find_expired};

/// The user is deleted.
struct Gone {
  bool operator==(const Gone&) const = default;
};

using Step = std::variant<UserStatus, Gone, ErrorCode>;

[[nodiscard]] Step step_of(UserStatus status, Operation operation);
[[nodiscard]] std::string_view name_of(Operation operation);

}  // namespace fakes::okta
