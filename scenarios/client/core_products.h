// The bench's own parties as products: the directory as a client of Microsoft Graph and as a relying party, and the fakes of
// Entra's and Okta's provisioning clients in front of the directory.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "scenarios/client/product.h"

namespace scenarios::client {

/// The directory's sync with Microsoft 365.
[[nodiscard]] std::unique_ptr<Product> core_graph_client(Cast& cast);
/// The directory's portal, whose people sign in at Entra.
[[nodiscard]] std::unique_ptr<Product> core_relying_party(Cast& cast);
/// Entra's provisioning service.
[[nodiscard]] std::unique_ptr<Product> entra_scim_client(Cast& cast);
/// Okta's provisioning.
[[nodiscard]] std::unique_ptr<Product> okta_scim_client(Cast& cast);

/// What a suite judges where nobody names a product: `core`, and of `scim-client`, since the directory provisions nobody, `entra`.
[[nodiscard]] std::string_view default_product(std::string_view suite);
/// The one that a suite takes by that name: `core`, or of `scim-client` `entra` and `okta`. Empty where there is none.
[[nodiscard]] std::optional<ProductMaker> product_named(std::string_view suite, std::string_view name);

}  // namespace scenarios::client
