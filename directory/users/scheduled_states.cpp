#include "directory/users/scheduled_states.h"

#include <fmt/format.h>

#include "directory/users/user_changes.h"
#include "directory/users/user_store.h"
#include "directory/users/user_transitions.h"

namespace directory {
namespace {

constexpr std::int64_t most_of_a_user = 50;
// A transaction of a bounded size.
constexpr int most_at_once = 50;

constexpr std::string_view columns = "id, user_id, state, at, send_mail, mail_to, admin_id, admin_email";

ScheduledState read_scheduled(Row row) {
  ScheduledState scheduled;
  scheduled.id = row.text(0);
  scheduled.user = UserId{row.text(1)};
  scheduled.state = parse_state(row.text(2)).value_or(UserState::suspended);
  scheduled.at = row.instant(3);
  scheduled.mail = {row.boolean(4), row.optional_text(5)};
  scheduled.admin = {Actor::Kind::admin, row.text(6), row.text(7)};
  return scheduled;
}

/// [rule DI41] [rule DI43]
std::string event_name(UserState state, std::string_view what) {
  return fmt::format("user_{}_schedule_{}", state == UserState::activated ? "activation" : "suspension",
                     what);
}

void carry_out(Core& core, const ScheduledState& scheduled, const User& user) {
  const auto changed = change_state(core, user, scheduled.state, scheduled.admin);
  if (!changed || scheduled.state != UserState::activated) return;
  // Whoever is activated already is sent the mail once more while it can be of use. [rule R11]
  const bool was_active = user.state == UserState::activated;
  if (was_active &&
      decide(UserAction::send_activation_mail, user.state, password_status(user)) == Verdict::refused) {
    return;
  }
  queue_first_mail(core, *changed, scheduled.mail, scheduled.admin);
}

}  // namespace

Change<ScheduledState> schedule_state(Core& core, const User& user, ScheduledState wanted) {
  const auto waiting = core.db().first(
      "SELECT count(*) FROM scheduled_states WHERE user_id = ?1", [](Row row) { return row.integer(0); },
      user.id.text());
  if (waiting.value_or(0) >= most_of_a_user) {
    return std::unexpected(Refusal{Refusal::Kind::invalid, "user_ids",
                                   fmt::format("a user has at most {} scheduled changes", most_of_a_user)});
  }
  wanted.id = core.new_id();
  wanted.user = user.id;
  core.db().run(
      "INSERT INTO scheduled_states (id, user_id, state, at, send_mail, mail_to, admin_id, admin_email) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      wanted.id, user.id.text(), state_name(wanted.state), wanted.at, wanted.mail.send, wanted.mail.recipient,
      wanted.admin.id, wanted.admin.name);
  core.events.write(event_name(wanted.state, "create"), core.now(), wanted.admin, subject_of(user));
  core.signal_agenda();
  return wanted;
}

std::optional<ScheduledState> find_scheduled_state(Database& db, std::string_view id) {
  return db.first(fmt::format("SELECT {} FROM scheduled_states WHERE id = ?1", columns), read_scheduled, id);
}

std::vector<ScheduledState> list_scheduled_states(Database& db, const UserId& user, std::int64_t skip,
                                                  std::int64_t limit) {
  std::vector<ScheduledState> found;
  const auto add = [&](Row row) { found.push_back(read_scheduled(row)); };
  if (user.text().empty()) {
    db.query(fmt::format("SELECT {} FROM scheduled_states ORDER BY at, id LIMIT ?2 OFFSET ?1", columns), add,
             skip, limit);
  } else {
    db.query(
        fmt::format("SELECT {} FROM scheduled_states WHERE user_id = ?3 ORDER BY at, id LIMIT ?2 OFFSET ?1",
                    columns),
        add, skip, limit, user.text());
  }
  return found;
}

void cancel_scheduled_state(Core& core, const ScheduledState& scheduled, const Actor& actor) {
  core.db().run("DELETE FROM scheduled_states WHERE id = ?1", scheduled.id);
  if (const auto user = find_user(core.db(), scheduled.user)) {
    core.events.write(event_name(scheduled.state, "delete"), core.now(), actor, subject_of(*user));
  }
}

std::optional<base::Instant> next_scheduled_state(Core& core) {
  return core.db().earliest("SELECT min(at) FROM scheduled_states");
}

void do_scheduled_states(Core& core) {
  std::vector<ScheduledState> due;
  core.db().query(
      fmt::format("SELECT {} FROM scheduled_states WHERE at <= ?1 ORDER BY at, id LIMIT ?2", columns),
      [&](Row row) { due.push_back(read_scheduled(row)); }, core.now(), most_at_once);
  for (const auto& scheduled : due) {
    core.db().run("DELETE FROM scheduled_states WHERE id = ?1", scheduled.id);
    if (const auto user = find_user(core.db(), scheduled.user)) carry_out(core, scheduled, *user);
  }
}

}  // namespace directory
