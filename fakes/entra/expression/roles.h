// Assignments of roles: what an attribute `appRoleAssignments` holds, and what a SCIM body makes of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "fakes/entra/expression/evaluation.h"
#include "fakes/entra/expression/value.h"

namespace fakes::entra::expression {

struct Role {
  std::string id;
  std::string value;
  std::string display_name;

  bool operator==(const Role&) const = default;
};

/// `{"id":…,"value":…,"displayName":…}`: a value of the attribute. [Entra provisioning-clients 2.7-14]
[[nodiscard]] std::string to_text(const Role& role);
/// A text that is no such object is the value of a role without the rest.
[[nodiscard]] Role role_of(std::string_view text);

/// `roles` of a POST: none of them primary. [Entra provisioning-clients 2.7-14] [Entra provisioning-clients 2.7-15]
[[nodiscard]] base::JsonArray created_roles(const Outcome& outcome);
/// The value of the PATCH operation on `roles`: elements that hold a role as JSON text where roles are added, whole roles where
/// they are replaced. [Entra provisioning-clients 2.7-14] [Entra provisioning-clients 2.7-15]
[[nodiscard]] base::JsonArray patched_roles(const Outcome& outcome);

}  // namespace fakes::entra::expression
