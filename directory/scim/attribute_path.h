// How SCIM names an attribute: `userName`, `name.givenName`, or either behind the URN of its schema and a
// colon.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace directory::scim {

/// The parts as written; names and URNs are compared without regard to case. [RFC7644 3.10]
struct AttributePath {
  std::string schema = {};  ///< a URN without the colon behind it, or empty
  std::string attribute = {};
  std::string sub_attribute = {};  ///< or empty

  [[nodiscard]] std::string text() const;

  bool operator==(const AttributePath&) const = default;
};

/// `[URN:]attribute[.sub]`; names begin with a letter or, as `$ref` does, with a dollar sign.
/// [RFC7644 3.4.2.2] [RFC7643 2.1]
[[nodiscard]] base::Result<AttributePath> parse_attribute_path(std::string_view text);

}  // namespace directory::scim
