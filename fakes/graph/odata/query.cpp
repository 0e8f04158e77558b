#include "fakes/graph/odata/query.h"

#include <fmt/format.h>

#include <charconv>

namespace fakes::graph {
namespace {

Outcome<std::size_t> read_top(const std::string& text) {
  std::int64_t top = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), top);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
    return refuse(400, "BadRequest", fmt::format("Invalid value '{}' for $top query option found.", text));
  if (top < 1 || top > static_cast<std::int64_t>(longest_page))
    return unsupported_query(fmt::format("Invalid page size specified: '{}'. Must be between 1 and {} inclusive.", text, longest_page));
  return static_cast<std::size_t>(top);
}

}  // namespace

Outcome<Query> read_query(const Request& request, ObjectKind kind, bool mixed) {
  Query out;
  const bool eventual = request.is_eventual();
  out.counts = eventual && request.option("count") == "true";
  if (const auto top = request.option("top")) {
    const auto read = read_top(*top);
    if (!read) return std::unexpected(read.error());
    out.top = *read;
  }
  // [Graph U33]
  if (request.option("skip")) return bad_request("'$skip' is not supported by the service.");
  auto selection = read_selection(request.option("select"), mixed ? std::nullopt : std::optional(kind), Shape::list);
  if (!selection) return std::unexpected(selection.error());
  out.selection = *std::move(selection);
  bool needs_advanced = false;
  if (const auto text = request.option("filter")) {
    auto filter = parse_filter(*text, kind);
    if (!filter) return std::unexpected(filter.error());
    const auto support = required_support(*filter);
    if (!support) return std::unexpected(support.error());
    needs_advanced = *support == entra::FilterSupport::advanced;
    out.filter = *std::move(filter);
  }
  if (const auto text = request.option("orderby")) {
    auto order = parse_order(*text, kind);
    if (!order) return std::unexpected(order.error());
    out.order = *std::move(order);
    needs_advanced = needs_advanced || out.order.is_advanced() || out.filter.has_value();
  }
  if (const auto text = request.option("search")) {
    // [Graph E35]
    if (!eventual) return unsupported_query("Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'");
    auto search = parse_search(*text, kind);
    if (!search) return std::unexpected(search.error());
    out.search = *std::move(search);
  }
  if (needs_advanced && !out.counts) return unsupported_query();
  out.advanced = out.counts || out.search.has_value();
  return out;
}

}  // namespace fakes::graph
