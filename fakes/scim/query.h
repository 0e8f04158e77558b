// Queries: what is asked for, and the ListResponse that answers it. [RFC7644 3.4.2] [RFC7644 3.4.3] [RFC9865
// 2]
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include "base/json.h"
#include "fakes/scim/context.h"
#include "fakes/scim/request.h"
#include "fakes/scim/schema.h"
#include "fakes/scim/scim_error.h"

namespace fakes::scim {

struct Query {
  std::string attributes{};
  std::string excluded_attributes{};
  std::optional<std::string> filter{};
  std::string sort_by{};
  std::string sort_order{};
  std::optional<std::int64_t> start_index{};
  std::optional<std::int64_t> count{};
  std::optional<std::string> cursor{};
};

/// Of a GET. Refuses numbers that are none with invalidValue; one that is too large counts as the largest.
[[nodiscard]] std::expected<Query, ScimError> query_of_parameters(const Request& request,
                                                                  const Quirks& quirks);
/// Of the body of a POST to /.search.
[[nodiscard]] std::expected<Query, ScimError> query_of_body(const base::Json& body, const Quirks& quirks);

/// The page of resources of the type that is asked for.
[[nodiscard]] std::expected<base::JsonObject, ScimError> list(Context& context, const Query& query,
                                                              const ResourceType& type);

}  // namespace fakes::scim
