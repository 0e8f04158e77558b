// Which quirks of a fake are switched on, and the look-up of one by its name: the same for every fake with a table of them.
#pragma once

#include <initializer_list>
#include <optional>
#include <set>
#include <span>
#include <string_view>

namespace fakes {

template <class Quirk>
class QuirkSet {
 public:
  QuirkSet() = default;
  QuirkSet(std::initializer_list<Quirk> quirks) : quirks_(quirks) {}

  void add(Quirk quirk) { quirks_.insert(quirk); }
  void remove(Quirk quirk) { quirks_.erase(quirk); }
  [[nodiscard]] bool has(Quirk quirk) const {
    if (asked_ != nullptr) asked_->add(quirk);
    return quirks_.contains(quirk);
  }
  bool operator==(const QuirkSet& other) const { return quirks_ == other.quirks_; }

  /// Whatever this set and its copies are asked for from now on joins `asked`, which outlives them all. There is no other question
  /// than `has`, so that none is missed.
  void note_questions_in(QuirkSet& asked) { asked_ = &asked; }

 private:
  std::set<Quirk> quirks_;
  QuirkSet* asked_ = nullptr;
};

/// One row of a fake's table of quirks.
template <class Quirk>
struct QuirkRow {
  Quirk quirk;
  std::string_view name;    ///< as on a command line and in scripts
  std::string_view what;    ///< what the fake does with it, for people
  std::string_view source;  ///< the facts' ids, or where else that is written
  std::string_view date{};  ///< when it was seen or published, where that is known
};

/// The quirk of that name in a table of rows with `quirk` and `name`; empty where there is none.
template <class Info>
[[nodiscard]] auto quirk_named(std::span<const Info> table, std::string_view name) -> std::optional<decltype(Info::quirk)> {
  for (const auto& info : table) {
    if (info.name == name) return info.quirk;
  }
  return std::nullopt;
}

}  // namespace fakes
