// Groups, their members, and associations: the graph that bindings follow from.
#pragma once

namespace directory {

// A member is a user or a system, as its group's type says; ids are unique over all kinds of objects. An
// association's ends are of many kinds, so triggers do what foreign keys cannot.
inline constexpr const char* groups_migration = R"sql(
CREATE TABLE groups (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  description TEXT,
  email TEXT,
  external_id TEXT,
  membership_method TEXT NOT NULL,
  sudo INTEGER NOT NULL DEFAULT 0,
  sudo_without_password INTEGER NOT NULL DEFAULT 0,
  member_query TEXT,
  exemptions TEXT NOT NULL,
  suggestions_notify INTEGER NOT NULL,
  next_evaluation INTEGER,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (type, name_key)
) WITHOUT ROWID;
CREATE INDEX groups_by_external_id ON groups(external_id);
CREATE INDEX groups_by_creation ON groups(type, created, id);
CREATE INDEX groups_with_rules ON groups(type, id) WHERE next_evaluation IS NOT NULL;
CREATE INDEX groups_by_evaluation ON groups(next_evaluation) WHERE next_evaluation IS NOT NULL;

CREATE TABLE group_members (
  group_id TEXT NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
  member_id TEXT NOT NULL,
  PRIMARY KEY (group_id, member_id)
) WITHOUT ROWID;
CREATE INDEX group_members_by_member ON group_members(member_id, group_id);

CREATE TABLE group_suggestions (
  group_id TEXT NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
  member_id TEXT NOT NULL,
  adds INTEGER NOT NULL,
  PRIMARY KEY (group_id, member_id)
) WITHOUT ROWID;
CREATE INDEX group_suggestions_by_member ON group_suggestions(member_id);

CREATE TABLE associations (
  from_type TEXT NOT NULL,
  from_id TEXT NOT NULL,
  to_type TEXT NOT NULL,
  to_id TEXT NOT NULL,
  sudo INTEGER NOT NULL DEFAULT 0,
  sudo_without_password INTEGER NOT NULL DEFAULT 0,
  password_sync INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (from_id, to_id)
) WITHOUT ROWID;
CREATE INDEX associations_by_target ON associations(to_id, from_id);

CREATE TRIGGER users_leave_the_graph AFTER DELETE ON users BEGIN
  UPDATE groups SET version = version + 1 WHERE id IN (SELECT group_id FROM group_members WHERE member_id = OLD.id);
  DELETE FROM group_members WHERE member_id = OLD.id;
  DELETE FROM group_suggestions WHERE member_id = OLD.id;
  DELETE FROM associations WHERE from_id = OLD.id OR to_id = OLD.id;
END;
CREATE TRIGGER systems_leave_the_graph AFTER DELETE ON systems BEGIN
  UPDATE groups SET version = version + 1 WHERE id IN (SELECT group_id FROM group_members WHERE member_id = OLD.id);
  DELETE FROM group_members WHERE member_id = OLD.id;
  DELETE FROM group_suggestions WHERE member_id = OLD.id;
  DELETE FROM associations WHERE from_id = OLD.id OR to_id = OLD.id;
END;
CREATE TRIGGER policies_leave_the_graph AFTER DELETE ON policies BEGIN
  DELETE FROM associations WHERE from_id = OLD.id OR to_id = OLD.id;
END;
CREATE TRIGGER groups_leave_the_graph AFTER DELETE ON groups BEGIN
  DELETE FROM associations WHERE from_id = OLD.id OR to_id = OLD.id;
END;
)sql";

}  // namespace directory
