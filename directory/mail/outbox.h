// Mail that the directory owes: queued in the transaction of the change that caused it, sent afterwards, and
// forgotten once the relay has taken it. A mail may arrive twice after a crash, never not at all.
#pragma once

#include <string_view>

#include "base/task.h"
#include "directory/core/core.h"
#include "directory/mail/mail_kind.h"
#include "directory/users/user.h"

namespace directory {

/// Queues a mail to the user at an address inside the running transaction. [rule D10]
void queue_mail(Core& core, MailKind kind, const User& user, std::string_view recipient);

/// The same for a mail to nobody's user, whose words are written already: no secret may be among them.
void queue_notice(Core& core, MailKind kind, std::string_view recipient, const MailText& words);

/// Sends what is queued, for ever: at once when something is queued, and again after a failure, with pauses that
/// double from 30 seconds to an hour. The link's token is minted when the mail is sent, so that the outbox holds
/// no secret.
base::Task<void> send_queued_mail(Core& core);

}  // namespace directory
