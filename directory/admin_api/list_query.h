// The query that lists of the admin API understand: filter, sort, fields, skip and limit, over the documents
// that the list would show. Lists whose rows are many answer the plain page from SQL and come here for the
// rest. [rule D27]
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/json.h"
#include "base/uri.h"

namespace directory {

struct ListCondition {
  enum class Op { equal, not_equal, greater, greater_or_equal, less, less_or_equal, contains, one_of };
  std::string field;  ///< dots lead into objects
  Op op = Op::equal;
  std::string value;
};

struct ListOrder {
  std::string field;
  bool descending = false;
};

struct ListQuery {
  enum class Combine { all, any };
  std::vector<ListCondition> conditions;
  Combine combine = Combine::all;
  /// Kept where one of the fields contains the term, whatever its letter case.
  std::string search_term;
  std::vector<std::string> search_fields;
  std::vector<ListOrder> order;
  std::vector<std::string> fields;  ///< empty: every one; `_id` is always shown
  std::int64_t skip = 0;
  std::int64_t limit = 10;

  /// Nothing is left out or reordered.
  [[nodiscard]] bool is_plain() const { return conditions.empty() && search_term.empty() && order.empty(); }
};

/// `filter=field:$eq:value` (several: all of them), `sort=-field`, `fields=a b`; or the answer that says what
/// is wrong.
[[nodiscard]] std::expected<ListQuery, base::HttpResponse> read_list_query(const base::Target& target);
/// The body of a search: `{filter: {and | or: ["field:$eq:value" | {field: value}]}, searchFilter:
/// {searchTerm, fields}, fields, sort, skip, limit}`.
[[nodiscard]] std::expected<ListQuery, base::HttpResponse> read_search(const base::JsonObject& body);

/// `{results, totalCount}`: the count is of all that match, the results are one page of them.
[[nodiscard]] base::JsonObject run_list_query(const ListQuery& query,
                                              std::vector<base::JsonObject> documents);
/// Whether a document passes the conditions and the search.
[[nodiscard]] bool matches(const ListQuery& query, const base::JsonObject& document);
/// The members that the query asks for.
[[nodiscard]] base::JsonObject select_fields(const ListQuery& query, base::JsonObject document);

}  // namespace directory
