// One life of a served world: a cast, its script's timeline played as a setup, and a host `outside` from which everybody
// beyond the world asks over the world's own network, so that its faults, its latency and its record are theirs too.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/engine/cast.h"
#include "scenarios/script/references.h"
#include "serve/accounts.h"
#include "serve/journal.h"
#include "serve/world_plan.h"

namespace serve {

/// What became of a request from outside. `failure`: the connection ended without an answer.
struct Answer {
  std::uint64_t id = 0;
  base::HttpResult result;
};

/// What a step came to.
struct StepOutcome {
  enum class Kind : std::uint8_t { ok, refused, no_answer, holds, does_not_hold };
  std::uint64_t id = 0;
  Kind kind = Kind::ok;
  std::string detail;  ///< why it was refused; of an expectation what was found
  base::Instant at{};
};
[[nodiscard]] std::string_view to_text(StepOutcome::Kind kind);

class Incarnation {
 public:
  /// Builds the world; problem() says where that fails.
  Incarnation(const WorldPlan& plan, const scenarios::StoreTemplate& store);
  ~Incarnation();
  Incarnation(const Incarnation&) = delete;
  Incarnation& operator=(const Incarnation&) = delete;

  /// Plays the timeline, on virtual time.
  [[nodiscard]] base::Result<void> set_up();

  /// Nothing of it happens before run_until() is called. Why it cannot be done; empty: it can.
  [[nodiscard]] std::string put_in(const Input& input);
  /// Runs what is due up to `limit`, `most` events of it, and no further than to the first answer or outcome.
  base::RunEnd run_until(base::Instant limit, std::uint64_t most = UINT64_MAX);

  [[nodiscard]] std::vector<Answer> take_answers() { return std::exchange(answers_, {}); }
  [[nodiscard]] std::vector<StepOutcome> take_outcomes() { return std::exchange(outcomes_, {}); }

  [[nodiscard]] scenarios::Cast& cast() { return *cast_; }
  [[nodiscard]] base::Scheduler& scheduler() const { return cast_->scheduler(); }
  [[nodiscard]] Position position();
  [[nodiscard]] const Accounts& accounts() const { return accounts_; }
  [[nodiscard]] std::uint64_t seed() const { return seed_; }

 private:
  static base::Task<void> play_timeline(Incarnation& self);
  static base::Task<void> ask(Incarnation& self, std::uint64_t id, Party party, base::HttpRequest request);
  static base::Task<void> play(Incarnation& self, std::uint64_t id, scenarios::Step step);
  base::Task<StepOutcome> outcome_of(scenarios::Step step);

  scenarios::Scenario scenario_;
  scenarios::References references_;  ///< of the timeline and of the steps from outside
  std::uint64_t seed_;
  std::unique_ptr<scenarios::Cast> cast_;
  std::shared_ptr<base::Scope> scope_;
  sim::Host* outside_ = nullptr;
  Accounts accounts_;
  std::vector<Answer> answers_;
  std::vector<StepOutcome> outcomes_;
  std::string problem_;
  bool set_up_ = false;
};

}  // namespace serve
