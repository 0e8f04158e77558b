#include "serve/served_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace serve {
namespace {

/// Takes out what `waiting` does not know, and out of `waiting` what is concluded.
template <class Conclusion>
void match(std::vector<Conclusion>& conclusions, std::vector<std::uint64_t>& waiting) {
  std::erase_if(conclusions, [&](const auto& conclusion) { return std::erase(waiting, conclusion.id) == 0; });
}

template <class Conclusion>
std::vector<Conclusion> joined(std::vector<Conclusion> first, std::vector<Conclusion> second) {
  std::ranges::move(second, std::back_inserter(first));
  return first;
}

}  // namespace

ServedWorld::ServedWorld(WorldPlan plan) : plan_(std::move(plan)), store_(scenarios::make_store_template()) {}

base::Result<std::unique_ptr<ServedWorld>> ServedWorld::make(WorldPlan plan) {
  if (auto problem = unfit_to_serve(plan.scenario); !problem.empty()) return base::fail(std::move(problem));
  std::unique_ptr<ServedWorld> world(new ServedWorld(std::move(plan)));
  auto life = world->begin_life(world->plan_.seed);
  if (!life) return std::unexpected(life.error());
  world->life_ = *std::move(life);
  return world;
}

base::Result<std::unique_ptr<Incarnation>> ServedWorld::begin_life(std::uint64_t seed) const {
  auto plan = plan_;
  plan.seed = seed;
  auto life = std::make_unique<Incarnation>(plan, store_);
  if (auto set_up = life->set_up(); !set_up) return std::unexpected(set_up.error());
  return life;
}

std::uint64_t ServedWorld::ask(Party party, base::HttpRequest request) {
  Input input{life_->position(), ++next_id_, Asked{party, std::move(request)}};
  (void)life_->put_in(input);  // requests are always taken
  asked_.push_back(input.id);
  const auto id = input.id;
  journal_.add(std::move(input));
  return id;
}

base::Result<std::uint64_t> ServedWorld::play(scenarios::Step step) {
  Input input{life_->position(), ++next_id_, Played{std::move(step)}};
  if (auto problem = life_->put_in(input); !problem.empty()) return base::fail(std::move(problem));
  played_.push_back(input.id);
  const auto id = input.id;
  journal_.add(std::move(input));
  return id;
}

base::Result<void> ServedWorld::switch_quirks(std::string part, std::vector<std::string> quirks) {
  Input input{life_->position(), ++next_id_, Switched{std::move(part), std::move(quirks)}};
  if (auto problem = life_->put_in(input); !problem.empty()) return base::fail(std::move(problem));
  journal_.add(std::move(input));
  return {};
}

std::vector<Answer> ServedWorld::take_answers() {
  auto answers = life_->take_answers();
  match(answers, asked_);
  return joined(std::exchange(lost_answers_, {}), std::move(answers));
}

std::vector<StepOutcome> ServedWorld::take_outcomes() {
  auto outcomes = life_->take_outcomes();
  match(outcomes, played_);
  for (const auto& outcome : outcomes) came_to_.insert_or_assign(outcome.id, outcome.kind);
  return joined(std::exchange(lost_outcomes_, {}), std::move(outcomes));
}

std::optional<StepOutcome::Kind> ServedWorld::came_to(std::uint64_t id) const {
  const auto found = came_to_.find(id);
  return found == came_to_.end() ? std::nullopt : std::optional(found->second);
}

base::Result<Position> ServedWorld::take_snapshot(const std::string& name) {
  if (journal_.overflowed()) return base::fail("more has come from outside than is kept; after a reset snapshots can be taken again");
  if (snapshots_.size() >= most_snapshots && !snapshots_.contains(name)) return base::fail("there are as many snapshots as are kept; delete one");
  const auto position = life_->position();
  snapshots_.insert_or_assign(name, Snapshot{name, life_->seed(), position, journal_});
  return position;
}

bool ServedWorld::forget_snapshot(std::string_view name) {
  const auto found = snapshots_.find(name);
  if (found == snapshots_.end()) return false;
  snapshots_.erase(found);
  return true;
}

base::Result<void> ServedWorld::play_to(Incarnation& life, const Position& position) {
  auto& scheduler = life.scheduler();
  while (scheduler.dispatches() < position.events) {
    const auto end = life.run_until(position.at, position.events - scheduler.dispatches());
    // An answer stops the run, as it did the first time; anything else is the end of it.
    if (end != base::RunEnd::stopped && end != base::RunEnd::counted) break;
  }
  scheduler.advance_to(position.at);
  if (life.position() != position) {
    return base::fail(fmt::format("played again, the world is not what it was at {}: event {} and digest {:016x}, and not {} and {:016x}", base::to_rfc3339(position.at),
                                  scheduler.dispatches(), scheduler.digest(), position.events, position.digest));
  }
  return {};
}

base::Result<void> ServedWorld::restore(std::string_view name) {
  const auto found = snapshots_.find(name);
  if (found == snapshots_.end()) return base::fail(fmt::format("there is no snapshot '{}'", name));
  const auto& snapshot = found->second;
  auto life = begin_life(snapshot.seed);
  if (!life) return std::unexpected(life.error());
  for (const auto& input : snapshot.journal.inputs()) {
    if (auto played = play_to(**life, input->at); !played) return played;
    if (auto problem = (*life)->put_in(*input); !problem.empty()) return base::fail(std::move(problem));
  }
  if (auto played = play_to(**life, snapshot.position); !played) return played;
  take_over(*std::move(life), snapshot.journal);
  return {};
}

base::Result<void> ServedWorld::reset(std::optional<std::uint64_t> seed) {
  auto life = begin_life(seed.value_or(life_->seed()));
  if (!life) return std::unexpected(life.error());
  take_over(*std::move(life), {});
  return {};
}

void ServedWorld::take_over(std::unique_ptr<Incarnation> life, Journal journal) {
  for (const auto id : std::exchange(asked_, {}))
    lost_answers_.push_back({id, std::unexpected(base::TransportFailure{base::TransportFailure::Kind::reset, "the world was taken back"})});
  for (const auto id : std::exchange(played_, {})) lost_outcomes_.push_back({id, StepOutcome::Kind::no_answer, "the world was taken back", life->scheduler().now()});
  // What the new one has concluded on its way was concluded before.
  (void)life->take_answers();
  (void)life->take_outcomes();
  life_ = std::move(life);
  journal_ = std::move(journal);
}

}  // namespace serve
