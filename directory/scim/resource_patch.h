// PATCH over resources as JSON, in the RFC's forms and in the dialects of provisioning clients, and the
// reading of a posted resource, which is the same work on an empty one.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <vector>

#include "base/json.h"
#include "directory/scim/schema.h"
#include "directory/scim/scim_error.h"
#include "directory/scim/values.h"

namespace directory::scim {

/// Attributes that no schema of the resource type knows.
enum class UnknownAttributes { refused, ignored };

/// What add and replace do where a filter in their path selects no value: the RFC says noTarget; provisioning
/// clients expect `emails[type eq "work"].value` to make the value. [RFC7644 3.5.2.3] [Entra
/// provisioning-clients 2.7-08]
enum class UnselectedValues { refused, created };

struct PatchRules {
  Lenience lenience = Lenience::vendors;
  UnknownAttributes unknown = UnknownAttributes::refused;
  UnselectedValues unselected = UnselectedValues::created;
  bool needs_schemas = true;  ///< the body names its schema [RFC7644 3.5.2] [RFC7643 3]
};

/// To the letter of RFC 7644.
inline constexpr PatchRules rfc_rules{Lenience::rfc, UnknownAttributes::refused, UnselectedValues::refused,
                                      true};
/// As Entra and Okta write; what is unknown is left out and reported.
inline constexpr PatchRules vendor_rules{Lenience::vendors, UnknownAttributes::ignored,
                                         UnselectedValues::created, false};

inline constexpr std::size_t most_patch_operations = 1000;

struct Edited {
  /// Paths of unknown attributes with a value that were left out, each once, as the client wrote them, at
  /// most 100.
  std::vector<std::string> ignored;
};

/// Applies all operations to a canonical resource or, with an error, none. `op` in any letter case; keys of a
/// value without path may be dotted, behind a URN or filtered. With lenience a list as the value of remove
/// removes only what it lists [Entra provisioning-clients 2.10-04], and read-only attributes in a value
/// without path are left out [Okta provisioning-clients 4.8-04]. `schemas` afterwards names the core schema
/// and each extension with a value. [RFC7644 3.5.2]
[[nodiscard]] std::expected<Edited, ScimError> apply_patch(base::JsonObject& resource,
                                                           const base::JsonObject& body,
                                                           const ResourceSchema& schema,
                                                           const PatchRules& rules);

struct CanonicalResource {
  base::JsonObject resource;
  std::vector<std::string> ignored;  ///< as in Edited
};

/// A posted or put resource with names in the schema's spelling, values of their types, nothing that is
/// absent, no read-only attribute, and every required one. [RFC7644 3.3, 3.5.1]
[[nodiscard]] std::expected<CanonicalResource, ScimError> canonical_resource(const base::JsonObject& body,
                                                                             const ResourceSchema& schema,
                                                                             const PatchRules& rules);

}  // namespace directory::scim
