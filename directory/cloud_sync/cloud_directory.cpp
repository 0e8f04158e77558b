#include "directory/cloud_sync/cloud_directory.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"

namespace directory {
namespace {

constexpr std::string_view columns =
    "id, name, created, tenant, authorization, authorization_error, authorized_by, default_domain, groups_enabled, lockout_action, "
    "expiration_action, upn_source, paused_until, delta_link, next_comparison, account_lookup";

CloudAuthorization authorization_of(std::string_view name) {
  if (name == "valid") return CloudAuthorization::valid;
  return name == "ended" ? CloudAuthorization::ended : CloudAuthorization::none;
}

CloudDirectory read_directory(Row row) {
  CloudDirectory directory;
  directory.id = CloudDirectoryId{row.text(0)};
  directory.name = row.text(1);
  directory.created = row.instant(2);
  directory.tenant = row.text(3);
  directory.authorization = authorization_of(row.text(4));
  directory.authorization_error = row.text(5);
  directory.authorized_by = row.text(6);
  directory.default_domain = row.text(7);
  directory.groups_enabled = row.boolean(8);
  directory.on_lockout = parse_user_action(row.text(9)).value_or(UserAction365::maintain);
  directory.on_expiration = parse_user_action(row.text(10)).value_or(UserAction365::maintain);
  directory.upn_source = parse_upn_source(row.text(11)).value_or(UpnSource::company_email);
  directory.paused_until = row.instant(12);
  directory.delta_link = row.text(13);
  directory.next_comparison = row.instant(14);
  directory.lookup = parse_account_lookup(row.text(15)).value_or(AccountLookup::user_principal_name);
  return directory;
}

std::string context_of(const CloudDirectoryId& id) { return "refresh token of " + id.text(); }

}  // namespace

std::string_view authorization_name(CloudAuthorization authorization) {
  switch (authorization) {
    case CloudAuthorization::none: return "none";
    case CloudAuthorization::valid: return "valid";
    case CloudAuthorization::ended: return "ended";
  }
  return "";
}

std::string_view action_name(UserAction365 action) { return action == UserAction365::suspend ? "suspend" : "maintain"; }

std::optional<UserAction365> parse_user_action(std::string_view name) {
  for (const auto action : {UserAction365::maintain, UserAction365::suspend}) {
    if (action_name(action) == name) return action;
  }
  return std::nullopt;
}

std::string_view source_name(UpnSource source) { return source == UpnSource::alternate_email ? "alternate" : "company"; }

std::optional<UpnSource> parse_upn_source(std::string_view name) {
  for (const auto source : {UpnSource::company_email, UpnSource::alternate_email}) {
    if (source_name(source) == name) return source;
  }
  return std::nullopt;
}

std::string_view lookup_name(AccountLookup lookup) { return lookup == AccountLookup::primary_mail ? "mail" : "upn"; }

std::optional<AccountLookup> parse_account_lookup(std::string_view name) {
  for (const auto lookup : {AccountLookup::user_principal_name, AccountLookup::primary_mail}) {
    if (lookup_name(lookup) == name) return lookup;
  }
  return std::nullopt;
}

std::optional<CloudDirectory> find_cloud_directory(Database& db, const CloudDirectoryId& id) {
  return db.first(fmt::format("SELECT {} FROM cloud_directories WHERE id = ?1", columns), read_directory, id.text());
}

std::vector<CloudDirectory> list_cloud_directories(Database& db) {
  std::vector<CloudDirectory> list;
  db.query(fmt::format("SELECT {} FROM cloud_directories ORDER BY id", columns), [&](Row row) { list.push_back(read_directory(row)); });
  return list;
}

bool is_cloud_directory_name_taken(Database& db, std::string_view name) {
  return db.exists("SELECT 1 FROM cloud_directories WHERE name = ?1", name);
}

void insert_cloud_directory(Database& db, const CloudDirectory& directory) {
  db.run(fmt::format("INSERT INTO cloud_directories ({}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)", columns),
         directory.id.text(), directory.name, directory.created, directory.tenant, authorization_name(directory.authorization),
         directory.authorization_error, directory.authorized_by, directory.default_domain, directory.groups_enabled,
         action_name(directory.on_lockout), action_name(directory.on_expiration), source_name(directory.upn_source),
         directory.paused_until, directory.delta_link, directory.next_comparison, lookup_name(directory.lookup));
}

void update_cloud_directory(Database& db, const CloudDirectory& directory) {
  db.run(
      "UPDATE cloud_directories SET name = ?2, tenant = ?3, authorization = ?4, authorization_error = ?5, authorized_by = ?6, "
      "default_domain = ?7, groups_enabled = ?8, lockout_action = ?9, expiration_action = ?10, upn_source = ?11, paused_until = ?12, "
      "delta_link = ?13, next_comparison = ?14, account_lookup = ?15 WHERE id = ?1",
      directory.id.text(), directory.name, directory.tenant, authorization_name(directory.authorization), directory.authorization_error,
      directory.authorized_by, directory.default_domain, directory.groups_enabled, action_name(directory.on_lockout),
      action_name(directory.on_expiration), source_name(directory.upn_source), directory.paused_until, directory.delta_link,
      directory.next_comparison, lookup_name(directory.lookup));
}

void keep_pause(Database& db, const CloudDirectoryId& id, base::Instant until) {
  db.run("UPDATE cloud_directories SET paused_until = max(paused_until, ?2) WHERE id = ?1", id.text(), until);
}

void delete_cloud_directory(Database& db, const CloudDirectoryId& id) {
  db.run("DELETE FROM cloud_directories WHERE id = ?1", id.text());
}

std::vector<CloudDomain> list_cloud_domains(Database& db, const CloudDirectoryId& id) {
  std::vector<CloudDomain> domains;
  db.query(
      "SELECT id, domain FROM cloud_domains WHERE directory_id = ?1 ORDER BY domain",
      [&](Row row) { domains.push_back({CloudDomainId{row.text(0)}, row.text(1)}); }, id.text());
  return domains;
}

void insert_cloud_domain(Database& db, const CloudDirectoryId& id, const CloudDomain& domain) {
  db.run("INSERT INTO cloud_domains (id, directory_id, domain) VALUES (?1, ?2, ?3)", domain.id.text(), id.text(), domain.domain);
}

void delete_cloud_domain(Database& db, const CloudDomainId& id) { db.run("DELETE FROM cloud_domains WHERE id = ?1", id.text()); }

std::vector<CloudDirectory> rivals_of(Database& db, const CloudDirectory& directory) {
  const auto own = list_cloud_domains(db, directory.id);
  std::vector<CloudDirectory> rivals;
  for (auto& other : list_cloud_directories(db)) {
    if (other.id == directory.id) continue;
    const auto domains = list_cloud_domains(db, other.id);
    const bool shares_domain = std::ranges::any_of(domains, [&](const CloudDomain& domain) {
      return std::ranges::find(own, domain.domain, &CloudDomain::domain) != own.end();
    });
    const bool shares_tenant = !directory.tenant.empty() && other.tenant == directory.tenant;
    if (shares_domain || shares_tenant) rivals.push_back(std::move(other));
  }
  return rivals;
}

void keep_refresh_token(Core& core, const CloudDirectoryId& id, const std::optional<base::Secret>& token) {
  std::optional<std::string> box;
  if (token && core.ports.vault_key.reveal().size() == 32) {
    box = base::seal(token->reveal(), base::sealing_keys_of(core.ports.vault_key).public_key, context_of(id), core.ports.rng);
  }
  core.db().run("UPDATE cloud_directories SET sealed_refresh_token = ?2 WHERE id = ?1", id.text(), box);
}

std::optional<base::Secret> refresh_token_of(Core& core, const CloudDirectoryId& id) {
  if (core.ports.vault_key.reveal().size() != 32) return std::nullopt;
  const auto box = core.db().first(
      "SELECT sealed_refresh_token FROM cloud_directories WHERE id = ?1", [](Row row) { return row.optional_text(0); }, id.text());
  if (!box || !*box) return std::nullopt;
  auto token = base::open_sealed(**box, base::sealing_keys_of(core.ports.vault_key), context_of(id));
  if (token) core.ports.witness->witness(*token);
  return token;
}

}  // namespace directory
