#include "directory/cloud_sync/cloud_account.h"

#include <fmt/format.h>

#include "base/crypto.h"

namespace directory {
namespace {

constexpr std::string_view account_columns =
    "id, directory_id, user_id, username, connected, user_gone, object_id, create_sent, known_absent, written, manager, "
    "sealed_password IS NOT NULL, password_revision, sessions_must_end, password_owed, password_sent";

CloudAccount read_account(Row row) {
  CloudAccount account{read_progress(row, 16)};
  account.id = row.integer(0);
  account.directory = CloudDirectoryId{row.text(1)};
  account.user = UserId{row.text(2)};
  account.username = row.text(3);
  account.connected = row.boolean(4);
  account.user_gone = row.boolean(5);
  account.object_id = row.optional_text(6).value_or("");
  account.create_sent = row.boolean(7);
  account.known_absent = row.boolean(8);
  if (auto written = base::parse_json(row.text(9)); written && written->is_object()) account.written = std::move(written->get_object());
  account.manager = row.text(10);
  account.has_password = row.boolean(11);
  account.password_revision = row.integer(12);
  account.sessions_must_end = row.boolean(13);
  account.password_owed = row.boolean(14);
  account.password_sent = row.boolean(15);
  return account;
}

std::string select(std::string_view tail) { return fmt::format("SELECT {}, {} FROM cloud_accounts {}", account_columns, progress_columns, tail); }

std::string context_of(CloudAccountId id) { return fmt::format("password for cloud account {}", id); }

}  // namespace

bool CloudAccount::is_enabled_there() const {
  const auto* enabled = base::member(written, "accountEnabled");
  return !object_id.empty() && (enabled == nullptr || !enabled->is_bool() || enabled->get_bool());
}

std::optional<CloudAccount> find_cloud_account(Database& db, CloudAccountId id) {
  return db.first(select("WHERE id = ?1"), read_account, id);
}

std::optional<CloudAccount> find_cloud_account(Database& db, const CloudDirectoryId& directory, const UserId& user) {
  return db.first(select("WHERE directory_id = ?1 AND user_id = ?2"), read_account, directory.text(), user.text());
}

std::optional<CloudAccount> find_cloud_account_by_object(Database& db, const CloudDirectoryId& directory, std::string_view object_id) {
  return db.first(select("WHERE directory_id = ?1 AND object_id = ?2"), read_account, directory.text(), object_id);
}

bool is_connected_elsewhere(Database& db, const CloudAccount& account) {
  const auto found = db.first(
      "SELECT 1 FROM cloud_accounts WHERE user_id = ?1 AND directory_id <> ?2 AND object_id = ?3 AND connected = 1 LIMIT 1",
      [](Row row) { return row.integer(0) != 0; }, account.user.text(), account.directory.text(), account.object_id);
  return found.value_or(false);
}

std::vector<CloudAccount> cloud_accounts_of(Database& db, const UserId& user) {
  std::vector<CloudAccount> accounts;
  db.query(select("WHERE user_id = ?1 ORDER BY id"), [&](Row row) { accounts.push_back(read_account(row)); }, user.text());
  return accounts;
}

std::vector<CloudAccount> due_cloud_accounts(Database& db, const CloudDirectoryId& directory, base::Instant now, std::int64_t most) {
  std::vector<CloudAccount> accounts;
  db.query(
      select("WHERE directory_id = ?1 AND synced < revision AND next_attempt <= ?2 ORDER BY next_attempt, id LIMIT ?3"),
      [&](Row row) { accounts.push_back(read_account(row)); }, directory.text(), now, most);
  return accounts;
}

std::optional<base::Instant> next_cloud_account_due(Database& db, const CloudDirectoryId& directory) {
  return db
      .first(
          "SELECT min(next_attempt) FROM cloud_accounts WHERE directory_id = ?1 AND synced < revision",
          [](Row row) { return row.optional_instant(0); }, directory.text())
      .value_or(std::nullopt);
}

void store_progress(Database& db, const CloudAccount& account) {
  static const auto update = fmt::format(
      "UPDATE cloud_accounts SET {}, object_id = ?8, create_sent = ?9, known_absent = ?10, written = ?11, manager = ?12, "
      "sessions_must_end = ?13, password_owed = ?14, password_sent = ?15 WHERE id = ?1",
      progress_assignments);
  store_row(db, update, account.id, account, account.object_id.empty() ? std::nullopt : std::optional(account.object_id),
            account.create_sent, account.known_absent, base::to_text(account.written), account.manager, account.sessions_must_end,
            account.password_owed, account.password_sent);
}

void delete_cloud_account(Database& db, CloudAccountId id) { db.run("DELETE FROM cloud_accounts WHERE id = ?1", id); }

std::optional<base::Secret> waiting_password(Core& core, const CloudAccount& account) {
  if (!account.has_password || core.ports.vault_key.reveal().size() != 32) return std::nullopt;
  const auto box = core.db().first(
      "SELECT sealed_password FROM cloud_accounts WHERE id = ?1", [](Row row) { return row.optional_text(0); }, account.id);
  if (!box || !*box) return std::nullopt;
  return base::open_sealed(**box, base::sealing_keys_of(core.ports.vault_key), context_of(account.id));
}

void keep_waiting_password(Core& core, const CloudAccount& account, const base::Secret& password) {
  if (core.ports.vault_key.reveal().size() != 32) return;
  const auto box =
      base::seal(password.reveal(), base::sealing_keys_of(core.ports.vault_key).public_key, context_of(account.id), core.ports.rng);
  core.db().run("UPDATE cloud_accounts SET sealed_password = ?2, password_revision = password_revision + 1 WHERE id = ?1", account.id, box);
}

void erase_waiting_password(Database& db, const CloudAccount& account) {
  db.run("UPDATE cloud_accounts SET sealed_password = NULL WHERE id = ?1 AND password_revision = ?2", account.id,
         account.password_revision);
}

}  // namespace directory
