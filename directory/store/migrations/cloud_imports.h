// Imports of users from Microsoft tenants: each job with its accounts, and what became of each. The domains that tenants have
// verified. Mail that is no user's own: to whoever started a job.
#pragma once

namespace directory {

inline constexpr const char* cloud_imports_migration = R"sql(
-- A job outlives its instance: whoever started it is told how it ended.
CREATE TABLE cloud_imports (
  id TEXT PRIMARY KEY,
  directory_id TEXT NOT NULL,
  directory_name TEXT NOT NULL,
  admin_id TEXT NOT NULL,
  admin_email TEXT NOT NULL,
  created INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt INTEGER NOT NULL,
  limit_reached INTEGER NOT NULL DEFAULT 0,
  finished INTEGER
) WITHOUT ROWID;
CREATE INDEX cloud_imports_due ON cloud_imports(next_attempt, id) WHERE finished IS NULL;
CREATE INDEX cloud_imports_finished ON cloud_imports(finished) WHERE finished IS NOT NULL;

CREATE TABLE cloud_import_entries (
  job_id TEXT NOT NULL REFERENCES cloud_imports(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  object_id TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending',
  upn TEXT NOT NULL DEFAULT '',
  username TEXT NOT NULL DEFAULT '',
  message TEXT NOT NULL DEFAULT '',
  user_id TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (job_id, number)
) WITHOUT ROWID;
CREATE INDEX cloud_import_entries_by_status ON cloud_import_entries(job_id, status, number);

CREATE TABLE cloud_tenant_domains (
  directory_id TEXT NOT NULL REFERENCES cloud_directories(id) ON DELETE CASCADE,
  domain TEXT NOT NULL,
  PRIMARY KEY (directory_id, domain)
) WITHOUT ROWID;

-- A mail without a user has its words with it.
CREATE TABLE mail_outbox_with_notices (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  user_id TEXT REFERENCES users(id) ON DELETE CASCADE,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT '',
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt INTEGER NOT NULL
);
INSERT INTO mail_outbox_with_notices (id, kind, user_id, recipient, attempts, next_attempt)
  SELECT id, kind, user_id, recipient, attempts, next_attempt FROM mail_outbox;
DROP TABLE mail_outbox;
ALTER TABLE mail_outbox_with_notices RENAME TO mail_outbox;
)sql";

}  // namespace directory
