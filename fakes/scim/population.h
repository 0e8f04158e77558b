// Resources that are there before anybody asks: users of several shapes and groups, for runs against a provider in use.
#pragma once

#include <cstddef>

#include "base/instant.h"
#include "base/rng.h"
#include "fakes/scim/store.h"

namespace fakes::scim {

/// Adds so many users of five shapes, from a bare name to one with everything, and groups of three: with ten users each,
/// with another group, and with nobody.
void populate(Store& store, base::Rng& rng, base::Instant now, std::size_t users, std::size_t groups);

}  // namespace fakes::scim
