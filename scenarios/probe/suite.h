// The cases of a suite: found below scenarios/conformance/SUITE, read, selected, and put in order.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/engine/library.h"
#include "scenarios/probe/probe.h"

namespace scenarios::probe {

struct Suite {
  std::string name;
  std::vector<Probe> cases;    ///< what others build on first
  std::size_t left_out = 0;    ///< by a selection
};

/// Every case below `folder`/`name`. An error is `path:line:column: message`. Cases of other suites that carry the
/// suite's name as a tag belong to it too, so that `entra` asks what the RFC asks where Entra depends on it.
[[nodiscard]] std::expected<Suite, LoadError> load_suite(const std::string& folder, const std::string& name);

/// Names of the suites below the folder, in order.
[[nodiscard]] std::vector<std::string> suite_names(const std::string& folder);

/// What --only and --skip take: a case's id or its beginning, a clause's id or its beginning up to a dot or dash
/// ("P-3.5.2"), or a tag.
[[nodiscard]] bool selects(const Probe& probe, std::string_view word);

/// Keeps what any word of `only` selects (all, where there is none) and none of `skip` does. Words that select nothing are
/// returned.
[[nodiscard]] std::vector<std::string> select(Suite& suite, const std::vector<std::string>& only, const std::vector<std::string>& skip);

/// Leaves out the cases that write.
void keep_reading_cases(Suite& suite);

}  // namespace scenarios::probe
