#include "directory/admin_api/list_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <compare>
#include <optional>
#include <utility>

#include "base/encoding.h"
#include "directory/admin_api/paging.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::Json;
using base::JsonObject;
using Op = ListCondition::Op;

constexpr std::size_t most_conditions = 20;
constexpr std::size_t most_words = 50;
constexpr std::size_t longest_text = 1'024;

// The first version of the API writes operators with a dollar sign, the second without.
constexpr std::array operators{std::pair{std::string_view("eq"), Op::equal},
                               std::pair{std::string_view("ne"), Op::not_equal},
                               std::pair{std::string_view("gt"), Op::greater},
                               std::pair{std::string_view("gte"), Op::greater_or_equal},
                               std::pair{std::string_view("ge"), Op::greater_or_equal},
                               std::pair{std::string_view("lt"), Op::less},
                               std::pair{std::string_view("lte"), Op::less_or_equal},
                               std::pair{std::string_view("le"), Op::less_or_equal},
                               std::pair{std::string_view("search"), Op::contains},
                               std::pair{std::string_view("in"), Op::one_of}};

bool among(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::vector<std::string> words(std::string_view text, std::string_view separators) {
  std::vector<std::string> found;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find_first_of(separators));
    if (!word.empty()) found.emplace_back(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return found;
}

std::expected<ListCondition, HttpResponse> read_condition(std::string_view text) {
  const auto first = text.find(':');
  const auto second = first == std::string_view::npos ? first : text.find(':', first + 1);
  if (second == std::string_view::npos || first == 0 || text.size() > longest_text) {
    return std::unexpected(error_response(400, "a filter looks like hostname:$eq:laptop"));
  }
  auto name = text.substr(first + 1, second - first - 1);
  if (name.starts_with('$')) name.remove_prefix(1);
  const auto* op = std::ranges::find(operators, name, &decltype(operators)::value_type::first);
  if (op == operators.end()) {
    return std::unexpected(
        error_response(400, fmt::format("'{}' is no operator of a filter", name.substr(0, 32))));
  }
  return ListCondition{std::string(text.substr(0, first)), op->second, std::string(text.substr(second + 1))};
}

std::expected<void, HttpResponse> add_condition(ListQuery& query, std::string_view text) {
  if (query.conditions.size() >= most_conditions) {
    return std::unexpected(
        error_response(400, fmt::format("a query has at most {} filters", most_conditions)));
  }
  auto condition = read_condition(text);
  if (!condition) return std::unexpected(std::move(condition.error()));
  query.conditions.push_back(std::move(*condition));
  return {};
}

std::expected<void, HttpResponse> read_words(ListQuery& query, std::string_view sort,
                                             std::string_view fields) {
  query.fields = words(fields, " ,");
  for (auto& word : words(sort, " ,")) {
    const bool descending = word.starts_with('-');
    if (descending) word.erase(0, 1);
    query.order.push_back({std::move(word), descending});
  }
  if (query.fields.size() > most_words || query.order.size() > most_words) {
    return std::unexpected(error_response(400, fmt::format("a query names at most {} fields", most_words)));
  }
  return {};
}

/// Strings as they are; null where there is nothing to compare.
std::optional<std::string> comparable(const JsonObject& document, std::string_view field) {
  const Json* at = nullptr;
  const auto* object = &document;
  for (const auto& name : words(field, ".")) {
    if (object == nullptr) return std::nullopt;
    at = base::member(*object, name);
    if (at == nullptr) return std::nullopt;
    object = at->if_object();
  }
  if (at == nullptr || at->is_null() || at->is_structured()) return std::nullopt;
  return at->is_string() ? std::string(base::as_text(at->get_string())) : base::to_text(*at);
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// Whole numbers by value, everything else by its text.
std::strong_ordering compare(std::string_view left, std::string_view right) {
  const auto a = number(left);
  const auto b = number(right);
  return a && b ? *a <=> *b : left <=> right;
}

bool holds(const ListCondition& condition, const JsonObject& document) {
  const auto value = comparable(document, condition.field);
  if (!value) return condition.op == Op::not_equal;
  const auto order = compare(*value, condition.value);
  switch (condition.op) {
    case Op::equal:
      return order == 0;
    case Op::not_equal:
      return order != 0;
    case Op::greater:
      return order > 0;
    case Op::greater_or_equal:
      return order >= 0;
    case Op::less:
      return order < 0;
    case Op::less_or_equal:
      return order <= 0;
    case Op::contains:
      return base::to_lower(*value).find(base::to_lower(condition.value)) != std::string::npos;
    case Op::one_of:
      return among(words(condition.value, ",|"), *value);
  }
  return false;
}

bool before(const ListQuery& query, const JsonObject& left, const JsonObject& right) {
  for (const auto& [field, descending] : query.order) {
    const auto a = comparable(left, field).value_or("");
    const auto b = comparable(right, field).value_or("");
    const auto order = descending ? compare(b, a) : compare(a, b);
    if (order != 0) return order < 0;
  }
  return false;
}

std::int64_t within(std::optional<std::int64_t> value, std::int64_t fallback, std::int64_t most) {
  return value && *value >= 0 ? std::min(*value, most) : fallback;
}

std::string text_of(const Json& value) {
  return value.is_string() ? std::string(base::as_text(value.get_string())) : base::to_text(value);
}

/// One entry of a search's filter.
std::expected<void, HttpResponse> add_search_entry(ListQuery& query, const Json& entry) {
  if (entry.is_string()) return add_condition(query, base::as_text(entry.get_string()));
  const auto* object = entry.if_object();
  if (object == nullptr) return std::unexpected(error_response(400, "a filter is a text or an object"));
  for (const auto& [name, value] : *object) {
    const std::string_view field(name.data(), name.size());
    if (field.find(':') != std::string_view::npos) {
      return std::unexpected(error_response(400, "a field's name has no colon"));
    }
    if (!value.is_object()) {
      if (auto added = add_condition(query, fmt::format("{}:eq:{}", field, text_of(value))); !added) return added;
      continue;
    }
    for (const auto& [op, operand] : value.get_object()) {
      auto text = fmt::format("{}:{}:{}", field, std::string_view(op.data(), op.size()), text_of(operand));
      if (auto added = add_condition(query, text); !added) return added;
    }
  }
  return {};
}

std::expected<void, HttpResponse> read_filter(ListQuery& query, const Json& filter) {
  const auto* any = base::member(filter, "or");
  const auto* all = base::member(filter, "and");
  if (any != nullptr) query.combine = ListQuery::Combine::any;
  const auto& entries = any != nullptr ? *any : all != nullptr ? *all : filter;
  const auto* list = entries.if_array();
  if (list == nullptr) {
    if (any != nullptr || all != nullptr) return std::unexpected(error_response(400, "'and' and 'or' hold a list"));
    return add_search_entry(query, entries);
  }
  if (any == nullptr && all == nullptr && list->empty()) {
    return std::unexpected(error_response(400, "a list of filters has an entry"));
  }
  for (const auto& entry : *list) {
    if (auto added = add_search_entry(query, entry); !added) return added;
  }
  return {};
}

}  // namespace

std::expected<ListQuery, HttpResponse> read_list_query(const base::Target& target) {
  ListQuery query;
  query.skip = page_parameter(target, "skip", 0, INT64_MAX);
  query.limit = page_parameter(target, "limit", default_page, largest_page);
  for (const auto& [name, value] : target.query) {
    if (name != "filter") continue;
    if (auto added = add_condition(query, value); !added) return std::unexpected(std::move(added.error()));
  }
  auto read =
      read_words(query, target.parameter("sort").value_or(""), target.parameter("fields").value_or(""));
  if (!read) return std::unexpected(std::move(read.error()));
  return query;
}

std::expected<ListQuery, HttpResponse> read_search(const JsonObject& body) {
  ListQuery query;
  query.skip = within(base::integer_member(body, "skip"), 0, INT64_MAX);
  query.limit = within(base::integer_member(body, "limit"), default_page, largest_page);
  auto read = read_words(query, base::string_or(body, "sort", ""), base::string_or(body, "fields", ""));
  if (!read) return std::unexpected(std::move(read.error()));
  if (const auto* filter = base::member(body, "filter")) {
    if (auto added = read_filter(query, *filter); !added) return std::unexpected(std::move(added.error()));
  }
  if (const auto* search = base::member(body, "searchFilter")) {
    query.search_term = base::string_or(*search, "searchTerm", "").substr(0, longest_text);
    const auto* fields = base::member(*search, "fields");
    if (fields == nullptr || !fields->is_array() || fields->get_array().size() > most_words) {
      return std::unexpected(error_response(400, "searchFilter has searchTerm and a list of fields"));
    }
    for (const auto& field : fields->get_array()) {
      if (field.is_string()) query.search_fields.emplace_back(base::as_text(field.get_string()));
    }
  }
  return query;
}

bool matches(const ListQuery& query, const JsonObject& document) {
  const auto fits = [&](const auto& condition) { return holds(condition, document); };
  if (!query.conditions.empty()) {
    const bool kept = query.combine == ListQuery::Combine::all ? std::ranges::all_of(query.conditions, fits)
                                                               : std::ranges::any_of(query.conditions, fits);
    if (!kept) return false;
  }
  return query.search_term.empty() || std::ranges::any_of(query.search_fields, [&](const auto& field) {
           return holds({field, Op::contains, query.search_term}, document);
         });
}

JsonObject run_list_query(const ListQuery& query, std::vector<JsonObject> documents) {
  std::erase_if(documents, [&](const auto& document) { return !matches(query, document); });
  std::ranges::stable_sort(documents,
                           [&](const auto& left, const auto& right) { return before(query, left, right); });
  const auto total = static_cast<std::int64_t>(documents.size());
  base::JsonArray page;
  for (auto i = query.skip; i < total && i - query.skip < query.limit; ++i) {
    page.push_back(select_fields(query, std::move(documents[static_cast<std::size_t>(i)])));
  }
  return {{"results", std::move(page)}, {"totalCount", total}};
}

JsonObject select_fields(const ListQuery& query, JsonObject document) {
  if (query.fields.empty()) return document;
  JsonObject shown;
  for (auto& [name, value] : document) {
    if (name == "_id" || among(query.fields, std::string_view(name))) shown[name] = std::move(value);
  }
  return shown;
}

}  // namespace directory
