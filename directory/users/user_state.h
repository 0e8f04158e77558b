// The states of a user, and the words for them. [rule D3]
#pragma once

#include <optional>
#include <string_view>

namespace directory {

enum class UserState { staged, activated, suspended };

/// `STAGED`, `ACTIVATED`, `SUSPENDED`.
[[nodiscard]] std::string_view state_name(UserState state);
[[nodiscard]] std::optional<UserState> parse_state(std::string_view name);

/// What stands beside the state. Expired and locked may hold together. [rule D14]
enum class PasswordStatus { pending, active, expired, locked, expired_and_locked };

/// For people to read.
[[nodiscard]] std::string_view status_name(PasswordStatus status);

}  // namespace directory
