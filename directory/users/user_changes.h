// The changes a user can undergo, whoever asks for them: each checks its rules, writes its events and wakes
// whoever must follow up. All run inside a transaction of the core. Passwords are in directory/passwords.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "directory/core/core.h"
#include "directory/core/refusal.h"
#include "directory/users/user.h"

namespace directory {

struct NewUser {
  UserAttributes attributes;
  UserState state = UserState::activated;
  std::string creation_source;  ///< `jumpcloud:scim`, … [rule D31]
  std::optional<base::Secret> password{};
  /// Empty: the password authority that the organisation's settings name.
  std::optional<PasswordTerms> password_terms{};
};

/// Checks the attribute table, uniqueness and the password, stores the user, and queues the activation mail
/// where the settings say so; a user with a password gets none. A refusal has written nothing. [rule D8]
Change<User> create_user(Core& core, NewUser fresh, const Actor& actor);

/// Replaces the attributes and what an admin decides about the password; the same again changes nothing and
/// writes no event. `beside` are changes of what is kept beside the user's row: they count as changes of the
/// user, and the one event tells of them too.
Change<User> change_user(Core& core, const User& user, UserAttributes attributes, const PasswordTerms& terms,
                         const Actor& actor, const std::vector<FieldChange>& beside = {});
/// The attributes alone.
Change<User> change_attributes(Core& core, const User& user, UserAttributes attributes, const Actor& actor,
                               const std::vector<FieldChange>& beside = {});

/// STAGED -> ACTIVATED, ACTIVATED <-> SUSPENDED, STAGED -> SUSPENDED; never back to STAGED [rule D3]. The
/// same state again changes nothing. Suspension ends portal sessions and reaches the user's devices [rule
/// R20].
Change<User> change_state(Core& core, const User& user, UserState state, const Actor& actor);

/// Who becomes the manager of a deleted user's reports. [rule D26]
struct Succession {
  enum class Kind {
    nobody,
    own_manager,  ///< automatic cascade mode
    named
  };
  Kind kind = Kind::nobody;
  std::string manager{};  ///< of Kind::named
};

/// Deletes the user and everything that is the user's own; reports get another manager or none.
Change<void> remove_user(Core& core, const User& user, const Actor& actor, const Succession& succession = {});

/// Stores the user as changed now, and brings its copy up to the row's version.
User store_user(Core& core, User user);
void end_portal_sessions(Core& core, const User& user);

[[nodiscard]] EventSubject subject_of(const User& user);
/// The same with the address that a mail went to. [rule DI21]
[[nodiscard]] EventSubject mail_subject(const User& user, const std::string& recipient);

}  // namespace directory
