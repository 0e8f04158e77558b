// What a service provider answers when it refuses, before it is put into JSON. [RFC7644 3.12]
#pragma once

#include <string>
#include <utility>

namespace fakes::scim {

/// `scim_type` is empty or one of the words of RFC 7644 table 9; `detail` is for people.
struct ScimError {
  int status = 400;
  std::string scim_type;
  std::string detail;

  bool operator==(const ScimError&) const = default;
};

/// A refusal of the request itself, which is most of them.
[[nodiscard]] inline ScimError bad_request(std::string scim_type, std::string detail) {
  return {400, std::move(scim_type), std::move(detail)};
}

}  // namespace fakes::scim
