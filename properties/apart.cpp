#include "properties/apart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/json.h"
#include "live/worker.h"
#include "properties/exploration.h"
#include "properties/healing.h"
#include "scenarios/script/decode.h"
#include "scenarios/script/encode.h"

namespace properties {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> laws_beside{{
    {process_lives, "The process that plays a world lives to tell of it."},
    {plays_to_its_end, "A world comes to the end of its timeline."},
    {worker_answers, "What a worker says of a world can be read."},
    {answers_after_healing, "Once all is mended, the directory answers."},
}};

/// Whether nothing that a script could expect shows it.
bool is_beyond_scripts(std::string_view invariant) {
  return invariant == process_lives || invariant == plays_to_its_end || invariant == worker_answers;
}

std::string encode_judged(const WorldUnderTest& world, const Judged& judged) {
  std::string went_well;
  for (const bool well : judged.went_well) went_well += well ? '1' : '0';
  base::JsonObject out{{"events", judged.events},
                       {"virtual", judged.virtual_time.count()},
                       {"problem", judged.problem},
                       {"explored", encode_exploration(judged.explored)},
                       {"went_well", went_well}};
  if (judged.violation) {
    out["invariant"] = base::json_text(judged.violation->invariant);
    out["text"] = judged.violation->text;
    out["script"] = scenarios::encode_scenario(script_of(world, *judged.violation));
  }
  return base::to_text(base::Json(std::move(out)));
}

/// Nothing where it cannot be read.
std::optional<Judged> decode_judged(std::string_view line) {
  const auto json = base::parse_json(line);
  if (!json || !json->is_object()) return std::nullopt;
  Judged out;
  out.events = static_cast<std::uint64_t>(base::integer_member(*json, "events").value_or(0));
  out.virtual_time = base::Duration{base::integer_member(*json, "virtual").value_or(0)};
  out.problem = base::string_or(*json, "problem", "");
  if (const auto* explored = base::member(*json, "explored")) out.explored = decode_exploration(*explored);
  for (const char well : base::string_or(*json, "went_well", "")) out.went_well.push_back(well == '1');
  const auto invariant = base::string_member(*json, "invariant");
  if (!invariant) return out;
  out.violation = Violation{*invariant, base::string_or(*json, "text", ""), {}};
  if (is_beyond_scripts(*invariant) || *invariant == answers_after_healing) return out;
  auto script = scenarios::decode_scenario(base::string_or(*json, "script", ""));
  if (!script || script->expect.empty()) return std::nullopt;
  out.violation->expectation = std::move(script->expect.front());
  return out;
}

Judged violated(std::string_view invariant, std::string text) {
  Judged out;
  out.violation = Violation{std::string(invariant), std::move(text), {}};
  return out;
}

}  // namespace

std::string_view law_of(std::string_view id) {
  const auto found = std::ranges::find(invariants(), id, &Invariant::id);
  if (found != invariants().end()) return found->law;
  const auto beside = std::ranges::find(laws_beside, id, [](const auto& law) { return law.first; });
  return beside == laws_beside.end() ? std::string_view{} : beside->second;
}

Judged in_full(Judged judged) {
  if (!judged.problem.empty()) judged.violation = Violation{std::string(plays_to_its_end), judged.problem, {}};
  return judged;
}

Judged judge_apart(const WorldUnderTest& world, const Judge& judge) {
  live::Worker worker([&](std::string_view) { return encode_judged(world, in_full(judge(world))); });
  const auto received = live::ask_and_wait(worker, "judge");
  if (!received.answer) return violated(process_lives, "the process that played it was " + received.death);
  auto judged = decode_judged(*received.answer);
  return judged ? std::move(*judged) : violated(worker_answers, fmt::format("an answer of {} bytes cannot be read", received.answer->size()));
}

bool is_alike(const Violation& left, const Violation& right) {
  return left.invariant == right.invariant && (left.invariant != process_lives || left.text == right.text);
}

scenarios::Scenario script_of(const WorldUnderTest& world, const Violation& violation, const std::vector<bool>& went_well) {
  auto script = is_beyond_scripts(violation.invariant) ? with_healing(world.timeline) : counterexample(world, violation, went_well);
  script.title = fmt::format("Counterexample: {}", violation.text);
  script.replay = {world.seed, world.shuffle_ties};
  return script;
}

}  // namespace properties
