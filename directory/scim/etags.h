// Entity tags of resources: weak ones, since the JSON of one version need not be the same byte for byte, and
// the preconditions that requests carry. [RFC7644 3.14]
#pragma once

#include <string_view>

#include "base/http.h"

namespace directory::scim {

enum class Precondition {
  holds,
  failed,       ///< 412: a change was to be made to another version
  not_modified  ///< 304: the reader has this version
};

[[nodiscard]] bool has_precondition(const base::HttpRequest& request);

/// If-Match and If-None-Match against the tag of the resource as it is. Tags compare weakly even in If-Match,
/// for RFC 7644's own examples send weak ones there. [RFC7644 3.14] [RFC9110 13.1.1] [RFC9110 13.1.2]
[[nodiscard]] Precondition check_precondition(const base::HttpRequest& request, std::string_view tag);

}  // namespace directory::scim
