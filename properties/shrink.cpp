#include "properties/shrink.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "properties/mentions.h"
#include "scenarios/script/decode.h"
#include "scenarios/script/encode.h"
#include "scenarios/script/field_list.h"

namespace properties {
namespace {

using scenarios::DurationRange;
using scenarios::Step;
using scenarios::VerbStep;
using scenarios::Wait;
using namespace std::chrono_literals;

class Shrinker {
 public:
  Shrinker(WorldUnderTest world, Violation violation, std::uint64_t budget, const Judge& judge) : budget_(budget), judge_(judge) {
    best_.world = std::move(world);
    best_.violation = std::move(violation);
  }

  Shrunk run() {
    if (budget_ > 0) look();
    bool smaller = true;
    while (smaller && !spent()) {
      smaller = leave_nothing_to_chance();
      smaller = forget_names() || smaller;
      smaller = drop_steps() || smaller;
      smaller = enter_by_hand() || smaller;
      smaller = drop_devices() || smaller;
      smaller = drop_fault_points() || smaller;
      smaller = simplify_world() || smaller;
      smaller = drop_pauses() || smaller;
      smaller = lower_numbers(best_.world.seed) || smaller;
      // What hangs on how long messages take is lost with any step: those before the place had drawn from the same streams.
      if (!smaller && lines() > enough_lines) smaller = drop_device_at_another_seed() || fix_latency() || drop_at_another_seed();
    }
    use_any_latency();
    round_pauses();
    drop_fields();
    best_.went_well = best_judged_.went_well;
    return std::move(best_);
  }

 private:
  /// Fewer are not worth the worlds that other seeds take.
  static constexpr std::ptrdiff_t enough_lines = 15;
  static constexpr std::uint64_t other_seeds = 6;
  /// More faults by chance are not tried one by one.
  static constexpr std::size_t most_chances = 40;

  /// What is left out of a timeline: true for each such step.
  using LeftOut = std::vector<bool>;
  enum class Time {
    closes_up,  ///< pauses go with their steps
    goes_on     ///< what comes next begins when it did
  };

  [[nodiscard]] const std::vector<Step>& steps() const { return best_.world.timeline.timeline; }
  [[nodiscard]] std::ptrdiff_t lines() const {
    return std::ranges::count(scenarios::encode_scenario(script_of(best_.world, best_.violation, best_judged_.went_well)), '\n');
  }
  [[nodiscard]] bool spent() const { return best_.worlds_played >= budget_; }

  /// Plays the best world for what can be seen of it alone.
  void look() {
    ++best_.worlds_played;
    best_judged_ = judge_(best_.world);
  }

  /// Keeps the candidate when it is a valid script that fails in the same way.
  bool accept(WorldUnderTest candidate) {
    if (spent() || !scenarios::check_references(candidate.timeline)) return false;
    ++best_.worlds_played;
    auto judged = in_full(judge_(candidate));
    if (!judged.violation || !is_alike(*judged.violation, best_.violation)) return false;
    best_.world = std::move(candidate);
    best_.violation = *judged.violation;
    best_judged_ = std::move(judged);
    return true;
  }

  /// What befell messages by chance befalls one of them by name, the last that will do; or all of them.
  bool leave_nothing_to_chance() {
    if (!has_chance(best_.world.timeline)) return false;
    const auto faults = best_judged_.by_chance;
    const auto began = best_judged_.began;
    const auto attempt = [&](const std::vector<ChanceFault>& some) {
      auto candidate = best_.world;
      candidate.timeline = without_chance(std::move(candidate.timeline), some, began);
      return accept(std::move(candidate));
    };
    if (attempt({})) return true;
    if (faults.size() > most_chances) return false;
    for (auto fault = faults.rbegin(); fault != faults.rend(); ++fault) {
      if (attempt({*fault})) return true;
    }
    return faults.size() > 1 && attempt(faults);
  }

  [[nodiscard]] WorldUnderTest without(const LeftOut& left_out, Time time) const {
    auto candidate = best_.world;
    auto& kept = candidate.timeline.timeline;
    kept.clear();
    const auto& began = best_judged_.began;
    for (std::size_t i = 0; i <= steps().size(); ++i) {
      if (i < steps().size() && left_out[i]) continue;
      const bool follows_a_gap = i > 0 && left_out[i - 1];
      std::optional<base::Duration> pause;
      if (follows_a_gap && time == Time::goes_on && i < began.size()) {
        auto first = i;
        while (first > 0 && left_out[first - 1]) --first;
        const auto span = began[i] - (began[first] - steps()[first].after.value_or(base::Duration{0}));
        pause = std::chrono::ceil<std::chrono::seconds>(span);
      }
      if (i == steps().size()) {
        if (pause) kept.push_back(Step{.action = VerbStep{Wait{*pause}}});
        break;
      }
      kept.push_back(steps()[i]);
      if (pause) kept.back().after = pause;
    }
    return candidate;
  }

  /// How much there is to read; what is done counts for more than a pause.
  static std::size_t weight_of(const std::vector<Step>& steps) {
    std::size_t weight = 0;
    for (const auto& step : steps) {
      const auto* action = std::get_if<VerbStep>(&step.action);
      weight += action != nullptr && action->verb.get_if<Wait>() != nullptr ? 1 : 2;
      if (step.after) ++weight;
    }
    return weight;
  }

  [[nodiscard]] bool is_lighter(const WorldUnderTest& candidate) const { return weight_of(candidate.timeline.timeline) < weight_of(steps()); }
  bool accept_lighter(WorldUnderTest candidate) { return is_lighter(candidate) && accept(std::move(candidate)); }

  bool leave_out(const LeftOut& left_out) {
    auto closed_up = without(left_out, Time::closes_up);
    auto going_on = without(left_out, Time::goes_on);
    const bool differ = going_on.timeline != closed_up.timeline;
    return accept_lighter(std::move(closed_up)) || (differ && accept_lighter(std::move(going_on)));
  }

  [[nodiscard]] WorldUnderTest without_device(std::size_t index) const {
    auto candidate = best_.world;
    auto& devices = candidate.timeline.world.devices;
    devices.erase(devices.begin() + static_cast<std::ptrdiff_t>(index));
    return candidate;
  }

  [[nodiscard]] WorldUnderTest without_pause(std::size_t index) const {
    auto candidate = best_.world;
    candidate.timeline.timeline[index].after.reset();
    return candidate;
  }

  [[nodiscard]] LeftOut about(const std::string& name) const {
    LeftOut out;
    for (const auto& step : steps()) {
      const auto names = mentioned_in(step);
      out.push_back(std::ranges::find(names, name) != names.end());
    }
    return out;
  }

  [[nodiscard]] LeftOut run_of(std::size_t begin, std::size_t length) const {
    LeftOut out(steps().size(), false);
    std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(begin), length, true);
    return out;
  }

  /// All that is about one of those who are there.
  bool forget_names() {
    bool smaller = false;
    for (const auto& name : mentioned_in(steps())) smaller = leave_out(about(name)) || smaller;
    return smaller;
  }

  /// Runs of steps, long ones first, from the end: what comes late depends on what comes early.
  bool drop_steps() {
    bool smaller = false;
    for (auto length = std::max<std::size_t>(steps().size() / 2, 1); length >= 1; length /= 2) {
      for (auto end = steps().size(); end > 0;) {
        const auto begin = end - std::min(end, length);
        if (leave_out(run_of(begin, end - begin))) smaller = true;
        end = std::min(begin, steps().size());
      }
    }
    return smaller;
  }

  /// Whether `attempt` keeps something with one of the seeds 1, 2, …; that of the best world was tried just now.
  template <class Attempt>
  bool at_another_seed(Attempt attempt) {
    for (std::uint64_t seed = 1; seed <= other_seeds; ++seed) {
      if (seed != best_.world.seed && attempt(seed)) return true;
    }
    return false;
  }

  bool accept_at_another_seed(const WorldUnderTest& candidate) {
    return at_another_seed([&](std::uint64_t seed) {
      auto world = candidate;
      world.seed = seed;
      return accept(std::move(world));
    });
  }

  bool leave_out_at_another_seed(const LeftOut& left_out) {
    const auto candidate = without(left_out, Time::goes_on);
    return is_lighter(candidate) && accept_at_another_seed(candidate);
  }

  bool drop_device_at_another_seed() {
    for (auto index = best_.world.timeline.world.devices.size(); index-- > 0;) {
      if (accept_at_another_seed(without_device(index))) return true;
    }
    return false;
  }

  /// The first that can go if the seeds 1, 2, … are tried.
  bool drop_at_another_seed() {
    for (const auto& name : mentioned_in(steps())) {
      if (leave_out_at_another_seed(about(name))) return true;
    }
    for (std::size_t length = 4; length >= 1; length /= 2) {
      for (auto end = steps().size(); end >= length; end -= length) {
        if (leave_out_at_another_seed(run_of(end - length, length))) return true;
      }
    }
    if (at_another_seed([&](std::uint64_t seed) { return lower_numbers(seed); })) return true;
    for (std::size_t i = 0; i < steps().size(); ++i) {
      if (steps()[i].after && accept_at_another_seed(without_pause(i))) return true;
    }
    return false;
  }

  /// People of an identity provider become the directory's own, and an admin sets their passwords, where that does not matter: whatever
  /// brings them in, and their mail, can go then.
  bool enter_by_hand() {
    bool smaller = false;
    for (std::size_t i = 0; i < steps().size(); ++i) {
      auto candidate = best_.world;
      auto* action = std::get_if<VerbStep>(&candidate.timeline.timeline[i].action);
      if (action == nullptr) continue;
      const auto create = [](const scenarios::NewPerson& user) {
        scenarios::AdminCreateUser out;
        out.user = user;
        return out;
      };
      if (const auto* entra = action->verb.get_if<scenarios::EntraCreateUser>()) {
        action->verb = create(entra->user);
      } else if (const auto* okta = action->verb.get_if<scenarios::OktaCreateUser>()) {
        action->verb = create(okta->user);
      } else if (const auto* chosen = action->verb.get_if<scenarios::UserSetPassword>()) {
        action->verb = scenarios::AdminSetPassword{chosen->user, chosen->password};
      } else {
        continue;
      }
      smaller = accept(std::move(candidate)) || smaller;
    }
    return smaller;
  }

  bool drop_devices() {
    bool smaller = false;
    for (auto index = best_.world.timeline.world.devices.size(); index-- > 0;) {
      if (accept(without_device(index))) {
        smaller = true;
        continue;
      }
      auto candidate = best_.world;
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
    auto without_any = best_.world;
    without_any.timeline.world.fault_points.reset();
    if (accept(std::move(without_any))) return true;
    bool smaller = false;
    for (auto index = best_.world.timeline.world.fault_points->points.size(); index-- > 0;) {
      auto candidate = best_.world;
      auto& points = candidate.timeline.world.fault_points->points;
      points.erase(points.begin() + static_cast<std::ptrdiff_t>(index));
      smaller = accept(std::move(candidate)) || smaller;
    }
    return smaller;
  }

  /// Tries a change of the world's settings, where it is one.
  template <class Change>
  bool attempt(Change change) {
    auto candidate = best_.world;
    change(candidate);
    if (candidate.timeline == best_.world.timeline && candidate.shuffle_ties == best_.world.shuffle_ties && candidate.seed == best_.world.seed) return false;
    return accept(std::move(candidate));
  }

  bool set_latency(DurationRange latency) {
    return attempt([&](WorldUnderTest& world) { world.timeline.world.network.latency = latency; });
  }

  /// Messages that all take the same time draw it from no stream.
  bool fix_latency() {
    const auto [low, high] = best_.world.timeline.world.network.latency;
    if (low == high) return false;
    return set_latency({high, high}) || set_latency({(low + high) / 2, (low + high) / 2}) || set_latency({low, low});
  }

  /// By now perhaps it does not matter how long messages take.
  void use_any_latency() {
    const scenarios::NetworkSpec standard;
    auto candidate = best_.world;
    candidate.timeline.world.network.latency = standard.latency;
    if (candidate.timeline != best_.world.timeline && !accept(candidate)) accept_at_another_seed(candidate);
  }

  bool simplify_world() {
    const scenarios::WorldSpec standard;
    const auto& [low, high] = best_.world.timeline.world.network.latency;
    bool smaller = false;
    const auto simplify = [&](auto change) { smaller = attempt(change) || smaller; };
    simplify([](WorldUnderTest& world) { world.shuffle_ties = false; });
    simplify([](WorldUnderTest& world) { world.seed = 1; });
    simplify([&](WorldUnderTest& world) { world.timeline.world.start = standard.start; });
    simplify([&](WorldUnderTest& world) { world.timeline.world.network.loss = standard.network.loss; });
    // Where one time has been settled on for all messages, so it stays.
    if (low != high) simplify([&](WorldUnderTest& world) { world.timeline.world.network.latency = standard.network.latency; });
    simplify([&](WorldUnderTest& world) { world.timeline.world.entra = standard.entra; });
    simplify([&](WorldUnderTest& world) { world.timeline.world.okta = standard.okta; });
    simplify([&](WorldUnderTest& world) { world.timeline.world.directory = standard.directory; });
    return smaller;
  }

  bool drop_pauses() {
    bool smaller = false;
    for (std::size_t i = 0; i < steps().size(); ++i) {
      if (!steps()[i].after) continue;
      smaller = accept(without_pause(i)) || join_pauses(i) || smaller;
    }
    return smaller;
  }

  /// The pause before that step is made with the next one.
  bool join_pauses(std::size_t index) {
    auto candidate = best_.world;
    auto& steps = candidate.timeline.timeline;
    const auto next = std::find_if(steps.begin() + static_cast<std::ptrdiff_t>(index) + 1, steps.end(), [](const Step& step) { return step.after.has_value(); });
    if (next == steps.end()) return false;
    *next->after += *std::exchange(steps[index].after, std::nullopt);
    return accept(std::move(candidate));
  }

  /// The fewer writes a tenant allows, say, the fewer are needed to go beyond them.
  bool lower_numbers(std::uint64_t seed) {
    bool smaller = false;
    for (std::size_t i = 0; i < steps().size(); ++i) {
      const auto* action = std::get_if<VerbStep>(&steps()[i].action);
      if (action == nullptr) continue;
      const auto count = scenarios::fields_of(action->verb).size();
      for (std::size_t k = 0; k < count; ++k) {
        for (const int attempt : {0, 1, 2, 3}) {
          auto candidate = best_.world;
          const auto fields = scenarios::fields_of(std::get<VerbStep>(candidate.timeline.timeline[i].action).verb);
          auto* const* number = std::get_if<std::optional<std::int64_t>*>(&fields[k].field);
          if (number == nullptr || !**number) break;
          const auto present = ***number;
          const auto lower = std::array<std::int64_t, 4>{0, 1, present / 2, present - 1}[static_cast<std::size_t>(attempt)];
          if (lower < 0 || lower >= present) continue;
          **number = lower;
          candidate.seed = seed;
          if (!accept(std::move(candidate))) continue;
          smaller = true;
          break;
        }
      }
    }
    return smaller;
  }

  /// Whole minutes, or tens of seconds, are easier to read.
  void round_pauses() {
    for (std::size_t i = 0; i < steps().size(); ++i) {
      for (const base::Duration unit : {base::Duration{1min}, base::Duration{10s}}) {
        const auto pause = steps()[i].after;
        if (!pause || *pause <= unit || *pause % unit == 0s) continue;
        auto candidate = best_.world;
        candidate.timeline.timeline[i].after = *pause - *pause % unit;
        if (accept(std::move(candidate))) break;
      }
    }
  }

  /// Whether more would befall messages without that field.
  static bool widens(const scenarios::Verb& verb, std::string_view key) {
    static constexpr std::array<std::string_view, 6> limits{"from", "to", "match", "count", "ratio", "window"};
    return verb.get_if<scenarios::NetworkInject>() != nullptr && std::ranges::find(limits, key) != limits.end();
  }

  /// Fields that scripts may leave out, such as names that are hard to read and windows of faults.
  void drop_fields() {
    for (std::size_t i = 0; i < steps().size(); ++i) {
      if (!std::holds_alternative<VerbStep>(steps()[i].action)) continue;
      const auto verb = std::get<VerbStep>(steps()[i].action).verb;
      const auto plain = scenarios::type_of(verb).make();
      const auto defaults = scenarios::fields_of(plain);
      for (std::size_t k = 0; k < defaults.size(); ++k) {
        if (defaults[k].use == scenarios::FieldUse::required || widens(verb, defaults[k].key)) continue;
        auto candidate = best_.world;
        const auto fields = scenarios::fields_of(std::get<VerbStep>(candidate.timeline.timeline[i].action).verb);
        const bool changed = std::visit(
            [&]<class Field>(Field* field) {
              const auto& value = *std::get<const Field*>(defaults[k].field);
              return *field != value && (*field = value, true);
            },
            fields[k].field);
        if (changed) static_cast<void>(accept(std::move(candidate)));
      }
    }
  }

  std::uint64_t budget_;
  const Judge& judge_;
  Shrunk best_;
  Judged best_judged_;  ///< of the best world
};

}  // namespace

Shrunk shrink(WorldUnderTest world, Violation violation, std::uint64_t budget, const Judge& judge) {
  return Shrinker(std::move(world), std::move(violation), budget, judge).run();
}

}  // namespace properties
