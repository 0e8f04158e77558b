#include "scenarios/client/world_driver.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/wait.h"
#include "scenarios/engine/observe.h"
#include "scenarios/engine/perform.h"
#include "scenarios/script/encode.h"
#include "sim/tripwire.h"

namespace scenarios::client {
namespace {

constexpr base::Duration longest_step = std::chrono::days{20 * 365};
/// What is in flight when a product says that it is done may still arrive.
constexpr base::Duration time_for_state = std::chrono::minutes{10};
constexpr base::Duration between_looks = std::chrono::seconds{10};

base::Task<void> flagged(base::Task<void> work, bool& over) {
  co_await std::move(work);
  over = true;
}

}  // namespace

base::Result<void> WorldDriver::play(Step step) {
  const auto* verb = std::get_if<VerbStep>(&step.action);
  if (verb == nullptr) return look(std::move(step));
  const auto text = encode_verb(verb->verb);
  Performed performed;
  if (!drive("script", perform_verb(*this, step, performed), longest_step)) return base::fail(fmt::format("{} does not come to its end", text));
  const bool ok = performed.kind == Performed::Kind::ok;
  const bool as_expected = verb->outcome == Outcome::any || ok == (verb->outcome == Outcome::ok);
  if (!as_expected) return base::fail(fmt::format("{}: {}", text, performed.detail));
  return {};
}

base::Result<void> WorldDriver::look(Step expectation) {
  const auto* wanted = std::get_if<Expectation>(&expectation.action);
  if (wanted == nullptr) return base::fail("an observation is expected here");
  Observed observed;
  if (!drive("looks", watch(*this, *wanted, observed), longest_step)) return base::fail("the observation does not come to its end");
  if (!observed.holds) return base::fail(fmt::format("expected: {}; found: {}", observed.expected, observed.found));
  return {};
}

base::Task<void> WorldDriver::perform_verb(WorldDriver& self, const Step& step, Performed& performed) {
  auto& scheduler = self.cast_->scheduler();
  if (step.after) co_await base::Sleep(scheduler, scheduler.now() + *step.after);
  auto outcome = co_await scenarios::perform(*self.cast_, std::get<VerbStep>(step.action).verb);
  performed = std::move(outcome);
}

base::Task<void> WorldDriver::watch(WorldDriver& self, const Expectation& wanted, Observed& observed) {
  auto& scheduler = self.cast_->scheduler();
  const auto deadline = scheduler.now() + wanted.within.value_or(time_for_state);
  for (;;) {
    auto found = co_await observe(*self.cast_, wanted.observation);
    observed = std::move(found);
    if (observed.holds || scheduler.now() >= deadline) co_return;
    co_await base::Sleep(scheduler, std::min(deadline, scheduler.now() + between_looks));
  }
}

bool WorldDriver::drive(std::string_view name, base::Task<void> work, base::Duration span, const std::function<void()>& concluded) {
  bool over = false;
  auto& scheduler = cast_->scheduler();
  const auto scope = scheduler.make_scope("stage");
  base::spawn(scheduler, scope, name, flagged(std::move(work), over));
  const auto limit = scheduler.now() + span;
  const auto& recorder = cast_->world().recorder();
  auto known = recorder.concluded_count();
  while (!over) {
    const auto end = run_one(limit);
    if (concluded && recorder.concluded_count() != known) {
      concluded();
      known = recorder.concluded_count();
    }
    // Whoever serves the world to somebody else stops it at each answer.
    if (end != base::RunEnd::counted && end != base::RunEnd::stopped) break;
  }
  scheduler.kill(*scope);
  return over;
}

base::RunEnd WorldDriver::run_one(base::Instant limit) {
  const sim::TripwireGuard guard;
  return cast_->scheduler().run_until(limit, 1);
}

}  // namespace scenarios::client
