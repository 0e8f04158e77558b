// The small clients of fakes/clients as products, on a host of their own; whole, or with mistakes.
#pragma once

#include <string_view>
#include <vector>

#include "fakes/clients/quirks.h"
#include "scenarios/client/product.h"

namespace scenarios::client {

/// Of one of the suites.
[[nodiscard]] ProductMaker sample_product(std::string_view suite, fakes::clients::Quirks quirks);
/// The suites whose small client knows the quirk: those whose rules it breaks.
[[nodiscard]] std::vector<std::string_view> suites_of(const fakes::clients::QuirkInfo& quirk);

}  // namespace scenarios::client
