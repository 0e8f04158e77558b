#include "directory/mail/mail_kind.h"

#include <fmt/format.h>

namespace directory {

std::string_view kind_name(MailKind kind) {
  switch (kind) {
    case MailKind::activation:
      return "activation";
    case MailKind::welcome:
      return "welcome";
    case MailKind::reset:
      return "reset";
    case MailKind::expiry_warning:
      return "expiry_warning";
    case MailKind::import_complete:
      return "import_complete";
  }
  return "";
}

std::optional<MailKind> parse_mail_kind(std::string_view name) {
  for (const auto kind :
       {MailKind::activation, MailKind::welcome, MailKind::reset, MailKind::expiry_warning, MailKind::import_complete}) {
    if (kind_name(kind) == name) return kind;
  }
  return std::nullopt;
}

bool has_link(MailKind kind) {
  return kind == MailKind::activation || kind == MailKind::reset;
}

MailText mail_text(MailKind kind, const User& user, std::string_view link) {
  const auto name = user.attributes.firstname.value_or(user.attributes.username);
  switch (kind) {
    case MailKind::activation:
      return {"Activate your account",
              fmt::format("Hello {},\n\nset the password of your account here: {}\n", name, link)};
    case MailKind::welcome:
      return {"Welcome", fmt::format("Hello {},\n\nyour account is active. Log in here: {}\n", name, link)};
    case MailKind::reset:
      return {"Reset your password", fmt::format("Hello {},\n\nset a new password here: {}\n", name, link)};
    case MailKind::expiry_warning:
      return {
          "Your password will expire",
          fmt::format("Hello {},\n\nyour password expires on {}. Change it here: {}\n", name,
                      user.password_expires ? base::to_rfc3339(*user.password_expires) : "its day", link)};
    case MailKind::import_complete:
      break;
  }
  return {};
}

}  // namespace directory
