// What Okta's sign-in does where an org is set up otherwise, did at one time, or does against what is documented; each a named
// switch that is off by default.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "fakes/quirk_set.h"

namespace fakes::okta::sign_in {

enum class Quirk : std::uint8_t {
  codes_last_a_minute,
  name_is_asked_first,
  lock_is_shown,
  unknown_client_as_api_error,
  refresh_tokens_always_rotate,
  claims_all_in_id_token,
  email_unverified,
  throttled_once
};

using QuirkInfo = QuirkRow<Quirk>;

/// In the order of the enumeration.
[[nodiscard]] std::span<const QuirkInfo> all_quirks();
[[nodiscard]] std::optional<Quirk> find_quirk(std::string_view name);

using Quirks = QuirkSet<Quirk>;

}  // namespace fakes::okta::sign_in
