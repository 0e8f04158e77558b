#include "directory/users/activation.h"

#include "directory/mail/outbox.h"
#include "directory/users/attribute_rules.h"
#include "directory/users/user_changes.h"
#include "directory/users/user_transitions.h"

namespace directory {
namespace {

constexpr std::int64_t most_reset_links = 5;

Change<void> check_recipient(const MailChoice& mail) {
  if (mail.recipient && !is_email(*mail.recipient)) {
    return std::unexpected(Refusal{Refusal::Kind::invalid, "email", "the e-mail address is not valid"});
  }
  return {};
}

Change<void> check(const Core& core, UserAction action, const User& user) {
  if (!core.probes.sometimes(Probe::activation_is_refused, decide(action, user.state, password_status(user)) == Verdict::refused)) return {};
  return std::unexpected(refusal_of(action, user.state, password_status(user)));
}

}  // namespace

void queue_activation_mail(Core& core, const User& user, const std::string& recipient, const Actor& actor) {
  queue_mail(core, MailKind::activation, user, recipient);
  if (core.has(Defect::activation_mail_goes_twice)) queue_mail(core, MailKind::activation, user, recipient);
  core.events.write("user_activation_email", core.now(), actor, mail_subject(user, recipient));
}

void queue_first_mail(Core& core, const User& user, const MailChoice& mail, const Actor& actor) {
  if (!mail.send) return;
  if (user.password_hash) {
    queue_mail(core, MailKind::welcome, user, mail.recipient.value_or(user.attributes.email));
  } else {
    queue_activation_mail(core, user, mail.recipient.value_or(user.activation_address()), actor);
  }
}

Change<User> activate(Core& core, const User& user, const MailChoice& mail, const Actor& actor) {
  if (auto valid = check_recipient(mail); !valid) return std::unexpected(std::move(valid.error()));
  if (auto allowed = check(core, UserAction::activate, user); !allowed)
    return std::unexpected(std::move(allowed.error()));
  if (user.state == UserState::activated) {
    if (auto allowed = check(core, UserAction::send_activation_mail, user); !allowed) {
      return std::unexpected(std::move(allowed.error()));
    }
  }
  const bool stays = user.state == UserState::staged && core.has(Defect::activation_leaves_staged);
  auto activated = stays ? user : change_state(core, user, UserState::activated, actor);
  if (activated) queue_first_mail(core, *activated, mail, actor);
  return activated;
}

Change<void> send_way_in(Core& core, const User& user, const Actor& actor) {
  if (password_status(user) != PasswordStatus::pending) return request_reset(core, user, actor);
  if (auto allowed = check(core, UserAction::send_activation_mail, user); !allowed) return allowed;
  queue_activation_mail(core, user, user.activation_address(), actor);
  return {};
}

Change<void> request_reset(Core& core, const User& user, const Actor& actor) {
  if (auto allowed = check(core, UserAction::request_reset, user); !allowed) return allowed;
  if (user.password_terms.authority == PasswordAuthority::scim) {  // [rule D41]
    return std::unexpected(
        Refusal{Refusal::Kind::forbidden, "password", "the password is managed by an external authority"});
  }
  const auto links = core.db().first(
      "SELECT count(*) FROM mail_tokens WHERE user_id = ?1 AND purpose = 'reset' AND expires > "
      "?2",
      [](Row row) { return row.integer(0); }, user.id.text(), core.now());
  const bool waits =
      core.db().exists("SELECT 1 FROM mail_outbox WHERE user_id = ?1 AND kind = 'reset'", user.id.text());
  if (waits || links.value_or(0) >= most_reset_links) return {};
  queue_mail(core, MailKind::reset, user, user.attributes.email);
  core.events.write("user_password_reset_request", core.now(), actor,
                    mail_subject(user, user.attributes.email));  // [rule DI42]
  return {};
}

}  // namespace directory
