#include "directory/cloud_sync/account_marks.h"

#include <fmt/format.h>

#include "base/json.h"
#include "directory/associations/graph_walk.h"
#include "directory/cloud_sync/cloud_account.h"
#include "directory/cloud_sync/tenant_domains.h"
#include "directory/mail/outbox.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

void signal(Core& core) {
  if (core.db().changed_rows() > 0) core.signal_cloud();
}

Defect forgotten_at(PasswordOccasion occasion) {
  switch (occasion) {
    case PasswordOccasion::portal_login: return Defect::portal_login_brings_no_password;
    case PasswordOccasion::set_by_admin: return Defect::admins_password_stays_here;
    default: return Defect::own_password_stays_here;
  }
}

/// [rule R135]
void ask_for_new_password(Core& core, const UserId& id) {
  if (core.has(Defect::nobody_is_asked_for_a_password)) return;
  const auto user = find_user(core.db(), id);
  if (user && user->may_use_resources()) queue_mail(core, MailKind::reset, *user, user->attributes.email);
}

}  // namespace

void mark_cloud_accounts(Core& core, const UserId& user) {
  if (!core.cloud_in_use || core.has(Defect::user_changes_stay_here)) return;
  core.db().run(
      "UPDATE cloud_accounts SET revision = revision + 1, attempts = 0, next_attempt = ?2, password_owed = 1 "
      "WHERE user_id = ?1 AND connected = 1",
      user.text(), core.now());
  signal(core);
}

void mark_cloud_accounts_in(Core& core, const CloudDirectoryId& directory) {
  core.db().run(
      "UPDATE cloud_accounts SET revision = revision + 1, attempts = 0, next_attempt = ?2 WHERE directory_id = ?1 AND connected = 1",
      directory.text(), core.now());
  signal(core);
}

void mark_reports(Core& core, const CloudDirectoryId& directory, const UserId& manager) {
  core.db().run(
      "UPDATE cloud_accounts SET revision = revision + 1, attempts = 0, next_attempt = ?3 WHERE directory_id = ?1 AND connected = 1 "
      "AND user_id IN (SELECT id FROM users WHERE manager = ?2)",
      directory.text(), manager.text(), core.now());
  signal(core);
}

void refresh_cloud_accounts(Core& core, const std::vector<UserId>& users) {
  if (!core.cloud_in_use || users.empty()) return;
  base::JsonArray ids;
  for (const auto& user : users) ids.emplace_back(user.text());
  const auto list = base::to_text(ids);
  const auto wanted = fmt::format(
      "WITH RECURSIVE {}, wanted(directory_id, user_id) AS (SELECT DISTINCT id, origin FROM walk WHERE type = 'office_365') ",
      walk_sql(WalkDirection::forward, WalkPaths::left_out));
  std::vector<UserId> left;
  if (!core.has(Defect::disconnected_accounts_stay_enabled)) core.db().query(fmt::format("{} UPDATE cloud_accounts SET connected = 0, revision = revision + 1, attempts = 0, next_attempt = ?3 "
                              "WHERE connected = 1 AND user_id IN (SELECT value FROM json_each(?2)) AND "
                              "(directory_id, user_id) NOT IN (SELECT directory_id, user_id FROM wanted) RETURNING user_id",
                              wanted),
                  [&](Row row) { left.emplace_back(row.text(0)); }, type_name(GraphType::user), list, core.now());
  if (core.probes.sometimes(Probe::user_leaves_their_tenant, !left.empty())) core.signal_cloud();
  mark_other_instances(core, left);
  // What waited for an account that was never made is of no use to anybody.
  core.db().run("DELETE FROM cloud_accounts WHERE connected = 0 AND object_id IS NULL AND create_sent = 0");
  core.db().run("UPDATE cloud_accounts SET sealed_password = NULL WHERE connected = 0 AND sealed_password IS NOT NULL");
  std::vector<UserId> joined;
  core.db().query(
      fmt::format("{} INSERT INTO cloud_accounts (directory_id, user_id, username, connected, next_attempt) "
                  "SELECT w.directory_id, w.user_id, u.username, 1, ?3 FROM wanted w JOIN users u ON u.id = w.user_id WHERE true "
                  "ON CONFLICT (directory_id, user_id) DO UPDATE SET connected = 1, revision = revision + 1, attempts = 0, "
                  "next_attempt = excluded.next_attempt, password_owed = 1 WHERE connected = 0 RETURNING user_id",
                  wanted),
      [&](Row row) { joined.emplace_back(row.text(0)); }, type_name(GraphType::user), list, core.now());
  if (joined.empty()) return;
  core.signal_cloud();
  mark_other_instances(core, joined);
  if (core.settings.password_takeover) return;
  for (const auto& user : joined) ask_for_new_password(core, user);
}

void part_with_cloud_accounts(Core& core, const UserId& user) {
  if (!core.cloud_in_use || core.has(Defect::deleted_accounts_stay_enabled)) return;
  // Neither what was never made nor what was only imported is the directory's to disable.
  core.db().run(
      "DELETE FROM cloud_accounts WHERE user_id = ?1 AND ((object_id IS NULL AND create_sent = 0) OR (connected = 0 AND written = '{}'))",
      user.text());
  core.db().run(
      "UPDATE cloud_accounts SET connected = 0, user_gone = 1, sealed_password = NULL, revision = revision + 1, attempts = 0, "
      "next_attempt = ?2 WHERE user_id = ?1",
      user.text(), core.now());
  signal(core);
}

void offer_cloud_password(Core& core, const User& user, const base::Secret& password, PasswordOccasion occasion) {
  // Whoever is suspended has an account there, which must not open with the old password once it is enabled again.
  if (!core.cloud_in_use || user.state == UserState::staged) return;
  const bool at_login = occasion == PasswordOccasion::portal_login;
  if (at_login && !core.settings.password_takeover && !core.has(Defect::login_pushes_without_takeover)) return;
  if (core.has(forgotten_at(occasion))) return;
  const bool only_if_owed = at_login && core.options.cloud_password_push == CloudPasswordPush::first_login_after_a_change;
  const bool first_waits = !at_login && core.settings.password_takeover &&
                           core.options.cloud_first_password == CloudFirstPassword::at_portal_login &&
                           !core.has(Defect::first_password_never_waits);
  for (const auto& account : cloud_accounts_of(core.db(), user.id)) {
    // One that a login has brought may still be on its way.
    if (core.probes.sometimes(Probe::first_password_waits_for_a_login, first_waits && !account.password_sent && !account.has_password)) continue;
    if (!account.connected || (only_if_owed && !account.password_owed)) continue;
    keep_waiting_password(core, account, password);
    core.db().run("UPDATE cloud_accounts SET revision = revision + 1, attempts = 0, next_attempt = ?2 WHERE id = ?1", account.id, core.now());
    core.signal_cloud();
  }
}

void ask_for_new_passwords(Core& core) {
  std::vector<UserId> users;
  core.db().query("SELECT user_id FROM cloud_accounts WHERE connected = 1 ORDER BY id", [&](Row row) { users.emplace_back(row.text(0)); });
  for (const auto& user : users) ask_for_new_password(core, user);
}

}  // namespace directory
