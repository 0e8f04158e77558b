// Looking a request up in a table of routes: the same for every fake with such a table. A route has a method, a path, an answer and a
// fidelity; how a path is compared with a pattern is each service's own.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/fidelity.h"

namespace fakes {

/// One that nothing answers is absent.
template <class Route>
[[nodiscard]] Fidelity fidelity_of(const Route& route) {
  return route.answer == nullptr ? Fidelity::absent : route.fidelity;
}

template <class Route>
struct RouteMatch {
  const Route* route = nullptr;  ///< null: no operation has this path and method
  std::vector<std::string> keys{};
  bool has_path = false;  ///< some operation has this path
};

/// `takes(pattern, path, keys)` says whether the pattern takes the path, and adds the keys.
template <class Route, class Takes>
[[nodiscard]] RouteMatch<Route> find_route(std::span<const Route> table, std::string_view method, const std::vector<std::string>& path, Takes takes) {
  RouteMatch<Route> match;
  std::vector<std::string> keys;
  for (const auto& route : table) {
    keys.clear();
    if (!takes(route.path, path, keys)) continue;
    match.has_path = true;
    if (route.method != method) continue;
    // A fixed name goes before a key: `/users/delta` is no user.
    if (match.route != nullptr && match.keys.size() <= keys.size()) continue;
    match.route = &route;
    match.keys = keys;
    if (keys.empty()) return match;
  }
  return match;
}

}  // namespace fakes
