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

base::Task<Observed> observe(Cast& cast, PopulationLife wanted) {
  const auto& life = cast.daily_life();
  const auto done = [&](DailyAct act) { return life.counts[static_cast<std::size_t>(act)].done; };
  auto failed = life.onboarding.failed;
  for (const auto& count : life.counts) failed += count.failed;
  Comparison comparison("the life of the population");
  comparison.compare("onboarded", wanted.onboarded, life.onboarding.done);
  comparison.compare("working days", wanted.working_days, life.working_days);
  comparison.compare("sign-ins", wanted.sign_ins, done(DailyAct::sign_in));
  comparison.compare("attribute changes", wanted.attribute_changes, done(DailyAct::attribute_change));
  comparison.compare("joiners", wanted.joiners, done(DailyAct::joiner));
  comparison.compare("leavers", wanted.leavers, done(DailyAct::leaver));
  comparison.compare("password changes", wanted.password_changes, done(DailyAct::password_change));
  comparison.compare("federated logins", wanted.federated_logins, done(DailyAct::federated_login));
  comparison.compare("Entra cycles", wanted.entra_cycles, life.entra_cycles);
  comparison.compare("failed", wanted.failed, failed);
  co_return comparison.result();
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
