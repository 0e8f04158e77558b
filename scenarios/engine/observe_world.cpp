// What can be seen of the network itself.
#include <fmt/format.h>

#include <algorithm>

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

base::Task<Observed> observe(Cast& cast, LawHolds wanted) {
  auto expected = fmt::format("the law {} holds", wanted.law);
  const auto* book = cast.laws();
  if (book == nullptr) co_return Observed{false, std::move(expected), "no laws are at hand here: 'lockstep run' has them"};
  if (std::ranges::count(book->laws(), wanted.law) == 0) co_return Observed{false, std::move(expected), "there is no such law: 'lockstep list laws' names them"};
  auto breach = co_await book->breach(cast, wanted.law);
  const bool holds = breach.empty();
  co_return Observed{holds, std::move(expected), holds ? "it holds" : std::move(breach)};
}

}  // namespace scenarios
