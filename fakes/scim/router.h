// From a request to its answer, in no time.
#pragma once

#include "base/http.h"
#include "fakes/scim/context.h"
#include "fakes/scim/request.h"

namespace fakes::scim {

/// Whatever comes, with some answer.
[[nodiscard]] base::HttpResponse respond(Context& context, const base::HttpRequest& sent);

/// The same for a request that has been read; operations of a bulk job are such.
[[nodiscard]] base::HttpResponse route(Context& context, const Request& request);

}  // namespace fakes::scim
