// Microsoft 365 tenants in which accounts are managed: the authorisation, what is mapped, each account and group with
// what was last written there, and what still has to be.
#pragma once

namespace directory {

inline constexpr const char* cloud_sync_migration = R"sql(
CREATE TABLE cloud_directories (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created INTEGER NOT NULL,
  tenant TEXT NOT NULL,
  authorization TEXT NOT NULL,
  authorization_error TEXT NOT NULL,
  authorized_by TEXT NOT NULL,
  sealed_refresh_token BLOB,
  default_domain TEXT NOT NULL,
  groups_enabled INTEGER NOT NULL,
  lockout_action TEXT NOT NULL,
  expiration_action TEXT NOT NULL,
  upn_source TEXT NOT NULL,
  paused_until INTEGER NOT NULL,
  delta_link TEXT NOT NULL,
  next_comparison INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER cloud_directories_leave_the_graph AFTER DELETE ON cloud_directories BEGIN
  DELETE FROM associations WHERE from_id = OLD.id OR to_id = OLD.id;
END;

CREATE TABLE cloud_domains (
  id TEXT PRIMARY KEY,
  directory_id TEXT NOT NULL REFERENCES cloud_directories(id) ON DELETE CASCADE,
  domain TEXT NOT NULL,
  UNIQUE (directory_id, domain)
) WITHOUT ROWID;

CREATE TABLE cloud_attribute_choices (
  directory_id TEXT NOT NULL REFERENCES cloud_directories(id) ON DELETE CASCADE,
  attribute TEXT NOT NULL,
  exported INTEGER NOT NULL,
  imported INTEGER NOT NULL,
  PRIMARY KEY (directory_id, attribute)
) WITHOUT ROWID;

CREATE TABLE cloud_authorizations (
  state_digest BLOB PRIMARY KEY,
  directory_id TEXT NOT NULL REFERENCES cloud_directories(id) ON DELETE CASCADE,
  expires INTEGER NOT NULL
) WITHOUT ROWID;

-- The user may be gone while the account still has to be disabled.
CREATE TABLE cloud_accounts (
  id INTEGER PRIMARY KEY,
  directory_id TEXT NOT NULL REFERENCES cloud_directories(id) ON DELETE CASCADE,
  user_id TEXT NOT NULL,
  username TEXT NOT NULL,
  connected INTEGER NOT NULL,
  user_gone INTEGER NOT NULL DEFAULT 0,
  object_id TEXT,
  create_sent INTEGER NOT NULL DEFAULT 0,
  known_absent INTEGER NOT NULL DEFAULT 0,
  written TEXT NOT NULL DEFAULT '{}',
  manager TEXT NOT NULL DEFAULT '',
  sealed_password BLOB,
  password_revision INTEGER NOT NULL DEFAULT 0,
  password_owed INTEGER NOT NULL DEFAULT 1,
  sessions_must_end INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL DEFAULT 1,
  synced INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt INTEGER NOT NULL,
  error_code TEXT NOT NULL DEFAULT '',
  error_message TEXT NOT NULL DEFAULT '',
  synced_at INTEGER,
  UNIQUE (directory_id, user_id)
);
CREATE INDEX cloud_accounts_by_user ON cloud_accounts(user_id);
CREATE INDEX cloud_accounts_by_object ON cloud_accounts(directory_id, object_id);
CREATE INDEX cloud_accounts_due ON cloud_accounts(directory_id, next_attempt, id) WHERE synced < revision;
)sql";

}  // namespace directory
