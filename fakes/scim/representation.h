// A resource as it is shown: what is stored, with what the provider adds to it.
#pragma once

#include <string>

#include "base/json.h"
#include "base/uri.h"
#include "fakes/scim/quirks.h"
#include "fakes/scim/store.h"

namespace fakes::scim {

/// All there is to know of a resource: with `id` and `meta`, a user's `groups`, the addresses and types of
/// members and the manager's name; also what is never returned. The entity tag is a digest of the whole.
/// [RFC7643 3.1] [RFC7643 4.1.2]
[[nodiscard]] base::JsonObject whole_resource(const Record& record, const Store& store, const base::Uri& base,
                                              const Quirks& quirks);

/// What of a whole resource is stored: the inverse.
[[nodiscard]] base::JsonObject stored_part(const base::JsonObject& whole, const Store& store);

[[nodiscard]] std::string location_of(const Record& record, const base::Uri& base);

/// `meta.version` of a whole resource.
[[nodiscard]] std::string tag_of(const base::JsonObject& whole);

}  // namespace fakes::scim
