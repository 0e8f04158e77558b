// Groups that are security groups in Microsoft 365 tenants: each with what is known of it there and of its members.
#pragma once

namespace directory {

inline constexpr const char* cloud_groups_migration = R"sql(
CREATE TABLE cloud_groups (
  id INTEGER PRIMARY KEY,
  directory_id TEXT NOT NULL REFERENCES cloud_directories(id) ON DELETE CASCADE,
  group_id TEXT NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
  connected INTEGER NOT NULL,
  object_id TEXT,
  create_sent INTEGER,
  sought TEXT NOT NULL DEFAULT '',
  name_there TEXT NOT NULL DEFAULT '',
  members_known INTEGER NOT NULL DEFAULT 0,
  members_page TEXT NOT NULL DEFAULT '',
  revision INTEGER NOT NULL DEFAULT 1,
  synced INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt INTEGER NOT NULL,
  error_code TEXT NOT NULL DEFAULT '',
  error_message TEXT NOT NULL DEFAULT '',
  synced_at INTEGER,
  UNIQUE (directory_id, group_id)
);
CREATE INDEX cloud_groups_by_group ON cloud_groups(group_id);
CREATE INDEX cloud_groups_by_object ON cloud_groups(directory_id, object_id);
CREATE INDEX cloud_groups_due ON cloud_groups(directory_id, next_attempt, id) WHERE synced < revision AND connected = 1;

-- Users there, by their object ids: those who are members, and those whom a write failed for.
CREATE TABLE cloud_group_members (
  cloud_group INTEGER NOT NULL REFERENCES cloud_groups(id) ON DELETE CASCADE,
  object_id TEXT NOT NULL,
  present INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (cloud_group, object_id)
) WITHOUT ROWID;
CREATE INDEX cloud_group_members_refused ON cloud_group_members(cloud_group, next_attempt) WHERE attempts > 0;
)sql";

}  // namespace directory
