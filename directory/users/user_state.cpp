#include "directory/users/user_state.h"

namespace directory {

std::string_view state_name(UserState state) {
  switch (state) {
    case UserState::staged:
      return "STAGED";
    case UserState::activated:
      return "ACTIVATED";
    case UserState::suspended:
      return "SUSPENDED";
  }
  return "";
}

std::optional<UserState> parse_state(std::string_view name) {
  for (const auto state : {UserState::staged, UserState::activated, UserState::suspended}) {
    if (state_name(state) == name) return state;
  }
  return std::nullopt;
}

std::string_view status_name(PasswordStatus status) {
  switch (status) {
    case PasswordStatus::pending:
      return "pending";
    case PasswordStatus::active:
      return "active";
    case PasswordStatus::expired:
      return "expired";
    case PasswordStatus::locked:
      return "locked";
    case PasswordStatus::expired_and_locked:
      return "expired and locked";
  }
  return "";
}

}  // namespace directory
