// The changes a user can undergo, whoever asks for them: each checks its rules, writes its events and wakes
// whoever must follow up. All run inside a transaction of the core.
#pragma once

#include <expected>
#include <string>

#include "base/secret.h"
#include "directory/core/core.h"
#include "directory/users/user.h"

namespace directory {

/// Why a change is refused.
struct Refusal {
  enum class Kind {
    invalid,   ///< a value breaks its rule
    conflict,  ///< a unique value is taken
    forbidden  ///< the state does not allow it
  };
  Kind kind = Kind::invalid;
  std::string field;
  std::string message;
};

template <class T>
using Change = std::expected<T, Refusal>;

struct NewUser {
  UserAttributes attributes;
  UserState state = UserState::activated;
  std::string creation_source;  ///< `jumpcloud:scim`, … [rule D31]
};

/// Checks the attribute table and uniqueness, stores the user, and queues the activation mail where the settings
/// say so.
Change<User> create_user(Core& core, NewUser fresh, const Actor& actor);

/// Replaces the attributes; equal ones change nothing and write no event.
Change<User> change_attributes(Core& core, const User& user, UserAttributes attributes, const Actor& actor);

/// STAGED -> ACTIVATED, ACTIVATED <-> SUSPENDED, STAGED -> SUSPENDED; never back to STAGED [rule D3]. The same
/// state again changes nothing. Suspension ends portal sessions and reaches the user's devices [rule R20].
Change<User> change_state(Core& core, const User& user, UserState state, const Actor& actor);

void remove_user(Core& core, const User& user, const Actor& actor);

/// Queues an activation mail; refused for a suspended user and for one that has a password.
Change<void> send_activation_mail(Core& core, const User& user, const Actor& actor);

/// Sets a new password: clears pending, expired and locked, ends portal sessions, hands it on to devices.
/// [rule R12] [rule R13] [rule V66] [rule D15]
Change<User> set_password(Core& core, const User& user, const base::Secret& password, const Actor& actor);

enum class LoginOutcome { ok, wrong_password, not_active, no_password, locked, expired };

/// Checks a password and counts failures towards the lock. [rule D112]
LoginOutcome check_login(Core& core, const User& user, const base::Secret& password, const Actor& actor);

Change<User> unlock(Core& core, const User& user, const Actor& actor);
/// Marks the password expired; devices and portal then refuse it. [rule D25]
User expire_password(Core& core, const User& user, const Actor& actor);

[[nodiscard]] EventSubject subject_of(const User& user);

}  // namespace directory
