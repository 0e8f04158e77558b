// The rules that keep a run a pure function of its inputs, applied to one C++ source at a time. They read
// tokens, not types: cheap enough to run with every test, and each finding names a line and a way out.
#pragma once

#include <string>
#include <vector>

#include "tidy/finding.h"
#include "tidy/source_text.h"

namespace tidy {

/// All rules for the code of the file at `path`, which is relative to the source root. `header` is the header
/// of the same name, or null. Findings are ordered by line; allowances are not yet applied.
[[nodiscard]] std::vector<Finding> check_code(const std::string& path, const SourceText& source,
                                              const SourceText* header = nullptr);

/// The allowances in the comments of a source, with or without a reason.
[[nodiscard]] std::vector<Allowance> allowances_in(const std::string& path, const SourceText& source);
/// The same for a line of any other file, where nothing tells comments apart.
[[nodiscard]] std::vector<Allowance> allowances_in_line(const std::string& path, std::size_t line,
                                                        const std::string& text);

struct Verdict {
  std::vector<Finding> findings;
  std::vector<Allowance> used;
};

/// Takes out what is allowed. An allowance without a reason, or of nothing, is a finding in its turn.
[[nodiscard]] Verdict apply_allowances(std::vector<Finding> findings,
                                       const std::vector<Allowance>& allowances);

}  // namespace tidy
