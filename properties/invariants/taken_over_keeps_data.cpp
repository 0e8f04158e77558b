#include <fmt/format.h>

#include <algorithm>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {

/// Local accounts that were there before the agent.
std::optional<Violation> judge_taken_over_keeps_data(const FinalView& view) {
  for (const auto& spec : view.cast->spec().devices) {
    const auto& device = *view.cast->device(scenarios::DeviceRef{spec.name}).device;
    for (const auto& wanted : spec.accounts) {
      const auto* account = device.find_account(wanted.name);
      const auto lost = std::ranges::find_if(wanted.files, [&](const std::string& file) { return account == nullptr || std::ranges::count(account->files, file) == 0; });
      if (account != nullptr && lost == wanted.files.end()) continue;
      return breach_of("taken-over-keeps-data", account == nullptr ? fmt::format("the account {} of {} is gone", wanted.name, spec.name)
                                                                   : fmt::format("{} of {} has lost {}", wanted.name, spec.name, *lost));
    }
  }
  return std::nullopt;
}

}  // namespace properties
