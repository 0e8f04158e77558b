// Which user principal name a user gets in a tenant, by the instance's domains.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace directory {

struct UpnRules {
  std::vector<std::string> domains;  ///< lower case; none: every address is sent as it is [rule R92]
  std::string default_domain;        ///< empty: only matching ones are synced [rule R93]
};

/// `address` is the mapped e-mail address. The error says why the user is not synced. [rule R92] [rule R93] [rule R94]
[[nodiscard]] base::Result<std::string> upn_of(std::string_view address, const UpnRules& rules);

}  // namespace directory
