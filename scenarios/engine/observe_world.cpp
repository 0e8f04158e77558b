// What can be seen of the network itself.
#include <fmt/format.h>

#include "scenarios/engine/comparison.h"
#include "scenarios/engine/observe.h"

namespace scenarios {

base::Task<Observed> observe(Cast& cast, NetworkFaults wanted) {
  std::int64_t count = 0;
  for (const auto& [befallen, times] : cast.world().network().befallen()) {
    if (sim::name_of(befallen.fault) == wanted.fault && (!wanted.to || wanted.to->name == befallen.to)) count += static_cast<std::int64_t>(times);
  }
  co_return counted(fmt::format("requests that {} has befallen", wanted.fault), count, wanted.count);
}

}  // namespace scenarios
