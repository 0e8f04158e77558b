#include "properties/campaign.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>

#include "base/digest.h"
#include "base/json.h"
#include "properties/crew.h"
#include "properties/exploration.h"
#include "properties/shrink.h"
#include "scenarios/engine/store_template.h"
#include "scenarios/script/encode.h"

namespace properties {
namespace {

/// What a worker says of one world.
struct Played {
  Tally tally;
  std::optional<Finding> finding;
};

/// Whether each world gets a process of its own, which may die.
enum class Place { together, apart };

/// In a worker: plays the world of a seed, and makes it small where it breaks a law.
Played play(std::uint64_t seed, Place place, const CampaignOptions& options, const scenarios::StoreTemplate& store) {
  const Judge judge_here = [&](const WorldUnderTest& world) { return in_full(options.judge(world)); };
  const Judge judge_there = [&](const WorldUnderTest& world) { return judge_apart(world, options.judge); };
  const auto& judge_world = place == Place::together ? judge_here : judge_there;
  auto world = world_of(seed, options.choice, options.defects);
  world.store = &store;
  const auto judged = judge_world(world);
  Played out;
  out.tally = {.worlds = 1, .events = judged.events, .virtual_time = judged.virtual_time, .failures = judged.violation ? 1U : 0U, .explored = judged.explored};
  if (!judged.violation) return out;
  const auto shrunk = shrink(std::move(world), *judged.violation, options.shrink_budget, judge_world);
  out.finding = Finding{.seed = seed,
                        .invariant = shrunk.violation.invariant,
                        .text = shrunk.violation.text,
                        .script = scenarios::encode_scenario(script_of(shrunk.world, shrunk.violation, shrunk.went_well)),
                        .shrinking = shrunk.worlds_played};
  return out;
}

std::string encode(const Played& played) {
  base::JsonObject out{{"events", played.tally.events},
                       {"virtual", played.tally.virtual_time.count()},
                       {"failures", played.tally.failures},
                       {"explored", encode_exploration(played.tally.explored)}};
  if (played.finding) {
    out["invariant"] = played.finding->invariant;
    out["text"] = played.finding->text;
    out["script"] = played.finding->script;
    out["shrinking"] = played.finding->shrinking;
  }
  return base::to_text(base::Json(std::move(out)));
}

/// Nothing where it is no answer of encode().
std::optional<Played> decode(std::string_view line, std::uint64_t seed) {
  const auto json = base::parse_json(line);
  if (!json || !json->is_object()) return std::nullopt;
  const auto number = [&](std::string_view key) { return base::integer_member(*json, key); };
  const auto events = number("events");
  const auto virtual_time = number("virtual");
  const auto failures = number("failures");
  if (!events || !virtual_time || !failures) return std::nullopt;
  Played out;
  out.tally = {.worlds = 1,
               .events = static_cast<std::uint64_t>(*events),
               .virtual_time = base::Duration{*virtual_time},
               .failures = static_cast<std::uint64_t>(*failures)};
  if (const auto* explored = base::member(*json, "explored")) out.tally.explored = decode_exploration(*explored);
  if (*failures == 0) return out;
  const auto invariant = base::string_member(*json, "invariant");
  const auto text = base::string_member(*json, "text");
  const auto script = base::string_member(*json, "script");
  if (!invariant || !text || !script) return std::nullopt;
  out.finding = Finding{.seed = seed,
                        .invariant = *invariant,
                        .text = *text,
                        .script = *script,
                        .shrinking = static_cast<std::uint64_t>(number("shrinking").value_or(0))};
  return out;
}

/// A task of the crew: `7`, or `7 apart`.
constexpr std::string_view apart_mark = " apart";

class Explorer {
 public:
  explicit Explorer(const CampaignOptions& options)
      : options_(options), store_(scenarios::make_store_template()), given_out_(options.first_seed) {
    campaign_.next_seed = options.first_seed;
  }

  Campaign run() {
    Crew crew(options_.jobs, [this](std::string_view task) {
      const auto place = task.ends_with(apart_mark) ? Place::apart : Place::together;
      return encode(play(std::stoull(std::string(task)), place, options_, store_));
    });
    crew.work([this] { return next(); },
              [&](const Crew::Told& told) {
                take(told);
                if (is_enough()) crew.abandon();
              },
              [this] {
                if (options_.progress) options_.progress(campaign_.tally);
              });
    campaign_.ended_early = over_ || (is_enough() && campaign_.next_seed <= options_.last_seed);
    campaign_.findings = joined(std::move(found_));
    return std::move(campaign_);
  }

 private:
  [[nodiscard]] bool is_enough() const { return campaign_.tally.failures >= options_.failures_before_end; }

  std::optional<std::string> next() {
    if (!again_.empty()) {
      auto task = std::move(again_.front());
      again_.pop_front();
      return task;
    }
    if (over_ || given_out_ > options_.last_seed) return std::nullopt;
    if (options_.keep_going && !options_.keep_going()) {
      over_ = true;
      return std::nullopt;
    }
    const auto seed = given_out_;
    given_out_ += options_.stride;
    return std::to_string(seed);
  }

  void take(const Crew::Told& told) {
    const auto seed = std::stoull(told.task);
    if (told.answer) {
      auto played = decode(*told.answer, seed);
      note(seed, played ? std::move(*played) : failed(seed, worker_answers, fmt::format("an answer of {} bytes cannot be read", told.answer->size())));
    } else if (!told.task.ends_with(apart_mark)) {
      again_.push_back(told.task + std::string(apart_mark));
    } else {
      note(seed, failed(seed, process_lives, "the process that played it was " + told.death));
    }
  }

  /// As it is: nothing can be tried out with it.
  [[nodiscard]] Played failed(std::uint64_t seed, std::string_view invariant, std::string text) const {
    const auto world = world_of(seed, options_.choice, options_.defects);
    const Violation violation{std::string(invariant), std::move(text), {}};
    return {.tally = {.worlds = 1, .failures = 1},
            .finding = Finding{.seed = seed,
                               .invariant = violation.invariant,
                               .text = violation.text,
                               .script = scenarios::encode_scenario(script_of(world, violation))}};
  }

  /// Worlds count in the order of their seeds, so that which are the first to fail does not depend on who was faster.
  void note(std::uint64_t seed, Played played) {
    ahead_.emplace(seed, std::move(played));
    for (auto first = ahead_.begin(); first != ahead_.end() && first->first == campaign_.next_seed && !is_enough(); first = ahead_.begin()) {
      campaign_.tally.add(first->second.tally);
      if (first->second.finding) found_.push_back(std::move(*first->second.finding));
      ahead_.erase(first);
      campaign_.next_seed += options_.stride;
    }
  }

  static std::vector<Finding> joined(std::vector<Finding> found) {
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
  std::uint64_t given_out_;
  std::deque<std::string> again_;          ///< tasks over which a worker died
  std::map<std::uint64_t, Played> ahead_;  ///< played while one with an earlier seed was not
  std::vector<Finding> found_;
  Campaign campaign_;
  bool over_ = false;
};

/// Without the line that says how it is replayed.
std::string without_replay(std::string_view script) {
  constexpr std::string_view key = "\nreplay: ";
  const auto begin = script.find(key);
  if (begin == std::string_view::npos) return std::string(script);
  const auto end = script.find('\n', begin + 1);
  return std::string(script.substr(0, begin)) + std::string(script.substr(std::min(end, script.size())));
}

}  // namespace

void Tally::add(const Tally& other) {
  worlds += other.worlds;
  events += other.events;
  virtual_time += other.virtual_time;
  failures += other.failures;
  explored.add(other.explored);
}

std::string Finding::hash() const {
  base::Digest digest;
  digest.mix(invariant);
  digest.mix(without_replay(script));
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
