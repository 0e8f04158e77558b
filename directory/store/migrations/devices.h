// Systems, bindings, and passwords on their way to devices.
#pragma once

namespace directory {

// A binding is who may use which system, as follows from the graph of groups and associations: kept up to date with
// it, so that devices are served from one index, and a hand-off goes with the last path.

inline constexpr const char* devices_migration = R"sql(
CREATE TABLE systems (
  id TEXT PRIMARY KEY,
  hostname TEXT NOT NULL,
  display_name TEXT NOT NULL,
  allow_multi_factor_authentication INTEGER NOT NULL DEFAULT 0,
  allow_public_key_authentication INTEGER NOT NULL DEFAULT 1,
  allow_ssh_password_authentication INTEGER NOT NULL DEFAULT 1,
  allow_ssh_root_login INTEGER NOT NULL DEFAULT 0,
  facts TEXT NOT NULL DEFAULT '{}',
  login_sequence INTEGER NOT NULL DEFAULT 0,
  os TEXT NOT NULL,
  agent_key_digest BLOB NOT NULL UNIQUE,
  sealing_key BLOB NOT NULL,
  created INTEGER NOT NULL,
  last_contact INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;

CREATE TABLE bindings (
  system_id TEXT NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  sudo INTEGER NOT NULL,
  sudo_without_password INTEGER NOT NULL,
  password_sync INTEGER NOT NULL,
  handoff_due INTEGER NOT NULL,
  PRIMARY KEY (system_id, user_id)
) WITHOUT ROWID;
CREATE INDEX bindings_by_user ON bindings(user_id);

CREATE TABLE handoffs (
  id TEXT PRIMARY KEY,
  system_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  sealed BLOB NOT NULL,
  created INTEGER NOT NULL,
  UNIQUE (system_id, user_id),
  FOREIGN KEY (system_id, user_id) REFERENCES bindings(system_id, user_id) ON DELETE CASCADE
) WITHOUT ROWID;
)sql";

}  // namespace directory
