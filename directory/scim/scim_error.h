// Why a SCIM request is refused, in the protocol's own words.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace directory::scim {

/// A refusal with status 400 and a scimType of RFC 7644 table 9; the detail is for people.
struct ScimError {
  std::string scim_type;
  std::string detail;

  bool operator==(const ScimError&) const = default;
};

[[nodiscard]] inline std::unexpected<ScimError> refuse(std::string scim_type, std::string detail) {
  return std::unexpected(ScimError{std::move(scim_type), std::move(detail)});
}

}  // namespace directory::scim
