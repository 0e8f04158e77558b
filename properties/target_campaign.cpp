#include "properties/target_campaign.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "properties/scim_acts.h"
#include "scenarios/script/encode.h"

namespace properties {
namespace {

/// The first answer that was not as the model wants it.
struct Wrong {
  std::string invariant;
  std::string text;
};

std::optional<Wrong> wrong_in(const scenarios::RunRecord& record, const std::vector<ScimAct>& acts, const ScimScript& script) {
  if (!record.problem.empty()) return Wrong{"scim-answers", record.problem};
  for (std::size_t i = 0; i < record.steps.size(); ++i) {
    const auto& step = record.steps[i];
    if (step.verdict == scenarios::Verdict::conforms) continue;
    const auto act = i < script.act_of.size() ? script.act_of[i] : acts.size();
    const auto kind = act < acts.size() ? kind_name(acts[act].kind) : "answers";
    return Wrong{fmt::format("scim-{}", kind), fmt::format("{}: {}", step.what, step.outcome)};
  }
  return std::nullopt;
}

class TargetExplorer {
 public:
  explicit TargetExplorer(const TargetCampaignOptions& options) : options_(options) { campaign_.next_seed = options.first_seed; }

  Campaign run() {
    for (; campaign_.next_seed <= options_.last_seed; ++campaign_.next_seed) {
      if (campaign_.tally.failures >= options_.failures_before_end || (options_.keep_going && !options_.keep_going())) {
        campaign_.ended_early = true;
        break;
      }
      session(campaign_.next_seed);
      if (options_.progress) options_.progress(campaign_.tally);
    }
    return std::move(campaign_);
  }

 private:
  std::optional<Wrong> judge(const std::vector<ScimAct>& acts) {
    const auto script = script_of_session(acts);
    const auto record = options_.play(script.scenario, ++plays_);
    campaign_.tally.events += record.events;
    return wrong_in(record, acts, script);
  }

  void session(std::uint64_t seed) {
    auto acts = draw_scim_session(base::Rng(seed).fork("scim session"), options_.acts);
    auto wrong = judge(acts);
    ++campaign_.tally.worlds;
    if (!wrong) return;
    ++campaign_.tally.failures;
    const auto known = std::ranges::find(campaign_.findings, wrong->invariant, &Finding::invariant);
    if (known != campaign_.findings.end()) {
      ++known->worlds;
      return;
    }
    const auto before = plays_;
    shrink_session(acts, *wrong);
    auto scenario = script_of_session(acts).scenario;
    scenario.title = fmt::format("Counterexample: {}", wrong->text);
    campaign_.findings.push_back({.seed = seed,
                                  .invariant = wrong->invariant,
                                  .text = wrong->text,
                                  .script = scenarios::encode_scenario(scenario),
                                  .shrinking = plays_ - before});
  }

  /// Leaves out runs of acts, long ones first, from the end, while the same kind of answer stays wrong.
  void shrink_session(std::vector<ScimAct>& acts, Wrong& wrong) {
    const auto most = plays_ + options_.shrink_budget;
    for (auto length = std::max<std::size_t>(acts.size() / 2, 1); length >= 1; length /= 2) {
      for (auto end = acts.size(); end >= length && end > 0 && plays_ < most;) {
        auto candidate = acts;
        const auto begin = candidate.begin() + static_cast<std::ptrdiff_t>(end - length);
        candidate.erase(begin, begin + static_cast<std::ptrdiff_t>(length));
        auto still = judge(candidate);
        if (still && still->invariant == wrong.invariant) {
          acts = std::move(candidate);
          wrong = std::move(*still);
        }
        end = std::min(end - 1, acts.size());
      }
    }
  }

  const TargetCampaignOptions& options_;
  Campaign campaign_;
  std::uint64_t plays_ = 0;
};

}  // namespace

Campaign explore_target(const TargetCampaignOptions& options) { return TargetExplorer(options).run(); }

}  // namespace properties
