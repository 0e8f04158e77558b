// Looks for secrets where none may be: in the record of a run, in notes and on disks, in every form in which
// they can lie there. SQLite's files are searched as bytes, so pages that are free are searched as well.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/run_record.h"
#include "sim/world.h"

namespace scenarios {

/// A text with a name that says where it is from, such as `directory: directory.db-wal`.
struct NamedText {
  std::string name;
  std::string text;
};

struct Leak {
  std::string place;       ///< name of the text
  std::size_t offset = 0;  ///< in bytes
  std::string form;        ///< the secret as it lies there

  bool operator==(const Leak&) const = default;
  friend std::ostream& operator<<(std::ostream& out, const Leak& leak) {
    return out << leak.place << " at byte " << leak.offset << ": " << leak.form;
  }
};

/// The forms of secrets by their first two bytes: a look into 8 KiB a byte of text, and at the forms only where one
/// may begin.
class LeakSearch {
 public:
  explicit LeakSearch(const std::set<std::string, std::less<>>& secrets);

  /// The first at or behind offset `from`, the longest of those that begin there; null where there is none. `place` of
  /// the answer is empty.
  [[nodiscard]] std::optional<Leak> next(std::string_view text, std::size_t from = 0) const;

 private:
  std::bitset<1 << 16> starts_;
  std::map<std::uint16_t, std::vector<std::string>> forms_;  ///< by their first two bytes; the longest first
};

/// Every place where a form of a secret begins, with the longest form that does; in order of texts and
/// offsets. A secret that the edge of a page cuts in two is not found. See sim::forms_of_secret.
[[nodiscard]] std::vector<Leak> find_leaks(const std::set<std::string, std::less<>>& secrets,
                                           const std::vector<NamedText>& texts);

/// Every text of a record, named by its member.
[[nodiscard]] std::vector<NamedText> texts_of(const RunRecord& record);

/// What the disks of a world's hosts hold, free pages and logs included, and its notes before redaction.
[[nodiscard]] std::vector<NamedText> texts_of(sim::World& world);

}  // namespace scenarios
