#include "directory/passwords/password_agenda.h"

#include <algorithm>
#include <vector>

#include "directory/mail/outbox.h"
#include "directory/passwords/password_changes.h"
#include "directory/passwords/password_policy.h"
#include "directory/users/user_changes.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

// A transaction of a bounded size.
constexpr int most_at_once = 50;

const Actor nobody{Actor::Kind::system, "", ""};

std::vector<User> due_users(Core& core, std::string_view sql) {
  std::vector<UserId> ids;
  core.db().query(
      sql, [&](Row row) { ids.emplace_back(row.text(0)); }, core.now(), most_at_once);
  std::vector<User> users;
  for (const auto& id : ids) {
    if (auto user = find_user(core.db(), id)) users.push_back(std::move(*user));
  }
  return users;
}

void warn(Core& core, User user) {
  const auto expiry = expiry_of(core.settings.password_policy, user, core.now());
  user.next_warning = expiry.next_warning;
  update_login_state(core.db(), user);
  if (user.state != UserState::activated || user.password_expired) return;
  queue_mail(core, MailKind::expiry_warning, user, user.attributes.email);
  core.events.write("user_password_warning_email", core.now(), nobody,
                    mail_subject(user, user.attributes.email));  // [rule DI42]
}

}  // namespace

std::optional<base::Instant> next_password_work(Core& core) {
  std::optional<base::Instant> next;
  for (const auto at :
       {core.db().earliest("SELECT min(next_warning) FROM users WHERE next_warning IS NOT NULL"),
        core.db().earliest(
                 "SELECT min(password_expires) FROM users WHERE password_expired = 0 AND password_expires IS "
                 "NOT NULL"),
        // A suspended user stays locked until there is somebody to unlock. [rule D18]
        core.db().earliest(
                 "SELECT min(unlocks) FROM users WHERE unlocks IS NOT NULL AND state <> 'SUSPENDED'")}) {
    if (at && (!next || *at < *next)) next = at;
  }
  return next;
}

void do_password_work(Core& core) {
  for (auto& user :
       due_users(core, "SELECT id FROM users WHERE next_warning <= ?1 ORDER BY next_warning, id LIMIT ?2")) {
    warn(core, std::move(user));
  }
  for (const auto& user :
       due_users(core,
                 "SELECT id FROM users WHERE password_expired = 0 AND password_expires <= ?1 "
                 "ORDER BY password_expires, id LIMIT ?2")) {
    // An expiry is only planned where the password may expire here, so that this is not refused.
    core.probes.reached(Probe::password_expires_by_itself);
    (void)expire_password(core, user, nobody);
  }
  for (const auto& user : due_users(core,
                                    "SELECT id FROM users WHERE unlocks <= ?1 AND state <> 'SUSPENDED' "
                                    "ORDER BY unlocks, id LIMIT ?2")) {
    core.probes.reached(Probe::lock_ends_by_itself);
    (void)unlock(core, user, nobody);
  }
}

}  // namespace directory
