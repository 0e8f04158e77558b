#include "properties/law_book.h"

#include <algorithm>

#include "properties/invariants/invariant.h"

namespace properties {
namespace {

class Book final : public scenarios::LawBook {
 public:
  [[nodiscard]] std::vector<std::string_view> laws() const override {
    std::vector<std::string_view> ids;
    for (const auto& invariant : invariants()) ids.push_back(invariant.id);
    return ids;
  }

  [[nodiscard]] base::Task<std::string> breach(scenarios::Cast& cast, std::string law) const override {
    FinalView view;
    bool seen = false;
    co_await read_final_view(cast, view, seen);
    if (!seen) co_return "the directory does not answer";
    const auto found = std::ranges::find(invariants(), law, &Invariant::id);
    const auto violation = found->judge(view);
    co_return violation ? violation->text : std::string();
  }
};

}  // namespace

const scenarios::LawBook& law_book() {
  static const Book book;
  return book;
}

}  // namespace properties
