// Ways in which Okta's SCIM client was seen or documented to differ from what it sends by default, each as a switch.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "fakes/quirk_set.h"

namespace fakes::okta::scim_client {

enum class ClientQuirk : std::uint8_t {
  create_without_external_id,
  profile_by_patch,
  profile_before_activation,
  one_update_where_active,
  resends_all_attributes,
  emptied_as_null,
  emptied_left_out,
  first_of_several_hits,
  bare_404_is_failure,
  password_at_sign_in,
  later_retry_after_counts,
  rename_with_members,
  empty_push_without_path,
  group_put_with_id,
  members_with_create,
  groups_not_tested
};

using ClientQuirkInfo = QuirkRow<ClientQuirk>;

/// In the order of the enumeration.
[[nodiscard]] std::span<const ClientQuirkInfo> all_client_quirks();
[[nodiscard]] std::optional<ClientQuirk> client_quirk_named(std::string_view name);

/// Which are switched on; by default none is.
using ClientQuirks = QuirkSet<ClientQuirk>;

}  // namespace fakes::okta::scim_client
