#include "fakes/scim/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "fakes/scim/answer.h"
#include "fakes/scim/filter.h"
#include "fakes/scim/presentation.h"
#include "fakes/scim/representation.h"
#include "fakes/scim/sorting.h"

namespace fakes::scim {
namespace {

constexpr std::string_view search_schema = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

/// A decimal integer; one beyond the range counts as the end of it.
std::optional<std::int64_t> integer_of(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || text.empty() || error == std::errc::invalid_argument)
    return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    using Limits = std::numeric_limits<std::int64_t>;
    return text.starts_with('-') ? Limits::min() : Limits::max();
  }
  return value;
}

std::expected<std::optional<std::int64_t>, ScimError> integer_parameter(const Request& request,
                                                                        std::string_view name,
                                                                        const Quirks& quirks) {
  const auto text = request.parameter(name);
  if (!text) return std::nullopt;
  const auto value = integer_of(*text);
  if (value) return value;
  if (quirks.has(Quirk::unreadable_numbers_fail))
    return std::unexpected(ScimError{500, "", "the number could not be read"});
  return std::unexpected(bad_request("invalidValue", fmt::format("{} is no integer", name)));
}

/// Names of attributes, whether they came as a list or as one text.
std::string joined(const base::Json* names) {
  if (names == nullptr) return "";
  if (names->is_string()) return std::string(base::as_text(names->get_string()));
  std::string text;
  if (!names->is_array()) return text;
  for (const auto& name : names->get_array()) {
    if (name.is_string()) text += (text.empty() ? "" : ",") + std::string(base::as_text(name.get_string()));
  }
  return text;
}

/// The resources that a query finds, in their order; what a page shows of them comes later.
struct Found {
  std::map<Store::Serial, base::JsonObject> whole;
  Walk order;
};

bool is_found(const base::JsonObject& whole, const std::optional<Filter>& filter, const Quirks& quirks) {
  if (filter && quirks.has(Quirk::groups_not_found) && !whole.contains("userName")) return false;
  if (filter && quirks.has(Quirk::inactive_not_found) && whole.contains("active") &&
      whole.at("active") == base::Json(false))
    return false;
  return !filter || quirks.has(Quirk::filters_ignored) || matches(*filter, whole);
}

/// Serials of the graveyard are its own, so they are moved out of the way.
void add_deleted(Found& found, const Context& context, const ResourceType* wanted,
                 const std::optional<Filter>& filter) {
  constexpr Store::Serial beyond = 1U << 30U;
  for (const auto serial : context.graveyard.all(wanted)) {
    auto whole =
        whole_resource(*context.graveyard.find(serial), context.store, context.options.base, context.quirks);
    if (!is_found(whole, filter, context.quirks)) continue;
    found.order.push_back(beyond + serial);
    found.whole[beyond + serial] = std::move(whole);
  }
}

std::expected<Found, ScimError> find_all(const Context& context, const Query& query,
                                         const ResourceType& type) {
  const auto& quirks = context.quirks;
  std::optional<Filter> filter;
  if (query.filter) {
    auto parsed = parse_filter(*query.filter, type, quirks);
    if (!parsed) return std::unexpected(parsed.error());
    if (&type == &any_type() && quirks.has(Quirk::root_knows_common_attributes_only)) {
      auto common = parse_filter(*query.filter, group_type(), quirks);
      if (!common) return std::unexpected(common.error());
    }
    filter = *std::move(parsed);
  }
  const bool any = &type == &any_type();
  const auto* wanted = any ? (quirks.has(Quirk::root_lists_users_only) ? &user_type() : nullptr) : &type;
  Found found;
  for (const auto serial : context.store.all(wanted)) {
    auto whole = whole_resource(*context.store.find(serial), context.store, context.options.base, quirks);
    if (!is_found(whole, filter, quirks)) continue;
    found.order.push_back(serial);
    found.whole[serial] = std::move(whole);
  }
  if (quirks.has(Quirk::deleted_is_listed)) add_deleted(found, context, wanted, filter);
  return found;
}

std::expected<void, ScimError> sort_found(Found& found, const Query& query, const ResourceType& type,
                                          const Quirks& quirks) {
  if (query.sort_by.empty()) return {};
  if (quirks.has(Quirk::sort_fails))
    return std::unexpected(ScimError{500, "", "the list could not be sorted"});
  const auto by = find_attribute(type, query.sort_by, quirks);
  if (!by || by->attribute == nullptr) {
    return std::unexpected(
        bad_request("invalidPath", fmt::format("\"{}\" is nothing to sort by", query.sort_by)));
  }
  const bool unsaid = query.sort_order.empty();
  const bool descending = unsaid ? quirks.has(Quirk::sorts_descending_by_default)
                                 : base::equals_ignoring_case(query.sort_order, "descending");
  const auto order = descending ? SortOrder::descending : SortOrder::ascending;
  if (quirks.has(Quirk::sort_ignored)) return {};
  std::ranges::stable_sort(found.order, [&](Store::Serial left, Store::Serial right) {
    return sorts_before(found.whole.at(left), found.whole.at(right), *by, order, quirks);
  });
  return {};
}

std::int64_t page_size(const Query& query, const ProviderOptions& options) {
  return std::clamp<std::int64_t>(query.count.value_or(options.default_page), 0, options.max_results);
}

struct Page {
  std::size_t begin = 0;
  std::size_t size = 0;
};

std::expected<Page, ScimError> page_by_index(const Query& query, std::size_t all,
                                             const ProviderOptions& options, const Quirks& quirks) {
  const auto start = query.start_index.value_or(1);
  if (start < 1 && quirks.has(Quirk::start_below_one_refused))
    return std::unexpected(bad_request("invalidValue", "startIndex begins at 1"));
  if (query.count.value_or(0) < 0 && quirks.has(Quirk::negative_count_refused))
    return std::unexpected(bad_request("invalidValue", "count is not negative"));
  if (query.count.value_or(0) > options.max_results && quirks.has(Quirk::large_count_refused))
    return std::unexpected(bad_request("tooMany", "count is too large"));
  auto begin = static_cast<std::size_t>(std::max<std::int64_t>(start, 1) - 1);
  if (begin >= all && begin > 0 && quirks.has(Quirk::page_past_the_end_not_found))
    return std::unexpected(ScimError{404, "", "there is no such page"});
  if (begin > 0 && quirks.has(Quirk::pages_overlap)) --begin;
  if (begin > 0 && quirks.has(Quirk::pages_leave_holes)) ++begin;
  auto size = static_cast<std::size_t>(page_size(query, options));
  if (size == 0 && quirks.has(Quirk::count_of_zero_is_all)) size = all;
  if (query.count && *query.count > 0 && quirks.has(Quirk::count_ignored))
    size = static_cast<std::size_t>(options.default_page);
  begin = std::min(begin, all);
  return Page{begin, std::min(size, all - begin)};
}

base::JsonObject list_head(std::size_t total, const Quirks& quirks) {
  base::JsonObject body;
  if (!quirks.has(Quirk::list_schema_missing))
    body["schemas"] = base::JsonArray{base::json_text(list_schema)};
  if (total == 0 && quirks.has(Quirk::total_of_nothing_missing)) return body;
  if (quirks.has(Quirk::total_as_text))
    body["totalResults"] = base::json_text(std::to_string(total));
  else
    body["totalResults"] = total;
  return body;
}

void put_resources(base::JsonObject& body, base::JsonArray resources, const Quirks& quirks) {
  body["itemsPerPage"] = resources.size();
  if (quirks.has(Quirk::resources_missing)) return;
  body["Resources"] = std::move(resources);
}

/// What a cursor belongs to: all of a query but the count, and the type.
std::string fingerprint(const Query& query, const ResourceType& type) {
  return fmt::format("{}\n{}\n{}\n{}", type.endpoint, query.filter.value_or(""), query.sort_by,
                     query.sort_order);
}

std::expected<base::JsonObject, ScimError> page_by_cursor(Context& context, const Query& query,
                                                          const ResourceType& type,
                                                          const Selection& selection, Found found) {
  const auto& quirks = context.quirks;
  Place place{std::make_shared<const Walk>(found.order), 0, fingerprint(query, type), context.now};
  if (!query.cursor.value_or("").empty()) {
    const auto known =
        context.cursors.find(*query.cursor, place.query, context.now, context.options.cursor_life, quirks);
    if (known)
      place = *known;
    else if (!quirks.has(Quirk::forged_cursor_begins_anew))
      return std::unexpected(known.error());
    if (quirks.has(Quirk::cursor_counts_positions)) place.walk = std::make_shared<const Walk>(found.order);
  }
  if (query.count.value_or(0) < 0 && quirks.has(Quirk::negative_count_by_cursor_refused))
    return std::unexpected(bad_request("invalidCount", "count is not negative"));
  auto size = static_cast<std::size_t>(page_size(query, context.options));
  if (quirks.has(Quirk::count_by_cursor_ignored))
    size = static_cast<std::size_t>(context.options.default_page);
  base::JsonArray resources;
  auto at = place.begin;
  for (; at < place.walk->size() && resources.size() < size; ++at) {
    const auto whole = found.whole.find((*place.walk)[at]);
    if (whole != found.whole.end()) resources.push_back(shown(whole->second, type, selection, quirks));
  }
  // The next page begins with a resource that is still there; where there is none, this one was the last.
  while (at < place.walk->size() && !found.whole.contains((*place.walk)[at])) ++at;
  auto body =
      list_head(quirks.has(Quirk::total_is_of_the_page) ? resources.size() : found.order.size(), quirks);
  put_resources(body, std::move(resources), quirks);
  const bool last = at >= place.walk->size();
  const auto cursor_at = [&](std::size_t begin) {
    return base::json_text(
        context.cursors.issue({place.walk, begin, place.query, context.now}, context.rng, quirks));
  };
  const bool ends_early = quirks.has(Quirk::next_cursor_missing) && place.begin > 0;
  if ((!last && !ends_early) || quirks.has(Quirk::next_cursor_on_last_page))
    body["nextCursor"] = cursor_at(at);
  if (place.begin > 0)
    body["previousCursor"] = cursor_at(place.begin > size ? place.begin - size : 0);
  else if (quirks.has(Quirk::previous_cursor_on_first_page))
    body["previousCursor"] = cursor_at(0);
  return body;
}

}  // namespace

std::expected<Query, ScimError> query_of_parameters(const Request& request, const Quirks& quirks) {
  Query query;
  query.attributes = request.parameter("attributes").value_or("");
  query.excluded_attributes = request.parameter("excludedAttributes").value_or("");
  query.filter = request.parameter("filter");
  query.sort_by = request.parameter("sortBy").value_or("");
  query.sort_order = request.parameter("sortOrder").value_or("");
  query.cursor = request.parameter("cursor");
  for (const auto& [name, value] : request.parameters) {
    constexpr std::string_view known =
        " attributes excludedAttributes filter sortBy sortOrder startIndex count cursor ";
    const bool unknown = known.find(" " + name + " ") == std::string_view::npos;
    if (unknown && quirks.has(Quirk::unknown_parameter_refused))
      return std::unexpected(bad_request("invalidValue", fmt::format("\"{}\" is no parameter", name)));
  }
  const auto start_index = integer_parameter(request, "startIndex", quirks);
  if (!start_index) return std::unexpected(start_index.error());
  const auto count = integer_parameter(request, "count", quirks);
  if (!count) return std::unexpected(count.error());
  query.start_index = *start_index;
  query.count = *count;
  return query;
}

std::expected<Query, ScimError> query_of_body(const base::Json& body, const Quirks& quirks) {
  if (!names_schema(body, search_schema) && !quirks.has(Quirk::search_schema_not_needed)) {
    return std::unexpected(
        bad_request("invalidSyntax", fmt::format("\"schemas\" does not name {}", search_schema)));
  }
  const auto& members = body.get_object();
  Query query;
  query.attributes = joined(base::member_ignoring_case(members, "attributes"));
  query.excluded_attributes = joined(base::member_ignoring_case(members, "excludedAttributes"));
  if (!quirks.has(Quirk::search_ignores_filter)) query.filter = base::string_member(body, "filter");
  if (!quirks.has(Quirk::search_does_not_sort)) query.sort_by = base::string_or(body, "sortBy", "");
  query.sort_order = base::string_or(body, "sortOrder", "");
  query.cursor = base::string_member(body, "cursor");
  query.count = base::integer_member(body, "count");
  if (!quirks.has(Quirk::search_ignores_start)) query.start_index = base::integer_member(body, "startIndex");
  return query;
}

std::expected<base::JsonObject, ScimError> list(Context& context, const Query& query,
                                                const ResourceType& type) {
  const auto& quirks = context.quirks;
  const bool blind = quirks.has(Quirk::attributes_ignored_in_lists);
  const bool all_members = quirks.has(Quirk::excluded_attributes_ignored_in_lists);
  const auto selection = read_selection(blind ? "" : query.attributes,
                                        all_members ? "" : query.excluded_attributes, type, quirks);
  if (!selection) return std::unexpected(selection.error());
  if (!query.filter && !query.count && quirks.has(Quirk::list_without_filter_refused))
    return std::unexpected(ScimError{403, "", "a list needs a filter"});
  auto found = find_all(context, query, type);
  if (!found) return std::unexpected(found.error());
  if (query.filter && found->order.empty() && quirks.has(Quirk::no_match_not_found))
    return std::unexpected(ScimError{404, "", "nothing matches"});
  if (auto sorted = sort_found(*found, query, type, quirks); !sorted) return std::unexpected(sorted.error());
  if (query.cursor) return page_by_cursor(context, query, type, *selection, *std::move(found));
  if (!query.count && quirks.has(Quirk::lists_are_cut))
    found->order.resize(std::min<std::size_t>(found->order.size(), 5));
  const auto page = page_by_index(query, found->order.size(), context.options, quirks);
  if (!page) return std::unexpected(page.error());
  auto body = list_head(quirks.has(Quirk::total_is_of_the_page) ? page->size : found->order.size(), quirks);
  const bool part = page->size < found->order.size();
  if (!part || !quirks.has(Quirk::page_without_place)) {
    const auto start = query.start_index.value_or(1);
    body["startIndex"] =
        quirks.has(Quirk::start_below_one_repeated) ? start : std::max<std::int64_t>(start, 1);
  }
  base::JsonArray resources;
  for (auto at = page->begin; at < page->begin + page->size; ++at) {
    resources.push_back(shown(found->whole.at(found->order[at]), type, *selection, quirks));
  }
  put_resources(body, std::move(resources), quirks);
  if (part && quirks.has(Quirk::page_without_place)) body.stable_erase("itemsPerPage");
  if (quirks.has(Quirk::items_per_page_as_asked)) body["itemsPerPage"] = page_size(query, context.options);
  return body;
}

}  // namespace fakes::scim
