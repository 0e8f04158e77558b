// Who says to be which client, and with which secret: in the form or in HTTP Basic. [RFC6749 2.3.1]
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "base/uri.h"

namespace fakes::oidc {

struct ClientCredentials {
  enum class Place : std::uint8_t { form, basic };

  std::string id{};
  std::optional<base::Secret> secret{};  ///< empty: none was sent
  Place place = Place::form;
};

/// HTTP Basic goes before the form.
[[nodiscard]] ClientCredentials read_credentials(std::string_view authorization, const base::Target& form);

}  // namespace fakes::oidc
