// How the management API can differ from what is documented first: where pages contradict each other, or say "may". Each is a
// switch that is off by default.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "fakes/quirk_set.h"

namespace fakes::okta::api {

enum class Quirk : std::uint8_t {
  // Groups
  group_pages_of_ten_thousand,
  // Apps
  unassignment_answers_object,
  // Limits
  headers_show_share_of_token,
  // The log and its hooks
  hooks_out_of_order,
  hooks_deliver_twice,
};

using QuirkInfo = QuirkRow<Quirk>;

/// In the order of the enumeration.
[[nodiscard]] std::span<const QuirkInfo> all_quirks();
[[nodiscard]] std::optional<Quirk> find_quirk(std::string_view name);

using Quirks = QuirkSet<Quirk>;

}  // namespace fakes::okta::api
