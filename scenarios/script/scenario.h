// A script as a value: what the YAML decodes to, what the runner plays, and what generators make.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/instant.h"
#include "scenarios/script/observations.h"
#include "scenarios/script/values.h"
#include "scenarios/script/verbs.h"
#include "scenarios/script/world_spec.h"

namespace scenarios {

/// The version every script begins with: `lockstep: 1`.
inline constexpr int script_version = 1;

/// When an expectation must hold.
enum class Hold {
  once,    ///< at its point of the timeline, or at the end; with `within`, at some instant until then
  always,  ///< whenever it is looked at during the run
  never    ///< at no instant at which it is looked at
};

struct Expectation {
  Observation observation;
  Hold hold = Hold::once;
  std::optional<base::Duration> within{};
  std::vector<std::string> rules{};  ///< catalogue ids that it proves
  SourcePlace source{};

  bool operator==(const Expectation&) const = default;
};

/// What a step may come to without failing the run.
enum class Outcome {
  ok,
  refused,  ///< the other side says no
  any       ///< also: no answer
};

struct VerbStep {
  Verb verb;
  Outcome outcome = Outcome::ok;
  std::vector<std::string> rules{};  ///< catalogue ids that its outcome proves

  bool operator==(const VerbStep&) const = default;
};

/// When it begins: `at` counts from the start of the run, `after` from the end of the step before. A step
/// never begins before the one above it has ended.
struct Step {
  std::optional<base::Duration> at{};
  std::optional<base::Duration> after{};
  std::variant<VerbStep, Expectation> action;
  SourcePlace source{};

  bool operator==(const Step&) const = default;
};

/// What a target must offer for the script to be played against it.
inline constexpr std::array<std::string_view, 5> capabilities{"scim", "admin", "portal", "devices", "mail"};

/// How it is played unless whoever plays it says otherwise: what makes a found script fail wherever it is played.
struct ReplaySpec {
  std::uint64_t seed = 1;
  bool shuffle = false;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("seed", self.seed, "seed of the run");
    visit.optional("shuffle", self.shuffle, "whether the order of what happens at one instant is drawn from the seed");
  }
  bool operator==(const ReplaySpec&) const = default;
};

struct Scenario {
  std::string title;
  std::string about;
  std::vector<std::string> covers;
  SourcePlace covers_source;
  std::vector<std::string> needs;
  ReplaySpec replay;
  WorldSpec world;
  std::vector<Step> timeline;
  base::Duration settle{0};
  std::vector<Expectation> expect;

  bool operator==(const Scenario&) const = default;
};

}  // namespace scenarios
