// Bodies of requests about groups: PATCHes of the catalogue's apps, replacements of the wizard's.
// [Okta provisioning-clients 4.8-01] [Okta provisioning-clients 4.8-04] [Okta provisioning-clients 4.8-10]
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "fakes/okta/scim_client/client_quirks.h"

namespace fakes::okta::scim_client {

inline constexpr auto group_schema = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// A member as the application knows it.
struct Member {
  std::string id;     ///< in the application
  std::string login;  ///< what it is shown as

  bool operator==(const Member&) const = default;
};
using Members = std::vector<Member>;

struct MembersChange {
  std::vector<std::string> removed{};  ///< ids in the application
  Members added{};

  [[nodiscard]] bool empty() const { return removed.empty() && added.empty(); }
  bool operator==(const MembersChange&) const = default;
};

/// Removals in the order of `before`, additions in that of `after`.
[[nodiscard]] MembersChange change_between(const Members& before, const Members& after);

/// How many members one PATCH changes is a number of the integration. [Okta provisioning-clients 4.8-09]
inline constexpr std::size_t fewest_of_batch = 100;
inline constexpr std::size_t most_of_batch = 1000;
[[nodiscard]] std::vector<MembersChange> batches_of(const MembersChange& change, std::size_t most);

/// Without members yet, unless `members` are to go along. [Okta provisioning-clients 4.8-01]
[[nodiscard]] base::JsonObject create_group_body(std::string_view name, const Members& members = {});
/// [Okta provisioning-clients 4.8-04]
[[nodiscard]] base::JsonObject rename_patch(std::string_view id, std::string_view name);
/// Removals, each by a path of its own, then one addition. With a name, that comes first. [Okta provisioning-clients 4.8-06]
[[nodiscard]] base::JsonObject members_patch(const MembersChange& change, std::optional<std::string_view> id = std::nullopt,
                                             std::string_view name = "");
/// All members over those that are there. [Okta provisioning-clients 4.8-07] [Okta provisioning-clients 4.8-08]
[[nodiscard]] base::JsonObject members_replacement(const Members& members);
[[nodiscard]] base::JsonObject empty_members_without_path(std::string_view id, std::string_view name);
/// The body of a PUT. [Okta provisioning-clients 4.8-10]
[[nodiscard]] base::JsonObject group_replacement(std::string_view id, std::string_view name, const Members& members,
                                                 const ClientQuirks& quirks);

}  // namespace fakes::okta::scim_client
