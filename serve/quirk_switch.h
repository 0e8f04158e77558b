// Quirks of the fakes, switched on and off while the world goes on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/engine/cast.h"

namespace serve {

struct QuirkState {
  std::string_view name;
  std::string_view what;
  bool on = false;
};

/// `entra.sign_in`, `entra.provisioning`, `graph`, `okta.api`, `okta.sign_in`, `okta.scim_client`.
[[nodiscard]] std::vector<std::string_view> parts_with_quirks();
/// All of a part; empty where there is no such part.
[[nodiscard]] std::vector<QuirkState> quirks_of(scenarios::Cast& cast, std::string_view part);
/// Those that are named are on from now on, the part's others are off. Why that cannot be done; empty: it is.
[[nodiscard]] std::string switch_quirks(scenarios::Cast& cast, std::string_view part, const std::vector<std::string>& names);

}  // namespace serve
