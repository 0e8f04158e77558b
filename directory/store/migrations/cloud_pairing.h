// How accounts of a tenant are found, and whether one of them was ever given a password.
#pragma once

namespace directory {

inline constexpr const char* cloud_pairing_migration = R"sql(
ALTER TABLE cloud_directories ADD COLUMN account_lookup TEXT NOT NULL DEFAULT 'upn';
ALTER TABLE cloud_accounts ADD COLUMN password_sent INTEGER NOT NULL DEFAULT 0;
)sql";

}  // namespace directory
