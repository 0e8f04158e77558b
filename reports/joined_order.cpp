#include "reports/joined_order.h"

#include <cstddef>
#include <map>
#include <set>

namespace reports {
namespace {

/// A list of which the beginning is used up.
class Rest {
 public:
  explicit Rest(const std::vector<std::string_view>& names) : names_(&names) {
    for (std::size_t i = 0; i < names.size(); ++i) place_.emplace(names[i], i);
  }

  /// Passes by what is in the result already. False at the end.
  bool has_head(const std::set<std::string_view>& used) {
    while (at_ < names_->size() && used.contains((*names_)[at_])) ++at_;
    return at_ < names_->size();
  }
  [[nodiscard]] std::string_view head() const { return (*names_)[at_]; }
  /// Whether it has something else that comes before the name.
  bool holds_back(std::string_view name, const std::set<std::string_view>& used) {
    const auto found = place_.find(name);
    return found != place_.end() && has_head(used) && at_ < found->second;
  }

 private:
  const std::vector<std::string_view>* names_;
  std::map<std::string_view, std::size_t> place_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<std::string_view> joined_order(std::span<const std::vector<std::string_view>> lists) {
  std::vector<Rest> rests(lists.begin(), lists.end());
  std::vector<std::string_view> out;
  std::set<std::string_view> used;
  for (;;) {
    std::string_view next;
    bool found = false;
    bool free = false;
    for (auto& rest : rests) {
      if (free || !rest.has_head(used)) continue;
      bool held_back = false;
      for (auto& other : rests) held_back = held_back || other.holds_back(rest.head(), used);
      if (found && held_back) continue;
      next = rest.head();
      found = true;
      free = !held_back;
    }
    if (!found) return out;
    used.insert(next);
    out.push_back(next);
  }
}

}  // namespace reports
