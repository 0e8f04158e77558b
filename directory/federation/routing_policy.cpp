#include "directory/federation/routing_policy.h"

#include "directory/associations/graph_walk.h"

namespace directory {
namespace {

RoutingPolicy read_policy(Row row) { return {RoutingPolicyId{row.text(0)}, row.text(1), row.instant(2)}; }

}  // namespace

std::optional<RoutingPolicy> find_routing_policy(Database& db, const RoutingPolicyId& id) {
  return db.first("SELECT id, name, created FROM routing_policies WHERE id = ?1", read_policy, id.text());
}

std::optional<RoutingPolicy> find_routing_policy_by_name(Database& db, std::string_view name) {
  return db.first("SELECT id, name, created FROM routing_policies WHERE name = ?1", read_policy, name);
}

std::vector<RoutingPolicy> list_routing_policies(Database& db) {
  std::vector<RoutingPolicy> found;
  db.query("SELECT id, name, created FROM routing_policies ORDER BY created, id",
           [&](Row row) { found.push_back(read_policy(row)); });
  return found;
}

void insert_routing_policy(Database& db, const RoutingPolicy& policy) {
  db.run("INSERT INTO routing_policies (id, name, created) VALUES (?1, ?2, ?3)", policy.id.text(), policy.name, policy.created);
}

void delete_routing_policy(Database& db, const RoutingPolicyId& id) {
  db.run("DELETE FROM routing_policies WHERE id = ?1", id.text());
}

bool signs_in_at_provider(Database& db, const UserId& user) {
  if (!db.exists("SELECT 1 FROM identity_providers")) return false;
  return !reached_ids(db, {GraphType::user, user.text()}, GraphType::idp_routing_policy).empty();
}

}  // namespace directory
