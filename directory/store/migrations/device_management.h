// What administrators ask of systems: commands that wait, policies, and agents that must go.
#pragma once

namespace directory {

inline constexpr const char* device_management_migration = R"sql(
CREATE TABLE system_commands (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  system_id TEXT NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  kind TEXT NOT NULL
);
CREATE INDEX system_commands_by_system ON system_commands(system_id);

CREATE TABLE policies (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  template TEXT NOT NULL,
  settings TEXT NOT NULL,
  created INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE agent_removals (
  agent_key_digest BLOB PRIMARY KEY,
  requested INTEGER NOT NULL
) WITHOUT ROWID;
)sql";

}  // namespace directory
