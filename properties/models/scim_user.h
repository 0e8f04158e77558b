// A user as the client of a SCIM service provider may rely on it, from what the client has asked for alone. Naive on purpose: it
// shares nothing with the directory or the fakes.
#pragma once

#include <map>
#include <optional>
#include <string>

namespace properties::models {

/// By attribute path (`title`, `name.givenName`). A value of nothing: the user has none. What is not in it is not known.
using ScimValues = std::map<std::string, std::optional<std::string>, std::less<>>;

struct ScimUser {
  bool exists = false;
  bool was_deleted = false;
  std::string user_name{};
  bool active = true;
  std::string mail{};             ///< the primary one
  bool has_second_mail = false;   ///< of type `home`
  ScimValues values{};

  void create(std::string name, std::string address, ScimValues given) {
    *this = ScimUser{.exists = true, .was_deleted = false, .user_name = std::move(name), .active = true,
                     .mail = std::move(address), .has_second_mail = false, .values = std::move(given)};
  }
  /// A PUT. What it leaves out may be kept or cleared, and is not known any more. [RFC7644 3.5.1]
  void replace(ScimValues given) {
    has_second_mail = false;
    values = std::move(given);
  }
  void remove() {
    exists = false;
    was_deleted = true;
  }

  bool operator==(const ScimUser&) const = default;
};

}  // namespace properties::models
