#include "properties/campaign.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>

#include "base/digest.h"
#include "base/json.h"
#include "properties/healing.h"
#include "properties/shrink.h"
#include "properties/worker.h"
#include "scenarios/engine/store_template.h"
#include "scenarios/script/encode.h"

namespace properties {
namespace {

/// What a worker says of one world.
struct Played {
  Tally tally;
  std::optional<Finding> finding;
};

/// In a worker: plays the world of a seed, and makes it small where it breaks a law.
Played play(std::uint64_t seed, const CampaignOptions& options, const scenarios::StoreTemplate& store) {
  auto world = world_of(seed, options.choice, options.defects);
  world.store = &store;
  const auto judged = judge(world);
  Played out;
  out.tally = {.worlds = 1, .events = judged.events, .virtual_time = judged.virtual_time, .failures = judged.violation ? 1U : 0U};
  if (!judged.violation) return out;
  const auto shrunk = shrink(std::move(world), *judged.violation, options.shrink_budget);
  out.finding = Finding{.seed = seed,
                        .invariant = shrunk.violation.invariant,
                        .text = shrunk.violation.text,
                        .script = scenarios::encode_scenario(counterexample(shrunk.world, shrunk.violation)),
                        .shrinking = shrunk.worlds_played,
                        .replay_seed = shrunk.world.seed,
                        .shuffled = shrunk.world.shuffle_ties};
  return out;
}

std::string encode(const Played& played) {
  base::JsonObject out{{"events", played.tally.events},
                       {"virtual", played.tally.virtual_time.count()},
                       {"failures", played.tally.failures}};
  if (played.finding) {
    out["invariant"] = played.finding->invariant;
    out["text"] = played.finding->text;
    out["script"] = played.finding->script;
    out["shrinking"] = played.finding->shrinking;
    out["seed"] = std::to_string(played.finding->replay_seed);
    out["shuffled"] = played.finding->shuffled;
  }
  return base::to_text(base::Json(std::move(out)));
}

Played decode(std::string_view line, std::uint64_t seed) {
  const auto json = base::parse_json(line);
  Played out;
  out.tally.worlds = 1;
  if (!json) return out;
  const auto number = [&](std::string_view key) { return base::integer_member(*json, key).value_or(0); };
  out.tally.events = static_cast<std::uint64_t>(number("events"));
  out.tally.virtual_time = base::Duration{number("virtual")};
  out.tally.failures = static_cast<std::uint64_t>(number("failures"));
  if (out.tally.failures > 0) {
    out.finding = Finding{.seed = seed,
                          .invariant = base::string_or(*json, "invariant", ""),
                          .text = base::string_or(*json, "text", ""),
                          .script = base::string_or(*json, "script", ""),
                          .shrinking = static_cast<std::uint64_t>(number("shrinking")),
                          .replay_seed = std::stoull(base::string_or(*json, "seed", "1")),
                          .shuffled = base::bool_member(*json, "shuffled").value_or(false)};
  }
  return out;
}

class Explorer {
 public:
  explicit Explorer(const CampaignOptions& options) : options_(options), store_(scenarios::make_store_template()) {
    campaign_.next_seed = options.first_seed;
  }

  Campaign run() {
    for (std::size_t i = 0; i < std::max<std::size_t>(options_.jobs, 1); ++i) workers_.push_back(hire());
    while (give_out() || is_any_busy()) collect();
    campaign_.findings = joined(std::move(found_));
    return std::move(campaign_);
  }

 private:
  [[nodiscard]] std::unique_ptr<Worker> hire() const {
    return std::make_unique<Worker>([this](std::string_view line) {
      const auto seed = std::stoull(std::string(line));
      return encode(play(seed, options_, store_));
    });
  }

  [[nodiscard]] bool is_any_busy() const {
    return std::ranges::any_of(workers_, [](const auto& worker) { return worker->busy(); });
  }

  /// Whether there is a world left to play.
  bool give_out() {
    for (auto& worker : workers_) {
      if (worker->busy()) continue;
      if (over_ || campaign_.next_seed > options_.last_seed) return false;
      if (campaign_.tally.failures >= options_.failures_before_end || (options_.keep_going && !options_.keep_going())) {
        over_ = campaign_.ended_early = true;
        return false;
      }
      worker->ask(std::to_string(campaign_.next_seed));
      campaign_.next_seed += options_.stride;
    }
    return true;
  }

  void collect() {
    std::vector<Worker*> busy;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < workers_.size(); ++i) {
      if (!workers_[i]->busy()) continue;
      busy.push_back(workers_[i].get());
      places.push_back(i);
    }
    for (const auto ready : wait_for_workers(busy, 100)) {
      const auto seed = std::stoull(busy[ready]->asked());
      auto received = busy[ready]->receive();
      if (received.answer) {
        note(decode(*received.answer, seed));
      } else if (!received.death.empty()) {
        note({.tally = {.worlds = 1, .failures = 1}, .finding = death_of(seed, received.death)});
      }
      if (!received.death.empty()) workers_[places[ready]] = hire();
    }
    if (options_.progress) options_.progress(campaign_.tally);
  }

  /// As it is: what brings a process down cannot be tried out in it.
  [[nodiscard]] Finding death_of(std::uint64_t seed, const std::string& death) const {
    const auto world = world_of(seed, options_.choice, options_.defects);
    return {.seed = seed,
            .invariant = "process-lives",
            .text = "the process that played it was " + death,
            .script = scenarios::encode_scenario(with_healing(world.timeline)),
            .replay_seed = seed,
            .shuffled = world.shuffle_ties};
  }

  void note(Played played) {
    campaign_.tally.add(played.tally);
    if (played.finding) found_.push_back(std::move(*played.finding));
  }

  static std::vector<Finding> joined(std::vector<Finding> found) {
    std::ranges::sort(found, {}, &Finding::seed);
    std::vector<Finding> out;
    std::map<std::string, std::size_t> places;
    for (auto& finding : found) {
      const auto [place, is_new] = places.emplace(finding.hash(), out.size());
      if (is_new) {
        out.push_back(std::move(finding));
      } else {
        ++out[place->second].worlds;
      }
    }
    return out;
  }

  const CampaignOptions& options_;
  scenarios::StoreTemplate store_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<Finding> found_;
  Campaign campaign_;
  bool over_ = false;
};

}  // namespace

void Tally::add(const Tally& other) {
  worlds += other.worlds;
  events += other.events;
  virtual_time += other.virtual_time;
  failures += other.failures;
}

std::string Finding::hash() const {
  base::Digest digest;
  digest.mix(invariant);
  digest.mix(script.empty() ? std::string_view(text) : std::string_view(script));
  return fmt::format("{:016x}", digest.value());
}

WorldUnderTest world_of(std::uint64_t seed, const WorldChoice& choice, const scenarios::SeededDefects& defects) {
  WorldUnderTest world;
  world.timeline = generate_world(base::Rng(seed).fork("world"), choice);
  world.seed = seed;
  world.shuffle_ties = seed % 2 == 0;
  world.defects = defects;
  return world;
}

Campaign explore(const CampaignOptions& options) {
  return Explorer(options).run();
}

}  // namespace properties
