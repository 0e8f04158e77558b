#include "directory/scim/list_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/encoding.h"
#include "directory/scim/responses.h"

namespace directory::scim {
namespace {

using base::HttpResponse;
using base::Json;
using base::JsonObject;

constexpr std::string_view search_schema = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

/// The parameters before anything is made of them.
struct Given {
  std::optional<std::string> filter;
  std::optional<std::string> sort_by;
  std::optional<std::string> sort_order;
  std::optional<std::int64_t> start_index;
  std::optional<std::int64_t> count;
  AttributeSelection selection;
};

std::unexpected<HttpResponse> refused(std::string_view why, std::string_view scim_type) {
  return std::unexpected(scim_error(400, why, scim_type));
}

std::expected<ListQuery, HttpResponse> to_query(Given given) {
  ListQuery query;
  query.selection = std::move(given.selection);
  query.start_index = std::max<std::int64_t>(given.start_index.value_or(1), 1);  // [RFC7644 3.4.2.4]
  query.count = std::clamp<std::int64_t>(given.count.value_or(largest_page), 0, largest_page);
  if (given.filter) {
    auto filter = parse_filter(*given.filter);
    if (!filter) return refused(filter.error().message, "invalidFilter");
    query.filter = std::move(*filter);
  }
  if (given.sort_by) {
    auto path = parse_attribute_path(*given.sort_by);
    if (!path) return refused(path.error().message, "invalidPath");
    query.sort_by = std::move(*path);
  }
  if (given.sort_order) {
    query.descending = base::equals_ignoring_case(*given.sort_order, "descending");
    if (!query.descending && !base::equals_ignoring_case(*given.sort_order, "ascending")) {
      return refused("sortOrder is ascending or descending", "invalidValue");
    }
  }
  return query;
}

/// True where the parameter is left out or a number, which is then in `number`.
bool read_number(const base::Target& target, std::string_view name, std::optional<std::int64_t>& number) {
  const auto text = target.parameter(name);
  if (!text) return true;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  number = value;
  return error == std::errc{} && end == text->data() + text->size();
}

bool read_number(const JsonObject& body, std::string_view name, std::optional<std::int64_t>& number) {
  const auto* value = base::member_ignoring_case(body, name);
  if (value == nullptr || value->is_null()) return true;
  if (!value->is_int64()) return false;
  number = value->get_int64();
  return true;
}

bool read_text(const JsonObject& body, std::string_view name, std::optional<std::string>& text) {
  const auto* value = base::member_ignoring_case(body, name);
  if (value == nullptr || value->is_null()) return true;
  if (!value->is_string()) return false;
  text = std::string(base::as_text(value->get_string()));
  return true;
}

/// A list of names, or what a query would say: one text with commas.
std::optional<std::vector<AttributePath>> read_names(const Json& value) {
  if (value.is_string()) return parse_attribute_list(base::as_text(value.get_string()));
  if (!value.is_array()) return std::nullopt;
  std::string names;
  for (const auto& each : value.get_array()) {
    if (!each.is_string()) return std::nullopt;
    names += base::as_text(each.get_string());
    names += ',';
  }
  return parse_attribute_list(names);
}

/// True where the member is left out or a list of names, which is then in `paths`.
bool read_names(const JsonObject& body, std::string_view name,
                std::optional<std::vector<AttributePath>>& paths) {
  const auto* value = base::member_ignoring_case(body, name);
  if (value == nullptr || value->is_null()) return true;
  paths = read_names(*value);
  return paths.has_value();
}

}  // namespace

AttributeSelection read_selection(const base::Target& target) {
  AttributeSelection selection;
  if (const auto names = target.parameter("attributes"); names && !names->empty()) {
    selection.attributes = parse_attribute_list(*names);
  }
  selection.excluded_attributes = parse_attribute_list(target.parameter("excludedAttributes").value_or(""));
  return selection;
}

std::expected<ListQuery, HttpResponse> read_list_query(const base::Target& target) {
  Given given{target.parameter("filter"), target.parameter("sortBy"), target.parameter("sortOrder"), {}, {},
              read_selection(target)};
  if (!read_number(target, "startIndex", given.start_index) || !read_number(target, "count", given.count)) {
    return refused("startIndex and count are integers", "invalidValue");
  }
  return to_query(std::move(given));
}

std::expected<ListQuery, HttpResponse> read_search_request(const JsonObject& body) {
  if (!names_schema(body, search_schema))
    return refused(fmt::format("a search names the schema {}", search_schema), "invalidSyntax");
  Given given;
  const bool texts = read_text(body, "filter", given.filter) && read_text(body, "sortBy", given.sort_by) &&
                     read_text(body, "sortOrder", given.sort_order);
  if (!texts) return refused("filter, sortBy and sortOrder are strings", "invalidValue");
  if (!read_number(body, "startIndex", given.start_index) || !read_number(body, "count", given.count)) {
    return refused("startIndex and count are integers", "invalidValue");
  }
  std::optional<std::vector<AttributePath>> excluded;
  if (!read_names(body, "attributes", given.selection.attributes) ||
      !read_names(body, "excludedAttributes", excluded)) {
    return refused("attributes and excludedAttributes are lists of strings", "invalidValue");
  }
  if (excluded) given.selection.excluded_attributes = std::move(*excluded);
  return to_query(std::move(given));
}

}  // namespace directory::scim
