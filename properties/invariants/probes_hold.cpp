#include <fmt/format.h>

#include "properties/invariants/invariant.h"
#include "scenarios/engine/probe_logs.h"

namespace properties {

std::optional<Violation> judge_probes_hold(const FinalView& view) {
  if (view.cast == nullptr) return std::nullopt;
  const auto broken = view.cast->probes().broken();
  for (const auto index : broken) {
    const auto& probe = scenarios::all_probes().at(index);
    return breach_of("probes-hold", probe.kind == base::ProbeKind::always
                                        ? fmt::format("{} does not hold: {}", probe.id, probe.what)
                                        : fmt::format("{} was reached: {}", probe.id, probe.what));
  }
  return std::nullopt;
}

}  // namespace properties
