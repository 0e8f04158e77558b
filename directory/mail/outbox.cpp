#include "directory/mail/outbox.h"

#include <fmt/format.h>

#include "base/back_off.h"
#include "base/json.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

constexpr base::Duration first_pause = std::chrono::seconds{30};
constexpr base::Duration longest_pause = std::chrono::hours{1};
constexpr base::Duration relay_timeout = std::chrono::seconds{30};

struct QueuedMail {
  std::int64_t id;
  MailKind kind;
  UserId user;  ///< none: the words are written
  std::string recipient;
  MailText words;
  std::int64_t attempts;
  base::Instant next_attempt;
};

std::optional<QueuedMail> next_mail(Database& db) {
  return db.first(
      "SELECT id, kind, user_id, recipient, subject, text, attempts, next_attempt FROM mail_outbox ORDER BY next_attempt, id LIMIT 1",
      [](Row row) {
        return QueuedMail{row.integer(0),
                          parse_mail_kind(row.text(1)).value_or(MailKind::welcome),
                          UserId{row.optional_text(2).value_or("")},
                          row.text(3),
                          {row.text(4), row.text(5)},
                          row.integer(6),
                          row.instant(7)};
      });
}

/// A link with a fresh token, whose digest is stored first; empty where it cannot be.
std::optional<std::string> mint_link(Core& core, MailKind kind, const User& user) {
  const auto token = core.new_token();
  const auto lifetime =
      kind == MailKind::reset ? core.options.reset_link_lifetime : core.options.activation_link_lifetime;
  const auto stored = core.in_group([&] {  // which is committed before anything is sent
    return core.transact([&] {
      if (core.db().exists("SELECT 1 FROM mail_tokens WHERE user_id = ?1 AND expires <= ?2", user.id.text(), core.now()))
        core.db().run("DELETE FROM mail_tokens WHERE user_id = ?1 AND expires <= ?2", user.id.text(), core.now());
      core.db().run("INSERT INTO mail_tokens (digest, purpose, user_id, expires) VALUES (?1, ?2, ?3, ?4)",
                    token_digest(token), kind_name(kind), user.id.text(), core.now() + lifetime);
      return base::HttpResponse(204);
    });
  });
  if (!stored.ok()) return std::nullopt;
  const auto page = kind == MailKind::reset ? "reset" : "activate";
  return fmt::format("{}portal/{}?token={}", core.options.public_url.text(), page, token.reveal());
}

std::optional<MailText> words_of(Core& core, const QueuedMail& mail) {
  if (mail.user.empty()) return mail.words;
  const auto user = find_user(core.db(), mail.user);
  if (!user) return std::nullopt;
  const auto link = has_link(mail.kind) ? mint_link(core, mail.kind, *user)
                                        : fmt::format("{}portal/login", core.options.public_url.text());
  if (!link) return std::nullopt;
  return mail_text(mail.kind, *user, *link);
}

std::optional<base::HttpRequest> compose(Core& core, const QueuedMail& mail) {
  auto text = words_of(core, mail);
  if (!text) return std::nullopt;
  const auto kind = kind_name(mail.kind);
  base::HttpRequest request("POST", core.options.mail_relay);
  request.headers.add("Content-Type", "application/json");
  request.body = base::to_text(base::JsonObject{{"to", mail.recipient},
                                                {"kind", base::json_text(kind)},
                                                {"subject", std::move(text->subject)},
                                                {"text", std::move(text->text)}});
  return request;
}

}  // namespace

void queue_mail(Core& core, MailKind kind, const User& user, std::string_view recipient) {
  core.db().run("INSERT INTO mail_outbox (kind, user_id, recipient, next_attempt) VALUES (?1, ?2, ?3, ?4)",
                kind_name(kind), user.id.text(), recipient, core.now());
  core.signal_mail();
}

void queue_notice(Core& core, MailKind kind, std::string_view recipient, const MailText& words) {
  core.db().run("INSERT INTO mail_outbox (kind, recipient, subject, text, next_attempt) VALUES (?1, ?2, ?3, ?4, ?5)",
                kind_name(kind), recipient, words.subject, words.text, core.now());
  core.signal_mail();
}

base::Task<void> send_queued_mail(Core& core) {
  for (bool starts = true;; starts = false) {
    const auto mail = next_mail(core.db());
    core.probes.sometimes(Probe::mail_waits_at_the_start, starts && mail.has_value());
    if (!mail) {
      co_await core.mail_queued.wait("mail to send");
      continue;
    }
    if (mail->next_attempt > core.now()) {
      const auto deadline = core.ports.clock->to_world(mail->next_attempt);
      co_await core.mail_queued.wait_until(deadline, "the next attempt to send mail");
      continue;
    }
    if (core.fires(FaultPoint::mail_leaves_late)) co_await core.ports.clock->sleep_for(std::chrono::seconds{5});
    auto request = compose(core, *mail);
    bool delivered = false;
    if (request) {
      const auto cost = core.ports.disk->take_cost();
      co_await core.ports.clock->sleep_for(cost);
      const auto result = co_await core.ports.transport->send(std::move(*request), relay_timeout);
      delivered = result && result->ok();
      core.probes.sometimes(Probe::mail_is_not_delivered, !delivered);
      core.probes.sometimes(Probe::mail_is_delivered_at_last, delivered && mail->attempts > 0);
    }
    // Lost with a group that is not committed, it is sent once more.
    const auto stored = core.in_group([&] {
      return core.transact([&] {
        if (delivered || core.has(Defect::mail_is_sent_once_at_most)) {
          core.db().run("DELETE FROM mail_outbox WHERE id = ?1", mail->id);
        } else {
          core.db().run("UPDATE mail_outbox SET attempts = attempts + 1, next_attempt = ?2 WHERE id = ?1", mail->id,
                        core.now() + base::back_off(mail->attempts + 1, first_pause, longest_pause));
        }
        return base::HttpResponse(204);
      });
    });
    if (!stored.ok()) co_return;  // the store is gone; a restart takes the outbox up again
  }
}

}  // namespace directory
