#include "fakes/graph/odata/plan.h"

#include <algorithm>

#include "base/encoding.h"

namespace fakes::graph {
namespace {

/// Beginnings of more than this are found faster page by page.
constexpr std::size_t most_planned = 1'000;

using Found = std::vector<const DirectoryObject*>;

void tidy(Found& found) {
  std::ranges::sort(found, {}, [](const DirectoryObject* object) -> const ObjectId& { return object->id(); });
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
}

std::optional<Found> by_value(const Filter& filter, const entra::Property& property, const Objects& all, const entra::PropertyIndex& index) {
  const bool is_id = property.name == "id";
  if (!property.indexed && !is_id) return std::nullopt;
  if (filter.kind != Filter::Kind::equal && filter.kind != Filter::Kind::in && filter.kind != Filter::Kind::starts_with) return std::nullopt;
  Found found;
  for (const auto& value : filter.values) {
    if (!value.is_string()) return std::nullopt;
    const auto text = base::as_text(value.get_string());
    if (is_id) {
      const auto object = all.find(ObjectId{base::to_lower(text)});
      if (object != all.end()) found.push_back(&object->second);
    } else if (filter.kind == Filter::Kind::starts_with) {
      if (index.has_more_than(property, text, most_planned)) return std::nullopt;
      for (const auto& [id, object] : index.beginning_with(property, text)) found.push_back(object);
    } else {
      for (const auto& [id, object] : index.equal_to(property, text)) found.push_back(object);
    }
  }
  tidy(found);
  return found;
}

}  // namespace

std::optional<Found> candidates(const Filter& filter, const Objects& all, const entra::PropertyIndex& index) {
  switch (filter.kind) {
    case Filter::Kind::all_of: {
      std::optional<Found> best;
      for (const auto& operand : filter.operands) {
        auto found = candidates(operand, all, index);
        if (found && (!best || found->size() < best->size())) best = std::move(found);
      }
      return best;
    }
    case Filter::Kind::one_of: {
      Found together;
      for (const auto& operand : filter.operands) {
        const auto found = candidates(operand, all, index);
        if (!found) return std::nullopt;
        together.insert(together.end(), found->begin(), found->end());
      }
      tidy(together);
      return together;
    }
    case Filter::Kind::any:
      if (filter.operands.empty() || filter.operands.front().property != nullptr) return std::nullopt;
      return by_value(filter.operands.front(), *filter.property, all, index);
    default: return filter.property == nullptr ? std::nullopt : by_value(filter, *filter.property, all, index);
  }
}

}  // namespace fakes::graph
