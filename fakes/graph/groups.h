// Groups, who is in them and who owns them. [Graph GR1] to [Graph GR17]
#pragma once

#include "fakes/graph/call.h"

namespace fakes::graph {

[[nodiscard]] Reply list_groups(const Call& call);
[[nodiscard]] Reply count_groups(const Call& call);
[[nodiscard]] Reply create_group(const Call& call);
[[nodiscard]] Reply read_group(const Call& call);
[[nodiscard]] Reply update_group(const Call& call);
[[nodiscard]] Reply delete_group(const Call& call);

}  // namespace fakes::graph
