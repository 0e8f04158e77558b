// What can be done with single resources. [RFC7644 3.3] [RFC7644 3.4.1] [RFC7644 3.5] [RFC7644 3.6]
#pragma once

#include <expected>
#include <string>

#include "base/http.h"
#include "fakes/scim/context.h"
#include "fakes/scim/request.h"
#include "fakes/scim/schema.h"
#include "fakes/scim/scim_error.h"

namespace fakes::scim {

using Answer = std::expected<base::HttpResponse, ScimError>;

[[nodiscard]] Answer create_resource(Context& context, const Request& request, const ResourceType& type);
[[nodiscard]] Answer read_resource(Context& context, const Request& request, const ResourceType& type,
                                   const std::string& id);
[[nodiscard]] Answer replace_resource(Context& context, const Request& request, const ResourceType& type,
                                      const std::string& id);
[[nodiscard]] Answer patch_resource(Context& context, const Request& request, const ResourceType& type,
                                    const std::string& id);
/// The resource leaves the groups that list it. [RFC7644 3.6]
[[nodiscard]] Answer delete_resource(Context& context, const Request& request, const ResourceType& type,
                                     const std::string& id);

}  // namespace fakes::scim
