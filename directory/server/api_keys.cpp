#include "directory/server/api_keys.h"

#include "base/encoding.h"

namespace directory {
namespace {

std::string_view purpose_name(KeyPurpose purpose) {
  switch (purpose) {
    case KeyPurpose::admin: return "admin";
    case KeyPurpose::scim: return "scim";
    case KeyPurpose::connect: return "connect";
  }
  return "";
}

void store_key(Database& db, const base::Secret& key, KeyPurpose purpose, std::string_view owner) {
  if (key.empty()) return;
  db.run("INSERT OR IGNORE INTO api_keys (digest, purpose, owner) VALUES (?1, ?2, ?3)", token_digest(key),
         purpose_name(purpose), owner);
}

std::optional<base::Secret> presented_key(const base::HttpRequest& request) {
  if (const auto key = request.headers.find("x-api-key")) return base::Secret(std::string(*key));
  if (const auto key = request.headers.find("x-connect-key")) return base::Secret(std::string(*key));
  const auto authorization = request.headers.find("Authorization");
  constexpr std::string_view scheme = "Bearer ";
  if (!authorization || authorization->size() <= scheme.size()) return std::nullopt;
  if (!base::equals_ignoring_case(authorization->substr(0, scheme.size()), scheme)) return std::nullopt;
  return base::Secret(std::string(authorization->substr(scheme.size())));
}

}  // namespace

void store_initial_keys(Database& db, const InitialKeys& keys) {
  if (db.exists("SELECT 1 FROM api_keys")) return;
  store_key(db, keys.admin_key, KeyPurpose::admin, "administrator");
  store_key(db, keys.scim_token, KeyPurpose::scim, "entra");
  store_key(db, keys.connect_key, KeyPurpose::connect, "organization");
}

std::optional<ApiKey> authorize(Core& core, const base::HttpRequest& request, KeyPurpose purpose) {
  const auto key = presented_key(request);
  if (!key) return std::nullopt;
  const auto owner = core.db().first("SELECT owner FROM api_keys WHERE digest = ?1 AND purpose = ?2",
                                     [](Row row) { return row.text(0); }, token_digest(*key), purpose_name(purpose));
  if (!owner) return std::nullopt;
  return ApiKey{purpose, *owner};
}

}  // namespace directory
