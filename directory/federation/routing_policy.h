// Routing policies: whoever is associated with one, directly or through a group, signs in at the identity provider.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "directory/store/database.h"
#include "directory/users/user.h"

namespace directory {

using RoutingPolicyId = base::Id<struct RoutingPolicyTag>;

struct RoutingPolicy {
  RoutingPolicyId id;
  std::string name;
  base::Instant created{};
};

[[nodiscard]] std::optional<RoutingPolicy> find_routing_policy(Database& db, const RoutingPolicyId& id);
[[nodiscard]] std::optional<RoutingPolicy> find_routing_policy_by_name(Database& db, std::string_view name);
[[nodiscard]] std::vector<RoutingPolicy> list_routing_policies(Database& db);
void insert_routing_policy(Database& db, const RoutingPolicy& policy);
/// Its associations go with it.
void delete_routing_policy(Database& db, const RoutingPolicyId& id);

/// Whether portal, applications and self-service hand the user over to the provider: there is one, and the user is
/// in a policy. Device login is never routed. [rule R8] [rule D94] [rule D95]
[[nodiscard]] bool signs_in_at_provider(Database& db, const UserId& user);

}  // namespace directory
