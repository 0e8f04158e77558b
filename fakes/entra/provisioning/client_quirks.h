// Ways in which Entra's provisioning client was seen or documented to differ from what it sends by default, each as a switch.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "fakes/quirk_set.h"

namespace fakes::entra::provisioning {

enum class ClientQuirk : std::uint8_t {
  switch_forgets_unchanged,
  disable_as_boolean,
  primary_first_as_text,
  manager_as_object,
  manager_as_array,
  patch_2017,
  values_in_arrays,
  extension_with_dot,
  match_by_external_id,
  members_replaced,
  group_rename_without_path,
  asks_before_references,
  explicit_nulls,
  filter_unquoted,
  version_header,
  additions_without_path
};

using ClientQuirkInfo = QuirkRow<ClientQuirk>;

/// In the order of the enumeration.
[[nodiscard]] std::span<const ClientQuirkInfo> all_client_quirks();
[[nodiscard]] const ClientQuirkInfo& info_of(ClientQuirk quirk);
[[nodiscard]] std::optional<ClientQuirk> client_quirk_named(std::string_view name);

/// Which are switched on; by default none is.
using ClientQuirks = QuirkSet<ClientQuirk>;

}  // namespace fakes::entra::provisioning
