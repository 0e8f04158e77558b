// Seeded defects: realistic mistakes that a part of the bench makes when it is told to, so that it can be shown that scripts,
// properties and cases notice them. Each part has an enumeration and a table of its own; whoever builds a world chooses a set,
// which is empty wherever something is served.
#pragma once

#include <bitset>
#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace base {

/// One row of a part's table.
template <class Defect>
struct DefectRow {
  Defect defect;
  std::string_view name;   ///< as on a command line
  std::string_view what;   ///< what the part does wrong, for people
  std::string_view rules;  ///< ids of the rules that it breaks, with blanks between them; empty where none speaks of it
};

/// Values, as cheap to copy as to ask.
template <class Defect>
class DefectSet {
 public:
  DefectSet() = default;
  DefectSet(std::initializer_list<Defect> defects) {
    for (const auto defect : defects) insert(defect);
  }

  void insert(Defect defect) { chosen_[static_cast<std::size_t>(defect)] = true; }
  void clear() { chosen_.reset(); }
  [[nodiscard]] bool contains(Defect defect) const { return chosen_[static_cast<std::size_t>(defect)]; }
  [[nodiscard]] bool empty() const { return chosen_.none(); }
  bool operator==(const DefectSet&) const = default;

 private:
  static constexpr std::size_t most = 128;
  std::bitset<most> chosen_;
};

}  // namespace base
