#include "directory/store/schema.h"

#include <array>

namespace directory {
namespace {

// Instants are nanoseconds since the epoch. A `_key` column is the lower-cased twin that a unique index serves.
// No column holds a password, token or key: only argon2id hashes, SHA-256 digests of random tokens, and boxes
// sealed to their receiver.
constexpr std::array schema{
    R"sql(
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

CREATE TABLE api_keys (
  digest BLOB PRIMARY KEY,
  purpose TEXT NOT NULL,
  owner TEXT NOT NULL
) WITHOUT ROWID;

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

CREATE TABLE systems (
  id TEXT PRIMARY KEY,
  hostname TEXT NOT NULL,
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
  sudo INTEGER NOT NULL DEFAULT 0,
  password_sync INTEGER NOT NULL DEFAULT 1,
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

CREATE TABLE mail_outbox (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  recipient TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt INTEGER NOT NULL
);

CREATE TABLE events (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX events_by_time ON events(at);
)sql",
};

}  // namespace

std::span<const char* const> migrations() { return schema; }

}  // namespace directory
