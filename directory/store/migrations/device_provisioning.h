// Accounts that people provision at the login window of a device while they sign in at the identity provider.
#pragma once

namespace directory {

// One a system: a login window shows one sign-in at a time, and a new one takes the older one's place. `stage` is
// under_way, refused, signed_in or bound; `purpose` of a sign-in is portal or provisioning.
inline constexpr const char* device_provisioning_migration = R"sql(
ALTER TABLE federated_sign_ins ADD COLUMN purpose TEXT NOT NULL DEFAULT 'portal';

CREATE TABLE device_provisionings (
  system_id TEXT PRIMARY KEY REFERENCES systems(id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  ticket_digest BLOB NOT NULL,
  state_digest BLOB NOT NULL UNIQUE,
  password_sync INTEGER NOT NULL,
  stage TEXT NOT NULL,
  why TEXT NOT NULL DEFAULT '',
  expires INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX device_provisionings_by_user ON device_provisionings(user_id);
)sql";

}  // namespace directory
