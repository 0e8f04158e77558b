#include "directory/cloud_sync/tenant_domains.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "directory/cloud_sync/cloud_account.h"
#include "directory/cloud_sync/graph_answer.h"

namespace directory {
namespace {

constexpr base::Duration organization_timeout = std::chrono::seconds{30};

}  // namespace

std::vector<VerifiedDomain> read_verified_domains(const base::Json& answer) {
  std::vector<VerifiedDomain> domains;
  const auto* organizations = base::member(answer, "value");
  if (organizations == nullptr || !organizations->is_array()) return domains;
  for (const auto& organization : organizations->get_array()) {
    const auto* verified = base::member(organization, "verifiedDomains");
    if (verified == nullptr || !verified->is_array()) continue;
    for (const auto& domain : verified->get_array()) {
      auto name = base::to_lower(base::string_or(domain, "name", ""));
      if (!name.empty()) domains.push_back({std::move(name), base::bool_member(domain, "isInitial").value_or(false)});
    }
  }
  return domains;
}

base::Task<std::expected<std::vector<VerifiedDomain>, std::string>> fetch_verified_domains(Core& core, base::Secret token) {
  const auto& graph = core.options.microsoft.graph;
  base::HttpRequest request("GET", graph);
  request.target = (graph.path == "/" ? std::string() : graph.path) + "/organization?$select=id,verifiedDomains";
  request.headers.add("Authorization", "Bearer " + token.reveal());
  request.headers.add("Accept", "application/json");
  const auto result = co_await core.ports.transport->send(std::move(request), organization_timeout);
  const auto answer = read_graph_answer(result, core.now());
  if (!answer.done()) co_return std::unexpected(fmt::format("Microsoft does not say which tenant that is: {} {}", answer.code, answer.message));
  co_return read_verified_domains(answer.body);
}

std::string unsupported_tenant(const std::vector<VerifiedDomain>& domains) {
  for (const auto& domain : domains) {
    std::string_view name = domain.name;
    if (!domain.initial || !name.starts_with("netorg")) continue;
    name.remove_prefix(std::string_view("netorg").size());
    if (name.starts_with("ft")) name.remove_prefix(2);
    const auto label = name.substr(0, name.find('.'));
    const bool number = !label.empty() && std::ranges::all_of(label, [](char c) { return c >= '0' && c <= '9'; });
    if (number) return "Microsoft 365 that was bought from GoDaddy is not supported";
  }
  return {};
}

void keep_verified_domains(Database& db, const CloudDirectoryId& directory, const std::vector<VerifiedDomain>& domains) {
  db.run("DELETE FROM cloud_tenant_domains WHERE directory_id = ?1", directory.text());
  for (const auto& domain : domains) {
    db.run("INSERT OR IGNORE INTO cloud_tenant_domains (directory_id, domain) VALUES (?1, ?2)", directory.text(), domain.name);
  }
}

bool serves_domain(Database& db, const CloudDirectoryId& directory, std::string_view domain) {
  if (db.exists("SELECT 1 FROM cloud_domains WHERE directory_id = ?1", directory.text())) {
    return db.exists("SELECT 1 FROM cloud_domains WHERE directory_id = ?1 AND domain = ?2", directory.text(), domain);
  }
  return db.exists("SELECT 1 FROM cloud_tenant_domains WHERE directory_id = ?1 AND domain = ?2", directory.text(), domain);
}

std::string instance_instead(Core& core, const CloudDirectoryId& directory, const User& user) {
  const auto accounts = cloud_accounts_of(core.db(), user.id);
  if (accounts.size() < 2 || core.has(Defect::every_tenant_syncs)) return {};
  const auto& email = user.attributes.email;
  const auto domain = base::to_lower(std::string_view(email).substr(std::min(email.rfind('@') + 1, email.size())));
  if (serves_domain(core.db(), directory, domain)) return {};
  for (const auto& account : accounts) {
    if (!account.connected || account.directory == directory || !serves_domain(core.db(), account.directory, domain)) continue;
    const auto other = find_cloud_directory(core.db(), account.directory);
    if (other && other->authorization != CloudAuthorization::none) return other->name;
  }
  return {};
}

void mark_other_instances(Core& core, const std::vector<UserId>& users) {
  for (const auto& user : users) {
    core.db().run(
        "UPDATE cloud_accounts SET revision = revision + 1, attempts = 0, next_attempt = ?2 WHERE user_id = ?1 AND connected = 1 "
        "AND EXISTS (SELECT 1 FROM cloud_accounts other WHERE other.user_id = ?1 AND other.directory_id != cloud_accounts.directory_id)",
        user.text(), core.now());
    if (core.db().changed_rows() > 0) core.signal_cloud();
  }
}

}  // namespace directory
