#include "cli/planted.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <vector>

#include "scenarios/script/nearest.h"

namespace cli {

std::optional<scenarios::SeededDefects> planted(const std::string& name) {
  if (name.empty()) return scenarios::SeededDefects{};
  const auto& all = scenarios::all_seeded_defects();
  const auto found = std::ranges::find(all, name, &scenarios::SeededDefect::name);
  if (found != all.end()) return found->alone;
  std::vector<std::string_view> names;
  for (const auto& defect : all) names.push_back(defect.name);
  const auto near = scenarios::nearest_key(name, names);
  fmt::print(stderr, "lockstep: --planted: there is no seeded defect '{}'; {}\n", name,
             near ? fmt::format("did you mean '{}'?", *near) : "'lockstep list defects' names them");
  return std::nullopt;
}

}  // namespace cli
