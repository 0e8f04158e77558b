// From a request to its answer, in no time: who asks, whether the limits let it pass, which operation it is, whether the
// token may call it.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "base/http.h"
#include "base/rng.h"
#include "fakes/entra/access_token.h"
#include "fakes/graph/call.h"
#include "fakes/graph/throttle.h"

namespace fakes::graph {

/// What lasts from one request to the next.
struct World {
  const GraphOptions& options;
  const entra::AccessTokens& tokens;
  Throttle& throttle;
  std::set<std::string>& tokens_seen;  ///< for the quirk that refuses each once
  base::Rng& ids;
  const Reading& primary;              ///< without lag, for what is asked on behalf of a user [Graph C2]
  std::function<void()> changed{};     ///< called after each request, so that replicas note each change by itself
};

/// Whatever comes, with some answer.
[[nodiscard]] base::HttpResponse respond(World& world, const Context& context, const base::HttpRequest& sent);

}  // namespace fakes::graph
