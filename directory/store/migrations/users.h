// Users, and what belongs to one of them alone.
#pragma once

namespace directory {

inline constexpr const char* users_migration = R"sql(
CREATE TABLE users (
  id TEXT PRIMARY KEY,
  username TEXT NOT NULL,
  username_key TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE,
  external_id TEXT,
  firstname TEXT, lastname TEXT, displayname TEXT, job_title TEXT, department TEXT, location TEXT,
  cost_center TEXT, employee_type TEXT, company TEXT,
  employee_identifier TEXT,
  employee_identifier_key TEXT UNIQUE,
  system_username TEXT UNIQUE,
  state TEXT NOT NULL,
  creation_source TEXT NOT NULL,
  password_hash TEXT,
  password_set INTEGER,
  password_expired INTEGER NOT NULL DEFAULT 0,
  locked INTEGER NOT NULL DEFAULT 0,
  failed_logins INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
CREATE INDEX users_by_external_id ON users(external_id);

CREATE TABLE activation_tokens (
  digest BLOB PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  expires INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX activation_tokens_by_user ON activation_tokens(user_id);

CREATE TABLE portal_sessions (
  digest BLOB PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  created INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX portal_sessions_by_user ON portal_sessions(user_id);
)sql";

}  // namespace directory
