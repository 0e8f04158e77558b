// The resource of an answer.
#pragma once

#include "base/http.h"
#include "fakes/scim/blemishes.h"
#include "fakes/scim/context.h"
#include "fakes/scim/selection.h"

namespace fakes::scim {

/// What an answer shows of a whole resource.
[[nodiscard]] base::JsonObject shown(const base::JsonObject& whole, const ResourceType& type,
                                     const Selection& selection, const Quirks& quirks);

/// An answer with one resource, its entity tag and, for a new one, its address. [RFC7644 3.3] [RFC7644 3.14]
[[nodiscard]] base::HttpResponse resource_answer(int status, const Context& context, const Record& record,
                                                 const Selection& selection);

}  // namespace fakes::scim
