// A world that outlives its incarnations: requests and steps go in and are written down, answers come out, and it can be
// taken back to where it was by being built anew and played again up to there.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/engine/store_template.h"
#include "serve/incarnation.h"

namespace serve {

/// A place to come back to.
struct Snapshot {
  std::string name;
  std::uint64_t seed = 1;
  Position position{};
  Journal journal{};
};

class ServedWorld {
 public:
  [[nodiscard]] static base::Result<std::unique_ptr<ServedWorld>> make(WorldPlan plan);

  [[nodiscard]] base::Instant now() const { return life_->scheduler().now(); }
  [[nodiscard]] base::Instant started() const { return plan_.scenario.world.start; }
  [[nodiscard]] std::uint64_t seed() const { return life_->seed(); }
  [[nodiscard]] const scenarios::Scenario& scenario() const { return plan_.scenario; }
  [[nodiscard]] scenarios::Cast& cast() { return life_->cast(); }
  [[nodiscard]] const Accounts& accounts() const { return life_->accounts(); }
  [[nodiscard]] Position position() { return life_->position(); }
  [[nodiscard]] std::optional<base::Instant> next_due() { return life_->scheduler().next_due(); }

  /// By number: answers bear it.
  std::uint64_t ask(Party party, base::HttpRequest request);
  /// The same of outcomes; an error says why the step cannot be begun.
  [[nodiscard]] base::Result<std::uint64_t> play(scenarios::Step step);
  [[nodiscard]] base::Result<void> switch_quirks(std::string part, std::vector<std::string> quirks);

  base::RunEnd run_until(base::Instant limit, std::uint64_t most = UINT64_MAX) { return life_->run_until(limit, most); }
  /// To requests of this incarnation; those of the last one get a reset.
  [[nodiscard]] std::vector<Answer> take_answers();
  /// Of steps of this incarnation; those of the last one have no answer.
  [[nodiscard]] std::vector<StepOutcome> take_outcomes();

  /// Since the world began.
  [[nodiscard]] const Journal& journal() const { return journal_; }
  /// Of a step; nothing while it is under way.
  [[nodiscard]] std::optional<StepOutcome::Kind> came_to(std::uint64_t id) const;

  /// Kept under that name, in place of one that has it; an error where more has come from outside than is kept.
  [[nodiscard]] base::Result<Position> take_snapshot(const std::string& name);
  [[nodiscard]] const std::map<std::string, Snapshot, std::less<>>& snapshots() const { return snapshots_; }
  bool forget_snapshot(std::string_view name);
  /// Back to where the snapshot was taken. An error where there is none, or where playing it again does not come to the
  /// same: then nothing has changed.
  [[nodiscard]] base::Result<void> restore(std::string_view name);
  /// Back to the beginning, with another seed where one is given.
  [[nodiscard]] base::Result<void> reset(std::optional<std::uint64_t> seed);

  static constexpr std::size_t most_snapshots = 100;

 private:
  explicit ServedWorld(WorldPlan plan);
  [[nodiscard]] base::Result<std::unique_ptr<Incarnation>> begin_life(std::uint64_t seed) const;
  /// Plays on to a position; an error where another digest comes of it.
  [[nodiscard]] static base::Result<void> play_to(Incarnation& life, const Position& position);
  void take_over(std::unique_ptr<Incarnation> life, Journal journal);

  WorldPlan plan_;
  scenarios::StoreTemplate store_;
  std::unique_ptr<Incarnation> life_;
  Journal journal_;
  std::map<std::string, Snapshot, std::less<>> snapshots_;
  std::uint64_t next_id_ = 0;
  std::vector<std::uint64_t> asked_;   ///< without an answer yet
  std::vector<std::uint64_t> played_;  ///< without an outcome yet
  std::vector<Answer> lost_answers_;
  std::vector<StepOutcome> lost_outcomes_;
  std::map<std::uint64_t, StepOutcome::Kind> came_to_;
};

}  // namespace serve
