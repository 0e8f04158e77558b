#include "directory/admins/api_keys.h"

#include <algorithm>
#include <utility>

#include "base/encoding.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

constexpr std::string_view admin_purpose = "admin";
constexpr std::string_view integration_purpose = "integration";
constexpr std::string_view connect_purpose = "connect";

void store_key(Core& core, const base::Secret& key, std::string_view purpose,
               const std::optional<AdministratorId>& administrator, const std::optional<IntegrationId>& integration) {
  const auto text_of = [](const auto& id) { return id ? std::optional(id->text()) : std::nullopt; };
  core.db().run(
      "INSERT OR IGNORE INTO api_keys (digest, purpose, administrator_id, integration_id, created) "
      "VALUES (?1, ?2, ?3, ?4, ?5)",
      token_digest(key), purpose, text_of(administrator), text_of(integration), core.now());
}

std::optional<base::Secret> header_key(const base::HttpRequest& request, std::string_view header) {
  const auto key = request.headers.find(header);
  if (!key) return std::nullopt;
  return base::Secret(std::string(*key));
}

std::optional<base::Secret> bearer_key(const base::HttpRequest& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto authorization = request.headers.find("Authorization");
  if (!authorization || authorization->size() <= scheme.size()) return std::nullopt;
  if (!base::equals_ignoring_case(authorization->substr(0, scheme.size()), scheme)) return std::nullopt;
  return base::Secret(std::string(authorization->substr(scheme.size())));
}

/// Whom a key of that purpose is tied to.
struct KeyTies {
  AdministratorId administrator;
  IntegrationId integration;  ///< none of a key of another purpose
};
std::optional<KeyTies> ties_of(Core& core, std::string_view digest, std::string_view purpose) {
  return core.db().first("SELECT administrator_id, integration_id FROM api_keys WHERE digest = ?1 AND purpose = ?2",
                         [](Row row) { return KeyTies{AdministratorId{row.text(0)}, IntegrationId{row.text(1)}}; }, digest, purpose);
}

/// The administrator that a key is tied to, unless deactivated.
std::optional<Administrator> owner_of(Core& core, const KeyTies& ties) {
  auto owner = find_administrator(core.db(), ties.administrator);
  if (owner && owner->suspended) return std::nullopt;
  return owner;
}

/// Every `x-org-id` has to be ours: a request may carry several. [rule D1]
bool names_another_organization(const Core& core, const base::HttpRequest& request) {
  return std::ranges::any_of(request.headers, [&](const base::Header& field) {
    return base::equals_ignoring_case(field.name, "x-org-id") && field.value != core.options.organization;
  });
}

}  // namespace

void store_initial_keys(Core& core, const InitialKeys& keys) {
  auto& db = core.db();
  if (db.exists("SELECT 1 FROM administrators")) return;
  const Administrator first{AdministratorId{core.new_id()}, "administrator@example.test", Role::billing_admin, false,
                            core.now()};
  insert_administrator(db, first);
  if (!keys.admin_key.empty()) store_key(core, keys.admin_key, admin_purpose, first.id, std::nullopt);
  if (!keys.connect_key.empty()) store_key(core, keys.connect_key, connect_purpose, std::nullopt, std::nullopt);
  for (const auto& [kind, key] : {std::pair{IntegrationKind::entra, &keys.scim_token},
                                  {IntegrationKind::okta, &keys.okta_token},
                                  {IntegrationKind::generic, &keys.generic_token}}) {
    if (key->empty()) continue;
    const Integration integration{IntegrationId{core.new_id()}, kind, std::string(kind_name(kind)), {}};
    insert_integration(db, integration);
    store_key(core, *key, integration_purpose, first.id, integration.id);
  }
}

namespace {

void adopt_key(Core& core, const base::Secret& key, std::string_view purpose,
               const std::optional<AdministratorId>& administrator, const std::optional<IntegrationId>& integration) {
  if (key.empty()) return;
  const auto digest = token_digest(key);
  core.db().run("DELETE FROM api_keys WHERE purpose = ?1 AND (from_file = 1 OR digest = ?2)", purpose, digest);
  store_key(core, key, purpose, administrator, integration);
  core.db().run("UPDATE api_keys SET from_file = 1 WHERE purpose = ?1 AND digest = ?2", purpose, digest);
}

}  // namespace

void adopt_file_keys(Core& core, const FileKeys& keys, IntegrationKind kind) {
  auto& db = core.db();
  adopt_key(core, keys.connect_key, connect_purpose, std::nullopt, std::nullopt);
  const auto owner = find_billing_admin(db);
  if (!owner) return;
  const auto integrations = list_integrations(db);
  const auto known = std::ranges::find(integrations, kind, &Integration::kind);
  Integration integration{IntegrationId{}, kind, std::string(kind_name(kind))};
  if (known != integrations.end()) {
    integration = *known;
  } else {
    integration.id = IntegrationId{core.new_id()};
    insert_integration(db, integration);
  }
  adopt_key(core, keys.key, admin_purpose, owner->id, std::nullopt);
  adopt_key(core, keys.key, integration_purpose, owner->id, integration.id);
}

base::Secret issue_admin_key(Core& core, const AdministratorId& administrator) {
  core.db().run("DELETE FROM api_keys WHERE administrator_id = ?1 AND purpose = ?2", administrator.text(), admin_purpose);
  auto key = core.new_token();
  store_key(core, key, admin_purpose, administrator, std::nullopt);
  return key;
}

bool has_admin_key(Core& core, const AdministratorId& administrator) {
  return core.db().exists("SELECT 1 FROM api_keys WHERE administrator_id = ?1 AND purpose = ?2", administrator.text(),
                          admin_purpose);
}

base::Secret issue_integration_key(Core& core, const IntegrationId& integration, const AdministratorId& owner) {
  core.db().run("DELETE FROM api_keys WHERE integration_id = ?1", integration.text());
  auto key = core.new_token();
  store_key(core, key, integration_purpose, owner, integration);
  return key;
}

std::optional<Administrator> integration_key_owner(Core& core, const IntegrationId& integration) {
  const auto id = core.db().first("SELECT administrator_id FROM api_keys WHERE integration_id = ?1",
                                  [](Row row) { return AdministratorId{row.text(0)}; }, integration.text());
  return id ? find_administrator(core.db(), *id) : std::nullopt;
}

std::expected<Administrator, base::HttpResponse> authorize_admin(Core& core, const base::HttpRequest& request,
                                                                 Permission permission) {
  const auto key = header_key(request, "x-api-key");
  const auto ties = key ? ties_of(core, token_digest(*key), admin_purpose) : std::nullopt;
  auto administrator = ties ? owner_of(core, *ties) : std::nullopt;
  if (!administrator) return std::unexpected(error_response(401, "a valid x-api-key is required"));
  if (names_another_organization(core, request)) {
    return std::unexpected(error_response(403, "the key belongs to another organisation than x-org-id names"));
  }
  if (!allows(administrator->role, permission)) {
    return std::unexpected(error_response(403, "the administrator's role does not allow this"));
  }
  return *administrator;
}

const Integration* IntegrationKeys::authorize(const base::HttpRequest& request) {
  auto key = bearer_key(request);
  if (!key) key = header_key(request, "x-api-key");
  if (!key || names_another_organization(*core_, request)) return nullptr;
  auto& db = core_->db();
  const State state{db.writes_to("api_keys"), db.writes_to("administrators"), db.writes_to("integrations")};
  if (std::exchange(state_, state) != state) known_.clear();
  const auto digest = token_digest(*key);
  if (const auto known = known_.find(digest); known != known_.end()) return &known->second;
  const auto ties = ties_of(*core_, digest, integration_purpose);
  const auto owner = ties ? owner_of(*core_, *ties) : std::nullopt;
  if (!owner || !allows(owner->role, Permission::own_integration_key)) return nullptr;
  auto integration = find_integration(db, ties->integration);
  if (!integration) return nullptr;
  integration->key_owner = {owner->id.text(), owner->email};
  return &known_.emplace(digest, *std::move(integration)).first->second;
}

bool may_register_systems(Core& core, const base::HttpRequest& request) {
  const auto key = header_key(request, "x-connect-key");
  return key && core.db().exists("SELECT 1 FROM api_keys WHERE digest = ?1 AND purpose = ?2", token_digest(*key),
                                 connect_purpose);
}

Actor actor_of(const Administrator& administrator) {
  return {Actor::Kind::admin, administrator.id.text(), administrator.email};
}

Actor actor_of(const Integration& integration) {
  return {Actor::Kind::integration, integration.key_owner.id, integration.key_owner.email, integration.name};
}

}  // namespace directory
