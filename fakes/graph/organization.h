// The organization, its domains, and objects by id whatever their kind. [Graph O1] to [Graph O5] [Graph Q21]
#pragma once

#include "fakes/graph/call.h"

namespace fakes::graph {

[[nodiscard]] Reply list_organization(const Call& call);
[[nodiscard]] Reply read_organization(const Call& call);
[[nodiscard]] Reply list_domains(const Call& call);
[[nodiscard]] Reply read_domain(const Call& call);
[[nodiscard]] Reply read_directory_object(const Call& call);
[[nodiscard]] Reply get_by_ids(const Call& call);

}  // namespace fakes::graph
