// Who asks: the bearer token of a request. [Graph E29]
#pragma once

#include "base/http.h"
#include "fakes/entra/access_token.h"
#include "fakes/graph/graph_error.h"

namespace fakes::graph {

/// Refuses requests without a token, with one that is unknown, has expired, or is for another service.
[[nodiscard]] Outcome<entra::AccessToken> bearer_of(const base::Headers& headers, const entra::AccessTokens& tokens, base::Instant now,
                                                    const Quirks& quirks);

}  // namespace fakes::graph
