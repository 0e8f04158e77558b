// From a request to its answer, in no time: who asks, whether the limits let it pass, which operation it is, whether the caller may.
#pragma once

#include "base/http.h"
#include "fakes/okta/api/call.h"

namespace fakes::okta::api {

/// Whatever comes, with some answer.
[[nodiscard]] base::HttpResponse respond(const Context& context, const Callers& callers, const base::HttpRequest& sent);

/// Where too many requests are at work: no limit and nothing left, and a guess when it will be better.
/// [Okta provisioning-clients 5.6-04]
[[nodiscard]] base::HttpResponse respond_too_many_at_once(const Context& context);

}  // namespace fakes::okta::api
