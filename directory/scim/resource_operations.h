// Reading and changing single resources, the same for every resource type: bodies become canonical,
// preconditions are checked, answers carry what the client asked to see. Changes run inside a transaction of
// the caller. [RFC7644 3]
#pragma once

#include <string_view>

#include "base/http.h"
#include "base/json.h"
#include "directory/core/core.h"
#include "directory/scim/policy.h"
#include "directory/scim/projection.h"
#include "directory/scim/resource_type.h"

namespace directory::scim {

/// A request as the operations need it, whether it came alone or within a bulk request.
struct Operation {
  Core& core;
  const Policy& policy;
  const Actor& actor;
  ResourceType& type;
  const base::HttpRequest& http;  ///< its method and preconditions
  AttributeSelection selection;
};

[[nodiscard]] base::HttpResponse read_resource(const Operation& operation, std::string_view id);
[[nodiscard]] base::HttpResponse create_resource(const Operation& operation, const base::JsonObject& body);
[[nodiscard]] base::HttpResponse replace_resource(const Operation& operation, std::string_view id,
                                                  const base::JsonObject& body);
[[nodiscard]] base::HttpResponse patch_resource(const Operation& operation, std::string_view id,
                                                const base::JsonObject& body);
[[nodiscard]] base::HttpResponse remove_resource(const Operation& operation, std::string_view id);

}  // namespace directory::scim
