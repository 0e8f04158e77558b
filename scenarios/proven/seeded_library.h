// The library under seeded defects: which scripts turn red, and on which rules. What the proof's tests and the writer of its table
// share.
#pragma once

#include <string>
#include <vector>

#include "scenarios/engine/seeded_defects.h"
#include "scenarios/proven/proven_table.h"
#include "scenarios/script/scenario.h"

namespace scenarios::proven {

struct LibraryScript {
  std::string path;  ///< below scenarios/
  Scenario scenario;
  Names expected;  ///< rules that its expectations and outcomes prove
  Names named;     ///< these, and what it says to be about
  /// Defects that the parts ask about when it is played without any. A run is a function of the script, the seed and the answers
  /// to those questions, and with one defect it is the same run up to the first question about that one: a script under which
  /// nobody asks about a defect is played with it event by event as without it.
  SeededDefects asked;
};

class SeededLibrary {
 public:
  /// Reads scenarios/library and scenarios/regressions below a source tree, and plays each script without defects; what cannot be
  /// read, or fails then, is in `problem`.
  explicit SeededLibrary(const std::string& root);

  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] const std::vector<LibraryScript>& scripts() const { return scripts_; }
  [[nodiscard]] const LibraryScript* find(std::string_view path) const;
  /// Rules with the scripts that expect them.
  [[nodiscard]] const std::map<std::string, Names, std::less<>>& covers() const { return covers_; }

  /// Plays every script once with that defect where anybody asks about it; the others stay green.
  [[nodiscard]] Turned play(const SeededDefect& defect) const;

 private:
  std::string problem_;
  std::vector<LibraryScript> scripts_;
  std::map<std::string, Names, std::less<>> covers_;
};

}  // namespace scenarios::proven
