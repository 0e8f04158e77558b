// The mails there are, and what each says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "directory/users/user.h"

namespace directory {

enum class MailKind {
  activation,     ///< a link that sets the first password [rule R11]
  welcome,        ///< to an activated user who has a password [rule D10]
  reset,          ///< a link that sets another password
  expiry_warning, ///< the password will expire [rule D114]
  import_complete ///< to whoever started an import of users; its words are written by then [rule R85]
};

/// As it stands in the outbox, in the message and, for the mails with a link, in the link's purpose.
[[nodiscard]] std::string_view kind_name(MailKind kind);
[[nodiscard]] std::optional<MailKind> parse_mail_kind(std::string_view name);

/// Whether it carries a link with a token.
[[nodiscard]] bool has_link(MailKind kind);

struct MailText {
  std::string subject;
  std::string text;
};

/// `link` is the link with its token, or the portal's address for a mail that has none.
[[nodiscard]] MailText mail_text(MailKind kind, const User& user, std::string_view link);

}  // namespace directory
