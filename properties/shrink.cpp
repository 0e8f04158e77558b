#include "properties/shrink.h"

#include <algorithm>

#include "scenarios/script/decode.h"

namespace properties {
namespace {

class Shrinker {
 public:
  Shrinker(WorldUnderTest world, Violation violation, std::uint64_t budget, const Judge& judge) : budget_(budget), judge_(judge) {
    best_.world = std::move(world);
    best_.violation = std::move(violation);
  }

  Shrunk run() {
    bool smaller = true;
    while (smaller && !spent()) {
      smaller = drop_steps();
      smaller = enter_by_hand() || smaller;
      smaller = drop_devices() || smaller;
      smaller = drop_fault_points() || smaller;
      smaller = simplify_world() || smaller;
      smaller = drop_pauses() || smaller;
      // What hangs on how long messages take is lost with any step: those before the place had drawn from the same streams.
      if (!smaller && best_.world.timeline.timeline.size() > enough_steps) smaller = drop_steps_at_another_seed();
    }
    name_outcomes();
    return std::move(best_);
  }

 private:
  /// Fewer are not worth the worlds that other seeds take.
  static constexpr std::size_t enough_steps = 8;
  static constexpr std::uint64_t other_seeds = 6;

  /// `outcome: any` stays only where a step was refused or lost.
  void name_outcomes() {
    const auto judged = judge_(best_.world);
    auto& steps = best_.world.timeline.timeline;
    for (std::size_t i = 0; i < steps.size() && i < judged.went_well.size(); ++i) {
      if (judged.went_well[i])
        std::get<scenarios::VerbStep>(steps[i].action).outcome = scenarios::Outcome::ok;
    }
  }

  [[nodiscard]] bool spent() const { return best_.worlds_played >= budget_; }

  /// Keeps the candidate when it is a valid script that fails in the same way.
  bool accept(WorldUnderTest candidate) {
    if (spent() || !scenarios::check_references(candidate.timeline)) return false;
    ++best_.worlds_played;
    auto judged = in_full(judge_(candidate));
    if (!judged.violation || !is_alike(*judged.violation, best_.violation)) return false;
    best_.world = std::move(candidate);
    best_.violation = std::move(*judged.violation);
    return true;
  }

  /// Removes runs of steps, long ones first, from the end: what comes late depends on what comes early.
  bool drop_steps() {
    bool smaller = false;
    for (auto length = std::max<std::size_t>(best_.world.timeline.timeline.size() / 2, 1); length >= 1;
         length /= 2) {
      for (auto end = best_.world.timeline.timeline.size(); end >= length && end > 0;) {
        auto candidate = best_.world;
        auto& steps = candidate.timeline.timeline;
        const auto begin = steps.begin() + static_cast<std::ptrdiff_t>(end - length);
        steps.erase(begin, begin + static_cast<std::ptrdiff_t>(length));
        if (accept(std::move(candidate)) || (length == 1 && hand_pause_on(end - 1))) smaller = true;
        end = std::min(end - 1, best_.world.timeline.timeline.size());
      }
    }
    return smaller;
  }

  /// Single steps, the seeds 1, 2, … tried for each.
  bool drop_steps_at_another_seed() {
    for (auto index = best_.world.timeline.timeline.size(); index-- > 0;) {
      for (std::uint64_t seed = 1; seed <= other_seeds; ++seed) {
        if (seed == best_.world.seed) continue;  // tried just now
        auto candidate = best_.world;
        auto& steps = candidate.timeline.timeline;
        steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(index));
        candidate.seed = seed;
        if (accept(std::move(candidate))) return true;
      }
    }
    return false;
  }

  /// Removes one step but lets its pause pass before the next one; where it has none, the time that it took may be what matters.
  bool hand_pause_on(std::size_t index) {
    auto candidate = best_.world;
    auto& steps = candidate.timeline.timeline;
    if (index + 1 >= steps.size()) return false;
    const auto pause = steps[index].after.value_or(std::chrono::seconds{5});
    auto& next = steps[index + 1].after;
    next = next.value_or(base::Duration{0}) + pause;
    steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(index));
    return accept(std::move(candidate));
  }

  /// People of an identity provider become the directory's own, where that does not matter: whatever brings them in can go then.
  bool enter_by_hand() {
    bool smaller = false;
    for (std::size_t i = 0; i < best_.world.timeline.timeline.size(); ++i) {
      auto candidate = best_.world;
      auto* action = std::get_if<scenarios::VerbStep>(&candidate.timeline.timeline[i].action);
      if (action == nullptr) continue;
      scenarios::AdminCreateUser by_hand;
      if (const auto* entra = action->verb.get_if<scenarios::EntraCreateUser>()) {
        by_hand.user = entra->user;
      } else if (const auto* okta = action->verb.get_if<scenarios::OktaCreateUser>()) {
        by_hand.user = okta->user;
      } else {
        continue;
      }
      action->verb = by_hand;
      smaller = accept(std::move(candidate)) || smaller;
    }
    return smaller;
  }

  bool drop_devices() {
    bool smaller = false;
    for (auto index = best_.world.timeline.world.devices.size(); index-- > 0;) {
      auto candidate = best_.world;
      auto& devices = candidate.timeline.world.devices;
      devices.erase(devices.begin() + static_cast<std::ptrdiff_t>(index));
      if (accept(std::move(candidate))) {
        smaller = true;
        continue;
      }
      candidate = best_.world;
      auto& device = candidate.timeline.world.devices[index];
      if (device.accounts.empty()) continue;
      device.accounts.clear();
      smaller = accept(std::move(candidate)) || smaller;
    }
    return smaller;
  }

  /// All of them, or else one by one: each draws from a stream of its own, so that the others fire as before.
  bool drop_fault_points() {
    if (!best_.world.timeline.world.fault_points) return false;
    auto without = best_.world;
    without.timeline.world.fault_points.reset();
    if (accept(std::move(without))) return true;
    bool smaller = false;
    for (auto index = best_.world.timeline.world.fault_points->points.size(); index-- > 0;) {
      auto candidate = best_.world;
      auto& points = candidate.timeline.world.fault_points->points;
      points.erase(points.begin() + static_cast<std::ptrdiff_t>(index));
      smaller = accept(std::move(candidate)) || smaller;
    }
    return smaller;
  }

  bool simplify_world() {
    const scenarios::WorldSpec standard;
    bool smaller = false;
    const auto attempt = [&](auto change) {
      auto candidate = best_.world;
      change(candidate);
      if (candidate.timeline == best_.world.timeline && candidate.shuffle_ties == best_.world.shuffle_ties && candidate.seed == best_.world.seed)
        return;
      smaller = accept(std::move(candidate)) || smaller;
    };
    attempt([](WorldUnderTest& world) { world.shuffle_ties = false; });
    attempt([](WorldUnderTest& world) { world.seed = 1; });
    attempt([&](WorldUnderTest& world) { world.timeline.world.start = standard.start; });
    attempt([&](WorldUnderTest& world) { world.timeline.world.network.loss = standard.network.loss; });
    attempt([&](WorldUnderTest& world) { world.timeline.world.network.latency = standard.network.latency; });
    attempt([&](WorldUnderTest& world) { world.timeline.world.entra = standard.entra; });
    attempt([&](WorldUnderTest& world) { world.timeline.world.okta = standard.okta; });
    attempt([&](WorldUnderTest& world) { world.timeline.world.directory = standard.directory; });
    return smaller;
  }

  bool drop_pauses() {
    bool smaller = false;
    for (std::size_t i = 0; i < best_.world.timeline.timeline.size(); ++i) {
      if (!best_.world.timeline.timeline[i].after) continue;
      auto candidate = best_.world;
      candidate.timeline.timeline[i].after.reset();
      smaller = accept(std::move(candidate)) || smaller;
    }
    return smaller;
  }

  std::uint64_t budget_;
  const Judge& judge_;
  Shrunk best_;
};

}  // namespace

Shrunk shrink(WorldUnderTest world, Violation violation, std::uint64_t budget, const Judge& judge) {
  return Shrinker(std::move(world), std::move(violation), budget, judge).run();
}

}  // namespace properties
