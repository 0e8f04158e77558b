// Recovery keys of encrypted disks, in escrow.
#pragma once

namespace directory {

// The newest of each system: sealed with the vault key, as an administrator must be able to read it again.
inline constexpr const char* recovery_keys_migration = R"sql(
CREATE TABLE recovery_keys (
  system_id TEXT PRIMARY KEY REFERENCES systems(id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  escrowed INTEGER NOT NULL
) WITHOUT ROWID;
)sql";

}  // namespace directory
