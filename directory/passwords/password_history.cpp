#include "directory/passwords/password_history.h"

#include <algorithm>

namespace directory {

bool was_used_before(Core& core, const User& user, const base::Secret& password) {
  const auto history = core.settings.password_policy.max_history.active();
  if (!history || !user.password_hash) return false;
  std::vector<std::string> hashes{*user.password_hash};
  core.db().query(
      "SELECT hash FROM password_history WHERE user_id = ?1 ORDER BY set_at DESC LIMIT ?2",
      [&](Row row) { hashes.push_back(row.text(0)); }, user.id.text(), *history - 1);
  return std::ranges::any_of(hashes,
                             [&](const std::string& hash) { return base::verify_password(password, hash); });
}

void remember_password(Core& core, const User& user) {
  // The present password is the first of the history, so one less is kept.
  const auto kept = core.settings.password_policy.max_history.active().value_or(1) - 1;
  if (user.password_hash && user.password_set && kept > 0) {
    core.db().run("INSERT OR REPLACE INTO password_history (user_id, set_at, hash) VALUES (?1, ?2, ?3)",
                  user.id.text(), *user.password_set, *user.password_hash);
  }
  core.db().run(
      "DELETE FROM password_history WHERE user_id = ?1 AND set_at NOT IN "
      "(SELECT set_at FROM password_history WHERE user_id = ?1 ORDER BY set_at DESC LIMIT ?2)",
      user.id.text(), kept);
}

}  // namespace directory
