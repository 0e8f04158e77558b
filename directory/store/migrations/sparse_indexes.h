// Indexes hold what is there: most users have no alternate address, no employee number and no name of their own on devices, and each
// index that holds nothing of them is one page less to write for everybody who comes.
#pragma once

namespace directory {

inline constexpr const char* sparse_indexes_migration = R"sql(
CREATE TABLE users_with_sparse_indexes (
  id TEXT PRIMARY KEY,
  username TEXT NOT NULL,
  username_key TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE,
  external_id TEXT,
  firstname TEXT, lastname TEXT, displayname TEXT, job_title TEXT, department TEXT, location TEXT,
  cost_center TEXT, employee_type TEXT, company TEXT,
  employee_identifier TEXT,
  employee_identifier_key TEXT,
  system_username TEXT,
  middlename TEXT, description TEXT,
  alternate_email TEXT,
  alternate_email_key TEXT,
  manager TEXT REFERENCES users_with_sparse_indexes(id) ON DELETE SET NULL,
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
INSERT INTO users_with_sparse_indexes (
  id, username, username_key, email, email_key, external_id, firstname, lastname, displayname, job_title, department,
  location, cost_center, employee_type, company, employee_identifier, employee_identifier_key, system_username,
  middlename, description, alternate_email, alternate_email_key, manager, unix_uid, unix_guid, state,
  creation_source, password_authority, password_never_expires, ignores_device_failures, password_hash, password_set,
  password_expires, next_warning, password_expired, locked, locked_since, unlocks, failed_logins, created, modified,
  version)
SELECT
  id, username, username_key, email, email_key, external_id, firstname, lastname, displayname, job_title, department,
  location, cost_center, employee_type, company, employee_identifier, employee_identifier_key, system_username,
  middlename, description, alternate_email, alternate_email_key, manager, unix_uid, unix_guid, state,
  creation_source, password_authority, password_never_expires, ignores_device_failures, password_hash, password_set,
  password_expires, next_warning, password_expired, locked, locked_since, unlocks, failed_logins, created, modified,
  version
FROM users;
DROP TABLE users;
ALTER TABLE users_with_sparse_indexes RENAME TO users;
CREATE UNIQUE INDEX users_by_employee_identifier ON users(employee_identifier_key) WHERE employee_identifier_key IS NOT NULL;
CREATE UNIQUE INDEX users_by_system_username ON users(system_username) WHERE system_username IS NOT NULL;
CREATE UNIQUE INDEX users_by_alternate_email ON users(alternate_email_key) WHERE alternate_email_key IS NOT NULL;
CREATE INDEX users_by_external_id ON users(external_id) WHERE external_id IS NOT NULL;
CREATE INDEX users_by_manager ON users(manager) WHERE manager IS NOT NULL;
CREATE INDEX users_by_expiry ON users(password_expires) WHERE password_expired = 0 AND password_expires IS NOT NULL;
CREATE INDEX users_by_warning ON users(next_warning) WHERE next_warning IS NOT NULL;
CREATE INDEX users_by_unlock ON users(unlocks) WHERE unlocks IS NOT NULL;
CREATE INDEX users_in_order ON users(created, id);
CREATE INDEX users_by_modified ON users(modified);
-- It went with its table.
CREATE TRIGGER users_leave_the_graph AFTER DELETE ON users BEGIN
  UPDATE groups SET version = version + 1 WHERE id IN (SELECT group_id FROM group_members WHERE member_id = OLD.id);
  DELETE FROM group_members WHERE member_id = OLD.id;
  DELETE FROM group_suggestions WHERE member_id = OLD.id;
  DELETE FROM associations WHERE from_id = OLD.id OR to_id = OLD.id;
END;

-- Nobody asks for an event by its id.
CREATE TABLE events_without_an_index_of_ids (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  service TEXT NOT NULL DEFAULT 'directory',
  at INTEGER NOT NULL,
  body TEXT NOT NULL
);
INSERT INTO events_without_an_index_of_ids SELECT sequence, id, type, service, at, body FROM events;
DROP TABLE events;
ALTER TABLE events_without_an_index_of_ids RENAME TO events;
CREATE INDEX events_by_time ON events(at);
CREATE INDEX events_by_type ON events(type, at);
)sql";

}  // namespace directory
