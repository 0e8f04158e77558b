// Activation and the mails that go with it: a welcome for those who have a password, a link for those who
// have none.
#pragma once

#include <optional>
#include <string>

#include "directory/core/core.h"
#include "directory/core/refusal.h"
#include "directory/users/user.h"

namespace directory {

/// What an activation sends. [rule D9]
struct MailChoice {
  bool send = true;
  /// Another address than the user's own.
  std::optional<std::string> recipient{};
};

/// STAGED -> ACTIVATED with its mail: a user with a password is welcomed at the primary address, one without
/// gets an activation mail at the alternate address, else the primary. A user who is activated already and
/// has no password gets the activation mail once more; one who has a password is refused. [rule D9] [rule
/// D10] [rule R11]
Change<User> activate(Core& core, const User& user, const MailChoice& mail, const Actor& actor);

/// Sends again what a user needs to get in: the activation mail while the password is pending, else a link
/// for a new password.
Change<void> send_way_in(Core& core, const User& user, const Actor& actor);

/// Queues the mail and writes its event; whether the user may have it has been decided.
void queue_activation_mail(Core& core, const User& user, const std::string& recipient, const Actor& actor);
/// The mail for an activated user, by whether there is a password.
void queue_first_mail(Core& core, const User& user, const MailChoice& mail, const Actor& actor);

/// Queues a mail with a link for a new password, unless one waits in the outbox or many links are still good:
/// whoever knows an address can ask for them. [rule R113]
Change<void> request_reset(Core& core, const User& user, const Actor& actor);

}  // namespace directory
