// Bulk requests: many operations in one transaction, each whole or not at all. An operation that refers to a
// resource of the same request by its bulkId is preceded by the POST that makes it, wherever that stands;
// where such references run in a circle, one resource is made without them and completed afterwards.
// [RFC7644 3.7]
#pragma once

#include <functional>
#include <string>

#include "base/http.h"
#include "base/json.h"
#include "directory/core/core.h"

namespace directory::scim {

/// Performs one operation inside the running transaction: a request whose target is relative to the base URL,
/// such as
/// `/Users/7`, with its body as an object.
using PerformOperation =
    std::function<base::HttpResponse(const base::HttpRequest& request, const base::JsonObject& body)>;

/// The BulkResponse, or 400 for what is no bulk request, 413 for too many operations.
[[nodiscard]] base::HttpResponse perform_bulk(Core& core, const base::JsonObject& request,
                                              std::string_view base_url, const PerformOperation& perform);

}  // namespace directory::scim
