// Judging a world in a process of its own: for worlds that bring the process down that plays them, so that those too can be made small.
#pragma once

#include <functional>
#include <string_view>

#include "properties/judge.h"

namespace properties {

/// How a world is played and judged: properties::judge, but for tests.
using Judge = std::function<Judged(const WorldUnderTest&)>;

// What is wrong with a world beside the laws of invariants().

/// The process that plays a world lives to tell of it. The text says how it ended.
inline constexpr std::string_view process_lives = "process-lives";
/// A world comes to the end of its timeline. The text says what kept it.
inline constexpr std::string_view plays_to_its_end = "plays-to-its-end";
/// What a worker says of a world can be read.
inline constexpr std::string_view worker_answers = "worker-answers";

/// The law of that id, one sentence, also of those beside invariants(); empty where there is none.
[[nodiscard]] std::string_view law_of(std::string_view id);

/// What kept the world from its end, where something did, is its violation: laws that are judged before the end say nothing.
[[nodiscard]] Judged in_full(Judged judged);

/// in_full(judge(world)), called in the child of a fork. Where the child dies, that is the violation.
[[nodiscard]] Judged judge_apart(const WorldUnderTest& world, const Judge& judge);

/// Whether it is the same failure, for shrinking: of the same law, and where a process died, in the same way.
[[nodiscard]] bool is_alike(const Violation& left, const Violation& right);

/// The script that shows it, to be replayed with the world's seed. `went_well`: as of Judged.
[[nodiscard]] scenarios::Scenario script_of(const WorldUnderTest& world, const Violation& violation, const std::vector<bool>& went_well = {});

}  // namespace properties
