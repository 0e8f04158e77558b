// Administrators, integrations, and the keys of both.
#pragma once

namespace directory {

inline constexpr const char* administrators_migration = R"sql(
CREATE TABLE administrators (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE,
  firstname TEXT NOT NULL DEFAULT '',
  lastname TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL,
  suspended INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE integrations (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL UNIQUE
) WITHOUT ROWID;

CREATE TABLE api_keys (
  digest BLOB NOT NULL,
  purpose TEXT NOT NULL,
  administrator_id TEXT REFERENCES administrators(id) ON DELETE CASCADE,
  integration_id TEXT REFERENCES integrations(id) ON DELETE CASCADE,
  created INTEGER NOT NULL,
  from_file INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (digest, purpose)
) WITHOUT ROWID;
CREATE INDEX api_keys_by_administrator ON api_keys(administrator_id);
CREATE INDEX api_keys_by_integration ON api_keys(integration_id);
)sql";

}  // namespace directory
