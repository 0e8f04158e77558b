// What a provider with a quirk gets wrong in showing a resource that it holds well.
#pragma once

#include "base/json.h"
#include "fakes/scim/quirks.h"

namespace fakes::scim {

/// Spoils an answer's resource; without quirks it stays as it is.
void blemish(base::JsonObject& shown, const Quirks& quirks);

}  // namespace fakes::scim
