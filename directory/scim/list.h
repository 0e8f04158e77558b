// Lists of resources: what a query selects of one type or of all, in which order, and which page of it.
// [RFC7644 3.4.2]
#pragma once

#include <span>

#include "base/http.h"
#include "directory/scim/list_query.h"
#include "directory/scim/resource_type.h"

namespace directory::scim {

/// A ListResponse. 400 invalidFilter for a filter that no type allows or that asks for what is never
/// returned, 400 invalidPath for an order by what no type knows, 400 tooMany where more than `most` resources
/// would have to be looked at one by one. An attribute that is foreign to a type has no value there.
/// [RFC7644 3.4.2.1]
[[nodiscard]] base::HttpResponse list_resources(std::span<ResourceType* const> types, const ListQuery& query,
                                                std::int64_t most);

}  // namespace directory::scim
