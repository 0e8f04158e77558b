#include "directory/users/user.h"

namespace directory {

PasswordStatus password_status(const User& user) {
  if (!user.password_hash) return PasswordStatus::pending;
  if (user.locked) return PasswordStatus::locked;
  if (user.password_expired) return PasswordStatus::expired;
  return PasswordStatus::active;
}

std::string_view state_name(UserState state) {
  switch (state) {
    case UserState::staged: return "STAGED";
    case UserState::activated: return "ACTIVATED";
    case UserState::suspended: return "SUSPENDED";
  }
  return "";
}

std::optional<UserState> parse_state(std::string_view name) {
  for (const auto state : {UserState::staged, UserState::activated, UserState::suspended}) {
    if (state_name(state) == name) return state;
  }
  return std::nullopt;
}

}  // namespace directory
