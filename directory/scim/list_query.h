// What a client asks of a list, from the query of a GET or from a SearchRequest; both say the same.
// [RFC7644 3.4.2] [RFC7644 3.4.3]
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include "base/http.h"
#include "base/json.h"
#include "base/uri.h"
#include "directory/scim/filter.h"
#include "directory/scim/projection.h"

namespace directory::scim {

struct ListQuery {
  std::optional<Filter> filter;
  std::optional<AttributePath> sort_by;
  bool descending = false;
  std::int64_t start_index = 1;  ///< one or more
  std::int64_t count = 0;        ///< nought up to largest_page
  AttributeSelection selection;
};

/// Out of range is moved into it; what is no number, no filter or no order is refused with 400. Parameters
/// that are not known are ignored. [RFC7644 3.4.2.4]
[[nodiscard]] std::expected<ListQuery, base::HttpResponse> read_list_query(const base::Target& target);
/// 400 where the body does not say that it is a SearchRequest.
[[nodiscard]] std::expected<ListQuery, base::HttpResponse> read_search_request(const base::JsonObject& body);

/// `attributes` or `excludedAttributes` of a request for one resource. [RFC7644 3.9]
[[nodiscard]] AttributeSelection read_selection(const base::Target& target);

}  // namespace directory::scim
