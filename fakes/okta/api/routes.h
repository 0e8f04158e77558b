// The table of operations: which method and path, who may, what answers it. The fidelity table is a view of it, so an operation is
// listed exactly as far as it is answered.
#pragma once

#include <span>
#include <string_view>

#include "fakes/okta/api/call.h"
#include "fakes/route_table.h"

namespace fakes::okta::api {

struct Route {
  std::string_view method;
  std::string_view path;  ///< `{}` takes any segment, which becomes a key
  Reply (*answer)(const Call&) = nullptr;  ///< null: absent
  Permit permit{};
  Fidelity fidelity = Fidelity::modelled;
  std::string_view note{};
};

[[nodiscard]] std::span<const Route> all_routes();

using Match = RouteMatch<Route>;
[[nodiscard]] Match find_route(const Request& request);

/// Whose limit a request counts against. [Okta provisioning-clients 5.6-05]
[[nodiscard]] Bucket bucket_of(const Request& request);

}  // namespace fakes::okta::api
