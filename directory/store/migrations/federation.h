// The identity provider, routing policies, and sign-ins that are under way at the provider.
#pragma once

namespace directory {

inline constexpr const char* federation_migration = R"sql(
CREATE TABLE identity_providers (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  url TEXT NOT NULL,
  client_id TEXT NOT NULL,
  sealed_secret BLOB NOT NULL,
  created INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE routing_policies (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER routing_policies_leave_the_graph AFTER DELETE ON routing_policies BEGIN
  DELETE FROM associations WHERE from_id = OLD.id OR to_id = OLD.id;
END;

CREATE TABLE federated_sign_ins (
  state_digest BLOB PRIMARY KEY,
  provider_id TEXT NOT NULL REFERENCES identity_providers(id) ON DELETE CASCADE,
  expires INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX federated_sign_ins_by_expiry ON federated_sign_ins(expires);
)sql";

}  // namespace directory
