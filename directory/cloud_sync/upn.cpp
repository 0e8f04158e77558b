#include "directory/cloud_sync/upn.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"

namespace directory {

base::Result<std::string> upn_of(std::string_view address, const UpnRules& rules) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos) return base::fail("the user has no e-mail address that could become a user principal name");
  if (rules.domains.empty()) return std::string(address);
  const auto domain = base::to_lower(address.substr(at + 1));
  if (std::ranges::find(rules.domains, domain) != rules.domains.end()) return std::string(address);
  if (!rules.default_domain.empty()) return fmt::format("{}@{}", address.substr(0, at), rules.default_domain);
  return base::fail(fmt::format("the domain {} is none that the directory synchronises", domain));
}

}  // namespace directory
