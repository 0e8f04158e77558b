#include "directory/users/user.h"

namespace directory {

PasswordStatus password_status(const User& user) {
  if (!user.password_hash) return PasswordStatus::pending;
  if (user.locked) return user.password_expired ? PasswordStatus::expired_and_locked : PasswordStatus::locked;
  if (user.password_expired) return PasswordStatus::expired;
  return PasswordStatus::active;
}

}  // namespace directory
