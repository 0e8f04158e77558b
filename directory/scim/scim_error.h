// Why a SCIM request is refused, in the protocol's own words.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
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

/// What a client sent, for a detail: at most `most` bytes and well-formed UTF-8, whatever it was.
[[nodiscard]] std::string excerpt(std::string_view text, std::size_t most = 80);

}  // namespace directory::scim
