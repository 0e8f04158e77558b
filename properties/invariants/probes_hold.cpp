#include <fmt/format.h>

#include <algorithm>

#include "properties/invariants/invariant.h"
#include "scenarios/engine/probe_logs.h"

namespace properties {

std::optional<Violation> judge_probes_hold(const FinalView& view) {
  const auto broken = view.cast->probes().broken();
  if (broken.empty()) return std::nullopt;
  const auto first = *std::ranges::min_element(broken, {}, &scenarios::BrokenProbe::since);
  const auto& probe = scenarios::all_probes().at(first.index);
  return breach_of("probes-hold", fmt::format("{} {}: {}", probe.id, probe.kind == base::ProbeKind::always ? "does not hold" : "was reached", probe.what), first.since);
}

}  // namespace properties
