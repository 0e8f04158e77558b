// The proof that the conformance cases tell the truth, as a table: which case each single defect of the broken provider
// turns red. scenarios/proof/scim.yaml is kept by hand; the tests beside it play every defect and compare.
#pragma once

#include <expected>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/script/yaml_tree.h"

namespace scenarios::proof {

/// What a defect does to a case: it finds a violation or a deviation, or comes to a verdict that is right without being a
/// finding.
enum class Turn { red, refused, unclear };

[[nodiscard]] std::string_view to_text(Turn turn);

/// Cases by their id.
using Turned = std::map<std::string, Turn, std::less<>>;

/// Cases that look at another clause and turn red all the same.
struct Beside {
  std::string why;
  Turned cases;
};

/// By the names of switches.
struct ProofTable {
  std::map<std::string, Turned, std::less<>> switches;   ///< the cases that look at what is broken
  std::map<std::string, Beside, std::less<>> beside;
  std::set<std::string, std::less<>> unseen;             ///< no case looks at them yet: nothing turns red
  std::map<std::string, std::string, std::less<>> unproven;  ///< clauses without a switch, and why

  /// All that the switch turns, by its own clause and beside it.
  [[nodiscard]] Turned expected(std::string_view name) const;
};

/// Strict: unknown keys, a case named twice for one switch, a switch that is both seen and unseen, and empty lists and
/// reasons are errors with their place. Whether switches, cases and clauses exist is for the tests to say.
[[nodiscard]] std::expected<ProofTable, ScriptError> read_proof_table(std::string_view yaml);

}  // namespace scenarios::proof
