// Sequences of commands against the directory and a model of it, generated and made small by RapidCheck. A check is a function of
// its seed: 1, unless RC_PARAMS says otherwise, which may also set the number of sequences or name one that has failed.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/detail/Configuration.h>
#include <rapidcheck/detail/TestListenerAdapter.h>
#include <rapidcheck/state.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <string>

#include "base/sanitized.h"
#include "directory/defects.h"

namespace properties::models {

struct SequencePlan {
  int sequences = 100;
  int longest = 30;  ///< commands
};

/// Those that shrinking has tried count too.
struct SequenceCheck {
  bool holds = false;
  std::uint64_t seed = 0;
  int played = 0;            ///< sequences until it was broken first, or in all
  std::size_t commands = 0;  ///< of the shortest sequence that breaks it
  std::string report{};      ///< what RapidCheck says: the commands, the reason, how to repeat it
};

/// A number from 0 on, below `end`. RapidCheck's own ranges begin small and grow with the length of sequences.
inline int below(int end) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, end)); }

/// One of several, each as likely as any other.
template <class Values>
auto one_of(const Values& values) {
  return values[static_cast<std::size_t>(below(static_cast<int>(std::size(values))))];
}

/// Once in so many times.
inline bool once_in(int times) { return below(times) == times - 1; }

/// Counts what a sequence has come to; a system under test has one.
struct CommandCount {
  std::size_t played = 0;
};

/// `property` plays one sequence against a fresh system and fails by RapidCheck's means; it says how many commands it has played.
template <class Property>
SequenceCheck check_sequences(const std::string& name, const SequencePlan& plan, const Property& property) {
  rc::detail::Configuration configuration;
  configuration.testParams.seed = 1;
  configuration.testParams.maxSuccess = base::sanitized ? std::max(plan.sequences / 10, 1) : plan.sequences;
  configuration.testParams.maxSize = plan.longest;
  const auto* wished = std::getenv("RC_PARAMS");  // tidy-allow: environment: RapidCheck's own way to repeat a failure
  if (wished != nullptr) configuration = rc::detail::configFromString(wished, configuration);
  SequenceCheck check;
  check.seed = configuration.testParams.seed;
  int tried = 0;
  const auto counted = [&] {
    CommandCount count;
    ++tried;
    try {
      property(count);
    } catch (const rc::detail::CaseResult& result) {
      if (result.type == rc::detail::CaseResult::Type::Failure) {
        // RapidCheck shrinks on from whatever fails, so the last failure is the smallest.
        check.commands = count.played;
        if (check.played == 0) check.played = tried;
      }
      throw;
    }
  };
  rc::detail::TestMetadata metadata;
  metadata.id = name;
  metadata.description = name;
  rc::detail::TestListenerAdapter silent;
  const auto result = rc::detail::checkTestable(counted, metadata, configuration.testParams, silent, configuration.reproduce);
  check.holds = result.template is<rc::detail::SuccessResult>();
  if (check.played == 0) check.played = tried;
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  check.report = text.str();
  return check;
}

/// The model keeps to the directory, whatever is done.
inline void expect_kept(const SequenceCheck& check) {
  testing::Test::RecordProperty("seed", std::to_string(check.seed));
  testing::Test::RecordProperty("sequences", check.played);
  EXPECT_TRUE(check.holds) << "seed " << check.seed << "\n" << check.report;
}

/// A planted defect is noticed, by a sequence that a person can read.
inline void expect_noticed(std::string_view defect, const SequenceCheck& check, std::size_t most_commands) {
  // Under sanitizers a tenth of the sequences is played, which need not come to it: they look for other mistakes.
  if (base::sanitized && check.holds) return;
  EXPECT_FALSE(check.holds) << defect << " went unnoticed in " << check.played << " sequences";
  EXPECT_GE(check.commands, 1U) << defect << " was not what failed\n" << check.report;
  EXPECT_LE(check.commands, most_commands) << defect << "\n" << check.report;
  testing::Test::RecordProperty(std::string(defect), fmt::format("{} commands", check.commands));
  fmt::print("{}: noticed by sequence {}, shrunk to {} commands\n", defect, check.played, check.commands);
}

/// The directory's table has its name.
inline std::string_view defect_name(directory::Defect defect) {
  return directory::defect_rows()[static_cast<std::size_t>(defect)].name;
}

}  // namespace properties::models
