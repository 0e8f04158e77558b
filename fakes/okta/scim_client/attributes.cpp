#include "fakes/okta/scim_client/attributes.h"

#include <algorithm>
#include <array>

namespace fakes::okta::scim_client {

bool is_of_every_app(const Attribute& attribute) {
  constexpr std::array<std::string_view, 3> core{"userName", "displayName", "locale"};
  if (attribute.place == Place::name || attribute.place == Place::primary_email) return true;
  return attribute.place == Place::core && std::ranges::find(core, attribute.name) != core.end();
}

std::string value_of(const Attributes& attributes, std::string_view name) {
  const auto found = std::ranges::find(attributes, name, &Attribute::name);
  return found == attributes.end() ? std::string{} : found->value;
}

Attributes changed(const Attributes& before, const Attributes& after) {
  Attributes out;
  for (const auto& attribute : after) {
    if (value_of(before, attribute.name) != attribute.value) out.push_back(attribute);
  }
  return out;
}

}  // namespace fakes::okta::scim_client
