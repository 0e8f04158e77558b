#include "directory/scim/indexed_lookup.h"

#include <algorithm>
#include <set>

#include "base/prepared_text.h"
#include "directory/core/time_of_ids.h"

namespace directory::scim {
namespace {

struct Plan {
  std::size_t rank = 0;  ///< place in the list of indexes of the worst lookup
  std::vector<Lookup> lookups;
};

class Planner {
 public:
  Planner(const ResourceSchema& schema, std::span<const Index> indexes)
      : schema_(&schema), indexes_(indexes) {}

  [[nodiscard]] std::optional<Plan> plan(const Filter& filter) const {
    return std::visit([this](const auto& node) { return plan_for(node); }, filter.node);
  }

 private:
  [[nodiscard]] std::optional<Plan> plan_for(const All& all) const {
    std::optional<Plan> best;
    for (const auto& part : all.parts) {
      auto plan = this->plan(part);
      if (plan && (!best || plan->rank < best->rank)) best = std::move(plan);
    }
    return best;
  }

  [[nodiscard]] std::optional<Plan> plan_for(const Any& any) const {
    Plan whole;
    for (const auto& part : any.parts) {
      auto plan = this->plan(part);
      if (!plan) return std::nullopt;
      whole.rank = std::max(whole.rank, plan->rank);
      for (auto& lookup : plan->lookups) whole.lookups.push_back(std::move(lookup));
    }
    return whole;
  }

  [[nodiscard]] std::optional<Plan> plan_for(const Comparison& comparison) const {
    const auto found = schema_->find(comparison.path);
    if (!found || found->attribute == nullptr) return std::nullopt;
    const auto* sub = found->sub_attribute;
    if (sub == nullptr) sub = found->attribute->find_sub_attribute("value");
    return plan_named(found->attribute->name, sub != nullptr ? std::string_view(sub->name) : "", comparison);
  }

  /// `emails[type eq "work" and value eq "x"]`
  [[nodiscard]] std::optional<Plan> plan_for(const ValuePath& path) const {
    const auto found = schema_->find(path.path);
    if (!found || found->attribute == nullptr) return std::nullopt;
    for (const auto* comparison : conjunction(path.filter.front())) {
      const auto* sub = found->attribute->find_sub_attribute(comparison->path.attribute);
      if (sub == nullptr) continue;
      if (auto plan = plan_named(found->attribute->name, sub->name, *comparison)) return plan;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Plan> plan_for(const Presence&) const { return std::nullopt; }
  [[nodiscard]] std::optional<Plan> plan_for(const Not&) const { return std::nullopt; }

  /// Nothing equals the empty string but the absence of a value, which no index knows.
  [[nodiscard]] std::optional<Plan> plan_named(std::string_view attribute, std::string_view sub_attribute,
                                               const Comparison& comparison) const {
    if (!comparison.value.is_string() || comparison.value.get_string().empty()) return std::nullopt;
    const auto text = base::as_text(comparison.value.get_string());
    for (std::size_t rank = 0; rank < indexes_.size(); ++rank) {
      const auto& index = indexes_[rank];
      if (index.attribute != attribute || index.sub_attribute != sub_attribute || index.op != comparison.op)
        continue;
      Lookup lookup{&index, std::string(text)};
      if (index.key == Index::Key::comparison_key) lookup.value = base::comparison_key(text);
      if (index.key == Index::Key::instant) {
        const auto instant = base::parse_rfc3339(text);
        if (!instant) return std::nullopt;
        lookup.value = *instant;
      }
      return Plan{rank, {std::move(lookup)}};
    }
    return std::nullopt;
  }

  const ResourceSchema* schema_;
  std::span<const Index> indexes_;
};

}  // namespace

std::optional<std::vector<Lookup>> plan_lookups(const Filter& filter, const ResourceSchema& schema,
                                                std::span<const Index> indexes) {
  auto plan = Planner(schema, indexes).plan(filter);
  if (!plan) return std::nullopt;
  return std::move(plan->lookups);
}

std::vector<std::string> found_ids(Database& db, const std::vector<Lookup>& lookups) {
  std::set<std::string> ids;
  const auto add = [&](Row row) { ids.insert(row.text(0)); };
  for (const auto& [index, value] : lookups) {
    if (const auto* at = std::get_if<base::Instant>(&value)) {
      db.query(index->sql, add, *at, second_of_id(*at));
    } else {
      db.query(index->sql, add, std::get<std::string>(value));
    }
  }
  return {ids.begin(), ids.end()};
}

}  // namespace directory::scim
