// PATCH: the message, its operations in order, all or nothing. What one operation does is in edit.h.
#pragma once

#include <cstddef>
#include <expected>
#include <string_view>

#include "base/json.h"
#include "fakes/scim/quirks.h"
#include "fakes/scim/schema.h"
#include "fakes/scim/scim_error.h"

namespace fakes::scim {

inline constexpr std::string_view patch_schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
inline constexpr std::size_t most_operations = 1000;

struct PatchResult {
  bool changed = false;  ///< if not, meta.lastModified stays too [RFC7644 3.5.2.1]
};

/// Applies the message to the resource as it is stored; if any operation fails, the resource stays as it was. `schemas`
/// follows what the resource holds. What only the provider can judge is left to it: uniqueness, and whom members and
/// managers refer to.
///
/// Beyond the RFC: operation words in any letter case; names with dots, filters or URNs as keys of a value without path;
/// in such a value unknown names are left out, and what is readOnly may be repeated as it is. [RFC7644 3.5.2]
/// [Entra provisioning-clients 2.1-08] [Entra provisioning-clients 2.8-03] [Okta provisioning-clients 4.8-04]
[[nodiscard]] std::expected<PatchResult, ScimError> apply_patch(base::JsonObject& resource, const base::Json& body,
                                                                const ResourceType& type, const Quirks& quirks);

}  // namespace fakes::scim
