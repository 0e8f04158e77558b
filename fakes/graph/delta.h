// Delta queries: what changed of users or groups since a token, page by page. [Graph DL1] to [Graph DL19]
#pragma once

#include "fakes/graph/call.h"

namespace fakes::graph {

[[nodiscard]] Reply user_delta(const Call& call);
[[nodiscard]] Reply group_delta(const Call& call);

}  // namespace fakes::graph
