// Every seeded defect of the bench: each part has a table of its own (directory/defects.h, fakes/*/defects.h), which are joined here.
// A world is built with a set of them; only tests do that, and `fuzz --planted`, never whoever serves a directory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/defects.h"
#include "fakes/devices/defects.h"
#include "fakes/entra/defects.h"
#include "fakes/okta/org/defects.h"

namespace scenarios {

/// What a world is built with: none, by default.
struct SeededDefects {
  directory::Defects directory{};
  fakes::entra::Defects entra{};
  fakes::okta::Defects okta{};
  fakes::devices::Defects devices{};

  [[nodiscard]] bool meets(const SeededDefects& other) const;
  /// Whatever these sets and their copies are asked for joins those of `asked`, which outlives them all.
  void note_questions_in(SeededDefects& asked);
  bool operator==(const SeededDefects&) const = default;
};

struct SeededDefect {
  std::string part;                ///< `directory`, `entra`, `okta`, `devices`
  std::string_view name;           ///< no two parts have the same
  std::string_view what;           ///< one sentence without its full stop
  std::vector<std::string> rules;  ///< that it breaks; none where no rule speaks of it
  std::string_view modelled_on;    ///< what has happened elsewhere, by ids of the facts; empty: nothing
  SeededDefects alone;             ///< the set that holds nothing else

  /// Whether the fuzzer has to find it.
  [[nodiscard]] bool is_planted() const { return !modelled_on.empty(); }
};

/// By part, each in the order of its table.
[[nodiscard]] const std::vector<SeededDefect>& all_seeded_defects();

}  // namespace scenarios
