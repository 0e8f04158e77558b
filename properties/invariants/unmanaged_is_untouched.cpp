#include <fmt/format.h>

#include <algorithm>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {

/// Local accounts whose names nobody has whom the device is for.
std::optional<Violation> judge_unmanaged_is_untouched(const FinalView& view) {
  for (const auto& spec : view.cast->spec().devices) {
    const auto& device = *view.cast->device(scenarios::DeviceRef{spec.name}).device;
    for (const auto& wanted : spec.accounts) {
      const bool has_namesake = std::ranges::any_of(view.cast->people(), [&](const auto& entry) {
        return fakes::devices::same_but_for_case(entry.second.username, wanted.name) || fakes::devices::same_but_for_case(entry.first, wanted.name);
      });
      const auto* account = device.find_account(wanted.name);
      if (has_namesake || account == nullptr) continue;
      const auto broken = [&](std::string_view what) { return breach_of("unmanaged-is-untouched", fmt::format("{} of {}, which is nobody's, {}", wanted.name, spec.name, what)); };
      if (account->managed()) return broken("is managed");
      if (!account->enabled) return broken("is disabled");
      if (!device.opens(wanted.name, view.cast->secrets().value(wanted.password))) return broken("has another password");
    }
  }
  return std::nullopt;
}

}  // namespace properties
