// What the application's mapping makes of a user: the attributes in the order in which a creation names them, each with the
// place that it has in a SCIM user.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fakes::okta::scim_client {

enum class Place : std::uint8_t {
  core,           ///< at the top: userName, title
  name,           ///< in `name`
  primary_email,  ///< the value of the primary e-mail address
  enterprise      ///< in the enterprise extension
};

struct Attribute {
  Place place = Place::core;
  std::string name;   ///< `userName`, `givenName`, `department`; `email` for the address
  std::string value;  ///< empty: the user has none

  bool operator==(const Attribute&) const = default;
};

using Attributes = std::vector<Attribute>;

/// Those of every app; the others are the app's own. [Okta provisioning-clients 4.3-06] [Okta provisioning-clients 4.3-10]
[[nodiscard]] bool is_of_every_app(const Attribute& attribute);

/// The value of that attribute; empty where there is none.
[[nodiscard]] std::string value_of(const Attributes& attributes, std::string_view name);

/// What `after` has otherwise than `before`: what an update pushes.
[[nodiscard]] Attributes changed(const Attributes& before, const Attributes& after);

}  // namespace fakes::okta::scim_client
