// Seeded defects: realistic mistakes that a part of the bench makes when it is told to, so that it can be shown that scripts,
// properties and cases notice them. Each part has an enumeration and a table of its own; whoever builds a world chooses a set,
// which is empty wherever something is served.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <initializer_list>
#include <string_view>

#include "base/enumerated.h"

namespace base {

/// One row of a part's table.
template <class Defect>
struct DefectRow {
  Defect defect;
  std::string_view name;   ///< as on a command line
  std::string_view what;   ///< what the part does wrong, for people
  std::string_view rules;  ///< ids of the rules that it breaks, with blanks between them; empty where none speaks of it
  /// The hazards or reports of what has happened elsewhere that it is modelled on, by their ids in the facts. The fuzzer has to find
  /// it then; empty: scripts do.
  std::string_view modelled_on = {};
};

/// Values, as cheap to copy as to ask.
template <class Defect>
class DefectSet {
 public:
  static constexpr std::size_t most = 256;

  DefectSet() = default;
  DefectSet(std::initializer_list<Defect> defects) {
    for (const auto defect : defects) insert(defect);
  }

  void insert(Defect defect) { chosen_[static_cast<std::size_t>(defect)] = true; }
  void clear() { chosen_.reset(); }
  [[nodiscard]] bool contains(Defect defect) const {
    if (asked_ != nullptr) asked_->insert(defect);
    return chosen_[static_cast<std::size_t>(defect)];
  }
  [[nodiscard]] bool meets(const DefectSet& other) const { return (chosen_ & other.chosen_).any(); }
  bool operator==(const DefectSet& other) const { return chosen_ == other.chosen_; }

  /// Whatever this set is asked for from now on joins `asked`, and so does what its copies are asked for, wherever a part keeps
  /// them: `asked` outlives them all. There is no other question than `contains`, so that none is missed.
  void note_questions_in(DefectSet& asked) { asked_ = &asked; }

 private:
  std::bitset<most> chosen_;
  DefectSet* asked_ = nullptr;
};

/// Whether a part's table can be a table: no larger than a set of its defects, and in the order of the enumeration, for a row out
/// of order would seed another defect than it describes. For a static_assert beside each.
template <class Defect, std::size_t size>
[[nodiscard]] constexpr bool is_defect_table(const std::array<DefectRow<Defect>, size>& rows) {
  return size <= DefectSet<Defect>::most && is_in_order_of(rows, &DefectRow<Defect>::defect);
}

}  // namespace base
