#include "bench/scale/scale_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "base/json.h"
#include "base/wait.h"
#include "fakes/entra/provisioning/service.h"
#include "scenarios/engine/cast.h"
#include "scenarios/engine/observe.h"
#include "scenarios/engine/perform.h"
#include "scenarios/engine/population.h"

namespace bench::scale {
namespace {

using scenarios::Cast;
using scenarios::Performed;

constexpr std::int64_t incremental_cycles = 3;
constexpr std::int64_t one_changed_in = 1'000;
constexpr std::int64_t one_suspended_in = 10;
/// Of virtual time between two looks at what there is to see.
constexpr base::Duration slice = std::chrono::minutes{1};
/// A cycle of a million users takes two weeks.
constexpr base::Duration longest_phase = std::chrono::days{60};
/// Of a thousand people, on each working day. [scenarios/large/a_month_of_daily_life.yaml]
struct Habits {
  static constexpr std::int64_t attribute_changes = 20;
  static constexpr std::int64_t joiners = 3;
  static constexpr std::int64_t leavers = 2;
  static constexpr std::int64_t password_changes = 10;
  static constexpr std::int64_t federated_logins = 50;
  static constexpr std::int64_t federated = 100;
};
constexpr auto sign_in_app = "Directory sign-in";

std::int64_t share(std::int64_t users, std::int64_t of_thousand) { return std::max<std::int64_t>(users * of_thousand / 1'000, 1); }

scenarios::CastOptions cast_options(const ScaleOptions& options) {
  scenarios::CastOptions out;
  out.seed = options.seed;
  out.event_budget = UINT64_MAX;
  return out;
}

scenarios::WorldSpec with_people(const ScaleOptions& options) {
  scenarios::WorldSpec spec;
  spec.users.emplace();
  spec.users->generate = options.users;
  spec.users->departments = {"Sales", "Support", "Engineering", "Finance"};
  return spec;
}

scenarios::WorldSpec provisioned(const ScaleOptions& options) {
  auto spec = with_people(options);
  spec.directory.activation_mail = "on_request";
  if (options.groups == 0) return spec;
  spec.groups.emplace();
  spec.groups->generate = options.groups;
  spec.groups->members = {std::min<std::int64_t>(2, options.users), std::min<std::int64_t>(40, options.users)};
  spec.entra.provisioning.groups = true;
  return spec;
}

scenarios::WorldSpec lived_in(const ScaleOptions& options) {
  auto spec = with_people(options);
  // A Sunday: the first working day is the next one.
  spec.start = base::Instant(std::chrono::sys_days(std::chrono::year{2026} / std::chrono::January / 4).time_since_epoch());
  if (options.computers == 0) return spec;
  spec.fleet.emplace();
  spec.fleet->generate = options.computers;
  spec.fleet->poll = std::chrono::hours{24};
  return spec;
}

/// One world, and what is written down of it.
class Stage {
 public:
  Stage(const ScaleOptions& options, ScaleResult& result) : options_(&options), result_(&result) {}

  void make(const scenarios::WorldSpec& spec) {
    begin("the tenant is made");
    cast_ = std::make_unique<Cast>(spec, cast_options(*options_));
    fail(cast_->problem());
    end();
  }
  [[nodiscard]] Cast& cast() { return *cast_; }
  [[nodiscard]] bool goes_on() const { return result_->problem.empty() && !result_->interrupted; }

  void begin(std::string name) {
    name_ = std::move(name);
    phase_ = {.name = name_};
    began_ = options_->steady();
    began_in_world_ = cast_ ? cast_->scheduler().now() : base::Instant{};
    events_before_ = cast_ ? cast_->scheduler().dispatches() : 0;
  }
  void end(std::string counts = {}) {
    phase_.real = options_->steady() - began_;
    if (began_in_world_ != base::Instant{}) phase_.in_world = cast_->scheduler().now() - began_in_world_;
    phase_.events = cast_->scheduler().dispatches() - events_before_;
    phase_.memory = options_->memory();
    phase_.counts = std::move(counts);
    if (goes_on()) result_->phases.push_back(std::move(phase_));
  }
  void fail(std::string why) {
    if (result_->problem.empty() && !why.empty()) result_->problem = fmt::format("{}: {}", name_, why);
  }

  /// Until `over` says so, which is asked at every minute of virtual time.
  template <class Over>
  void run_until(Over over) {
    const auto latest = cast_->scheduler().now() + longest_phase;
    while (goes_on() && !over()) {
      if (cast_->scheduler().now() >= latest) return fail("does not come to an end");
      cast_->scheduler().run_until(cast_->scheduler().now() + slice);
      if (options_->progress) options_->progress(name_, cast_->scheduler().now() - began_in_world_);
      result_->interrupted = options_->stop && options_->stop();
    }
  }
  /// What the task answers; empty where it did not come to its end.
  template <class T>
  std::optional<T> run(base::Task<T> task) {
    const auto answer = std::make_shared<std::optional<T>>();
    cast_->browsers().spawn("scale", [](base::Task<T> asked, std::shared_ptr<std::optional<T>> into) -> base::Task<void> {
      auto value = co_await std::move(asked);
      *into = std::move(value);
    }(std::move(task), answer));
    run_until([&] { return answer->has_value(); });
    return *answer;
  }
  void perform(const scenarios::Verb& verb) {
    if (!goes_on()) return;
    const auto performed = run(scenarios::perform(*cast_, verb));
    if (performed && performed->kind != Performed::Kind::ok) fail(performed->detail);
    counts_ = performed ? performed->detail : std::string();
  }
  [[nodiscard]] const std::string& counts() const { return counts_; }

 private:
  const ScaleOptions* options_;
  ScaleResult* result_;
  std::unique_ptr<Cast> cast_;
  std::string name_;
  ScalePhase phase_{};
  base::Duration began_{};
  base::Instant began_in_world_{};
  std::uint64_t events_before_ = 0;
  std::string counts_;
};

void cycles(Stage& stage, std::uint64_t number) {
  const auto last = stage.cast().provisioning().cycles_completed() + number;
  stage.run_until([&] { return stage.cast().provisioning().cycles_completed() >= last; });
}

/// One may be under way, which does not see what has just changed.
void cycle_that_sees_it(Stage& stage) { cycles(stage, 2); }

/// Every `step`-th of the people.
std::int64_t change_some(Stage& stage, std::int64_t users, std::int64_t step, const base::JsonObject& change) {
  auto& cast = stage.cast();
  std::int64_t changed = 0;
  for (std::int64_t number = 1; number <= users; number += step) {
    const auto& person = cast.person(scenarios::PersonRef(generated_name(*cast.spec().users, number)));
    const auto done = cast.tenant().update(*person.entra_id, change);
    if (!done) stage.fail(done.error().text);
    ++changed;
  }
  return changed;
}

/// What SCIM answers to a look-up; empty where it answers nothing of use.
std::optional<base::Json> looked_up(Stage& stage, const std::string& query) {
  if (!stage.goes_on()) return std::nullopt;
  const auto answer = stage.run(stage.cast().ask_directory(stage.cast().inspector(), "GET", "/scim/v2/Users?" + query, std::nullopt, Cast::Credentials::scim));
  if (!answer) return std::nullopt;
  auto body = *answer && (*answer)->ok() ? base::parse_json((*answer)->body) : base::fail("no answer of use");
  if (!body) stage.fail(*answer ? fmt::format("the directory answers {} to {}", (*answer)->status, query) : (*answer).error().message);
  return body ? std::optional(std::move(*body)) : std::nullopt;
}

void expect_users(Stage& stage, std::int64_t wanted) {
  const auto body = looked_up(stage, "count=1");
  if (!body) return;
  const auto total = base::integer_member(*body, "totalResults");
  if (total != wanted) stage.fail(fmt::format("{} users in place of {}", total.value_or(0), wanted));
}

/// Some of the suspended, each with the one beside them, who is not. A filter over all would be too many for the directory.
void expect_suspended(Stage& stage, std::int64_t users) {
  constexpr std::int64_t looks = 50;
  const auto step = std::max<std::int64_t>(users / one_suspended_in / looks, 1) * one_suspended_in;
  for (std::int64_t number = 1; number < users && stage.goes_on(); number += step) {
    for (const auto& [who, active] : {std::pair{number, false}, std::pair{number + 1, true}}) {
      const auto name = generated_name(*stage.cast().spec().users, who);
      const auto body = looked_up(stage, fmt::format("filter=userName%20eq%20%22{}%22", name));
      const auto* found = body ? base::member(*body, "Resources") : nullptr;
      const bool as_it_should = found != nullptr && found->is_array() && found->get_array().size() == 1 && base::bool_member(found->get_array().front(), "active") == active;
      if (body && !as_it_should) stage.fail(fmt::format("{} should be {}", name, active ? "active" : "suspended"));
    }
  }
}

void provision(const ScaleOptions& options, ScaleResult& result) {
  Stage stage(options, result);
  stage.make(provisioned(options));
  if (!stage.goes_on()) return;
  stage.begin("initial cycle");
  cycles(stage, 1);
  stage.end();
  expect_users(stage, options.users);
  std::int64_t changed = 0;
  stage.begin(fmt::format("{} incremental cycles", incremental_cycles));
  for (std::int64_t i = 0; i < incremental_cycles && stage.goes_on(); ++i) {
    changed += change_some(stage, options.users, one_changed_in, base::JsonObject{{"jobTitle", fmt::format("Clerk {}", i)}});
    cycle_that_sees_it(stage);
  }
  stage.end(fmt::format("{} users changed", changed));
  if (!stage.goes_on()) return;
  stage.begin("mass suspension");
  const auto suspended = change_some(stage, options.users, one_suspended_in, base::JsonObject{{"accountEnabled", false}});
  cycle_that_sees_it(stage);
  stage.end(fmt::format("{} users suspended", suspended));
  expect_suspended(stage, options.users);
}

void live(const ScaleOptions& options, ScaleResult& result) {
  if (options.days == 0 || !result.problem.empty() || result.interrupted) return;
  Stage stage(options, result);
  stage.make(lived_in(options));
  if (!stage.goes_on()) return;
  stage.begin("onboarding");
  stage.perform(scenarios::EntraRegisterApp{sign_in_app});
  stage.perform(scenarios::AdminAddIdentityProvider{sign_in_app});
  scenarios::PopulationOnboard onboard;
  onboard.over = std::chrono::hours{8};
  onboard.federated = share(options.users, Habits::federated);
  stage.perform(onboard);
  stage.end(stage.counts());
  if (!stage.goes_on()) return;
  auto& clock = stage.cast().scheduler();
  const auto midnight = std::chrono::ceil<std::chrono::days>(clock.now());
  stage.run_until([&] { return clock.now() >= midnight; });
  stage.begin(fmt::format("{} days of ordinary life", options.days));
  scenarios::PopulationLive life;
  life.span = std::chrono::days{options.days};
  life.sign_ins = std::min(options.computers, options.users);
  life.attribute_changes = share(options.users, Habits::attribute_changes);
  life.joiners = share(options.users, Habits::joiners);
  life.leavers = share(options.users, Habits::leavers);
  life.password_changes = share(options.users, Habits::password_changes);
  life.federated_logins = share(options.users, Habits::federated_logins);
  stage.perform(life);
  stage.end(stage.counts());
}

}  // namespace

ScaleResult run_scale(const ScaleOptions& options) {
  ScaleResult result{.users = options.users, .groups = options.groups, .computers = options.computers};
  provision(options, result);
  live(options, result);
  return result;
}

}  // namespace bench::scale
