// The table of operations: which method and path, what it costs, who may, what answers it. The fidelity table is a view of
// it, so an operation is listed exactly as far as it is answered.
#pragma once

#include <span>
#include <string_view>

#include "fakes/graph/call.h"
#include "fakes/graph/permissions.h"
#include "fakes/route_table.h"

namespace fakes::graph {

struct Route {
  std::string_view method;
  std::string_view path;  ///< below the version; `{…}` takes any segment, which becomes a key
  Reply (*answer)(const Call&) = nullptr;  ///< null: absent
  Permit permit{};
  int units = 1;  ///< resource units of a read [Graph T4]
  Fidelity fidelity = Fidelity::modelled;
  std::string_view note{};
};

[[nodiscard]] std::span<const Route> all_routes();

using Match = RouteMatch<Route>;
[[nodiscard]] Match find_route(const Request& request);

}  // namespace fakes::graph
