#include "directory/scim/list.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "directory/scim/filter_evaluation.h"
#include "directory/scim/responses.h"
#include "directory/scim/sorting.h"

namespace directory::scim {
namespace {

using base::HttpResponse;
using base::JsonArray;
using base::JsonObject;

/// Whether a filter asks about an attribute that no answer ever shows, which would tell its value by and by.
/// [RFC7644 7.5.2]
bool asks_for_secrets(const Filter& filter, const ResourceSchema& schema) {
  const auto is_secret = [&](const AttributePath& path) {
    const auto found = schema.find(path);
    return found && found->attribute != nullptr && found->attribute->returned == Returned::never;
  };
  const auto any = [&](const std::vector<Filter>& parts) {
    return std::ranges::any_of(parts, [&](const Filter& part) { return asks_for_secrets(part, schema); });
  };
  if (const auto* all = std::get_if<All>(&filter.node)) return any(all->parts);
  if (const auto* either = std::get_if<Any>(&filter.node)) return any(either->parts);
  if (const auto* negation = std::get_if<Not>(&filter.node)) return any(negation->part);
  if (const auto* comparison = std::get_if<Comparison>(&filter.node)) return is_secret(comparison->path);
  if (const auto* presence = std::get_if<Presence>(&filter.node)) return is_secret(presence->path);
  return is_secret(std::get<ValuePath>(filter.node).path);
}

std::optional<HttpResponse> refused_filter(std::span<ResourceType* const> types, const Filter& filter) {
  std::string why;
  for (const auto* type : types) {
    if (asks_for_secrets(filter, type->known_schema())) {
      return scim_error(400, "a password cannot be filtered by", "invalidFilter");
    }
    const auto checked = check_filter(filter, type->known_schema());
    if (checked) return std::nullopt;
    why = checked.error().message;
  }
  return scim_error(400, why, "invalidFilter");
}

std::optional<HttpResponse> refused_query(std::span<ResourceType* const> types, const ListQuery& query) {
  if (query.filter) {
    if (auto refused = refused_filter(types, *query.filter)) return refused;
  }
  if (query.sort_by && std::ranges::none_of(types, [&](const ResourceType* type) {
        return can_sort_by(*query.sort_by, type->known_schema());
      })) {
    return scim_error(400, fmt::format("{} is nothing to sort by", query.sort_by->text().substr(0, 80)),
                      "invalidPath");
  }
  return std::nullopt;
}

struct Selected {
  SortKey key;
  JsonObject resource;
};

/// Counts what a query selects and keeps what its page shows, or everything while the order is still to be
/// made.
class Selection {
 public:
  Selection(const ListQuery& query) : query_(&query) {}  // NOLINT: always constructed by name

  /// False where a type would have to read more than `most`.
  bool take_from(ResourceType& type, std::int64_t most) {
    const auto* filter = query_->filter ? &*query_->filter : nullptr;
    if (filter == nullptr && !query_->sort_by) {
      take_page_of(type);
      return true;
    }
    return type.visit(filter, most, [&](const JsonObject& resource) {
      if (filter == nullptr || matches(*filter, resource, type.schema())) take(type, resource);
    });
  }

  [[nodiscard]] std::int64_t total() const { return total_; }

  [[nodiscard]] JsonArray page() {
    if (!query_->sort_by) return std::move(page_);
    std::ranges::stable_sort(selected_, [&](const Selected& left, const Selected& right) {
      return query_->descending ? right.key < left.key : left.key < right.key;
    });
    JsonArray page;
    for (std::int64_t at = 0; at < total_; ++at) {
      if (is_on_page(at)) page.push_back(std::move(selected_[static_cast<std::size_t>(at)].resource));
    }
    return page;
  }

 private:
  [[nodiscard]] bool is_on_page(std::int64_t at) const {
    const auto first = query_->start_index - 1;
    return at >= first && at - first < query_->count;
  }

  void take(const ResourceType& type, const JsonObject& resource) {
    const auto at = total_++;
    if (query_->sort_by) {
      auto key = sort_key(resource, *query_->sort_by, type.schema());
      selected_.push_back({std::move(key), shown(type, resource)});
    } else if (is_on_page(at)) {
      page_.push_back(shown(type, resource));
    }
  }

  /// The store pages by itself.
  void take_page_of(ResourceType& type) {
    const auto skip = std::max<std::int64_t>(query_->start_index - 1 - total_, 0);
    const auto missing = query_->count - static_cast<std::int64_t>(page_.size());
    const auto in_type = type.count();
    if (skip < in_type && missing > 0) {
      for (const auto& resource : type.page(skip, missing))
        page_.push_back(shown(type, resource.get_object()));
    }
    total_ += in_type;
  }

  [[nodiscard]] JsonObject shown(const ResourceType& type, const JsonObject& resource) const {
    return project(resource, type.schema(), query_->selection);
  }

  const ListQuery* query_;
  std::int64_t total_ = 0;
  JsonArray page_;
  std::vector<Selected> selected_;
};

}  // namespace

HttpResponse list_resources(std::span<ResourceType* const> types, const ListQuery& query, std::int64_t most) {
  if (auto refused = refused_query(types, query)) return std::move(*refused);
  Selection selection(query);
  for (auto* type : types) {
    if (!selection.take_from(*type, most)) {
      return scim_error(
          400, fmt::format("more than {} resources would have to be looked at; narrow the filter", most),
          "tooMany");
    }
  }
  return list_response(selection.total(), query.start_index, selection.page());
}

}  // namespace directory::scim
