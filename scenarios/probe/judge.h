// Holds an answer against what a case expects of it.
#pragma once

#include "scenarios/probe/names.h"
#include "scenarios/probe/probe.h"

namespace scenarios::probe {

/// In what the answer differs from the pattern; an error where the pattern names what cannot be told.
[[nodiscard]] base::Result<std::vector<Difference>> differences(const Pattern& pattern, const Answer& answer,
                                                                const Names& names);

/// The pattern in words, for reports.
[[nodiscard]] std::string pattern_text(const Pattern& pattern);

struct Judgement {
  CheckRecord check;
  std::vector<std::string> readings;  ///< of a verdict `unclear`
};

/// The first reading that fits gives the verdict. Where none does, it is `otherwise`, with the differences from
/// one that conforms, if possible one that has the answer's status. A case's level says what that is: must violates, should
/// and may deviate.
[[nodiscard]] base::Result<Judgement> judge(const Judged& judged, const Answer& answer, const Names& names,
                                            Verdict otherwise);

[[nodiscard]] Verdict otherwise_of(Level level);

}  // namespace scenarios::probe
