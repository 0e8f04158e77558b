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
  middlename TEXT, description TEXT,
  alternate_email TEXT,
  alternate_email_key TEXT UNIQUE,
  manager TEXT REFERENCES users(id) ON DELETE SET NULL,
  unix_uid INTEGER, unix_guid INTEGER,
  state TEXT NOT NULL,
  creation_source TEXT NOT NULL,
  password_authority TEXT NOT NULL,
  password_never_expires INTEGER NOT NULL,
  ignores_device_failures INTEGER NOT NULL,
  password_hash TEXT,
  password_set INTEGER,
  password_expires INTEGER,
  next_warning INTEGER,
  password_expired INTEGER NOT NULL DEFAULT 0,
  locked INTEGER NOT NULL DEFAULT 0,
  locked_since INTEGER,
  unlocks INTEGER,
  failed_logins INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
CREATE INDEX users_by_external_id ON users(external_id);
CREATE INDEX users_by_manager ON users(manager) WHERE manager IS NOT NULL;
CREATE INDEX users_by_expiry ON users(password_expires) WHERE password_expired = 0 AND password_expires IS NOT NULL;
CREATE INDEX users_by_warning ON users(next_warning) WHERE next_warning IS NOT NULL;
CREATE INDEX users_by_unlock ON users(unlocks) WHERE unlocks IS NOT NULL;

-- Failed logins by the place where they happened: a device's id, or the portal.
CREATE TABLE failed_logins (
  user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  place TEXT NOT NULL,
  count INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (user_id, place)
) WITHOUT ROWID;

-- Hashes of passwords that may not come back yet.
CREATE TABLE password_history (
  user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  set_at INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (user_id, set_at)
) WITHOUT ROWID;

-- What the links in mails carry, as digests; a password that is set ends all of its user's.
CREATE TABLE mail_tokens (
  digest BLOB PRIMARY KEY,
  purpose TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  expires INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX mail_tokens_by_user ON mail_tokens(user_id);

CREATE TABLE portal_sessions (
  digest BLOB PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  created INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX portal_sessions_by_user ON portal_sessions(user_id);

-- Changes of state that wait for their day.
CREATE TABLE scheduled_states (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  at INTEGER NOT NULL,
  send_mail INTEGER NOT NULL,
  mail_to TEXT,
  admin_id TEXT NOT NULL,
  admin_email TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX scheduled_states_by_time ON scheduled_states(at, id);
CREATE INDEX scheduled_states_by_user ON scheduled_states(user_id, at);

-- What became of each user of a bulk request.
CREATE TABLE bulk_results (
  job_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  created INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (job_id, number)
) WITHOUT ROWID;
CREATE INDEX bulk_results_by_time ON bulk_results(created);
)sql";

}  // namespace directory
