// The table of operations: which method and path, who may, what answers it. The fidelity table is a view of it, so an operation is
// listed exactly as far as it is answered.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/okta/api/call.h"

namespace fakes::okta::api {

enum class Fidelity : std::uint8_t { modelled, partial, absent };

struct Route {
  std::string_view method;
  std::string_view path;  ///< `{}` takes any segment, which becomes a key
  Reply (*answer)(const Call&) = nullptr;  ///< null: absent
  Permit permit{};
  Fidelity fidelity = Fidelity::modelled;
  std::string_view note{};
};

/// One that nothing answers is absent.
[[nodiscard]] inline Fidelity fidelity_of(const Route& route) { return route.answer == nullptr ? Fidelity::absent : route.fidelity; }

[[nodiscard]] std::span<const Route> all_routes();

struct Match {
  const Route* route = nullptr;  ///< null: no operation has this path and method
  std::vector<std::string> keys{};
  bool has_path = false;  ///< some operation has this path
};
[[nodiscard]] Match find_route(const Request& request);

/// Whose limit a request counts against. [Okta provisioning-clients 5.6-05]
[[nodiscard]] Bucket bucket_of(const Request& request);

}  // namespace fakes::okta::api
