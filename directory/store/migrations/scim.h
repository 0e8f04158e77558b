// What SCIM clients said of a user that the directory has no column for.
#pragma once

namespace directory {

inline constexpr const char* scim_migration = R"sql(
CREATE TABLE scim_users (
  user_id TEXT PRIMARY KEY REFERENCES users(id) ON DELETE CASCADE,
  user_name TEXT,
  user_name_key TEXT UNIQUE,
  document TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE scim_emails (
  value_key TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (value_key, user_id)
) WITHOUT ROWID;
CREATE INDEX scim_emails_by_user ON scim_emails(user_id);

CREATE INDEX users_in_order ON users(created, id);
CREATE INDEX users_by_modified ON users(modified);
)sql";

}  // namespace directory
