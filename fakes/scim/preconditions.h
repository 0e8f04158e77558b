// Requests that hold only for one version of a resource. [RFC7644 3.14] [RFC9110 13]
#pragma once

#include <string_view>

#include "fakes/scim/request.h"

namespace fakes::scim {

/// Whether If-Match is met: it is not there, is `*`, or lists the tag. Weak tags compare by their text, as
/// the RFC uses them here.
[[nodiscard]] bool meets_if_match(const Request& request, std::string_view tag, const Quirks& quirks);

/// Whether If-None-Match lists the tag, so that there is nothing new to show.
[[nodiscard]] bool is_known(const Request& request, std::string_view tag, const Quirks& quirks);

}  // namespace fakes::scim
