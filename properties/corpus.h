// The scripts that earlier campaigns have found, played again before fresh worlds.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "scenarios/engine/library.h"
#include "scenarios/engine/seeded_defects.h"

namespace properties {

struct CorpusVerdict {
  std::string path;
  bool conforms = false;
  std::string why{};  ///< "violates", "error: …", how the process ended; empty where it conforms
};

/// Plays each with the seed that it names, in `jobs` worker processes; in the order of the scripts.
[[nodiscard]] std::vector<CorpusVerdict> play_corpus(const std::vector<scenarios::LoadedScript>& scripts,
                                                     const scenarios::SeededDefects& defects, std::size_t jobs);

}  // namespace properties
