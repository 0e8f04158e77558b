// What may be written into a user or a group, object by object: types, lengths, formats, who may write what. What needs
// the whole tenant (uniqueness, domains) is the tenant's.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/secret.h"
#include "fakes/entra/property.h"
#include "fakes/entra/tenant_error.h"

namespace fakes::entra {

/// `passwordProfile` as sent. [Graph U16]
struct PasswordChange {
  base::Secret password;
  bool force_change = false;
  bool force_change_with_mfa = false;
};

/// A body, checked.
struct Proposal {
  std::vector<std::pair<const Property*, base::Json>> values;
  std::optional<PasswordChange> password;
};

/// For a creation every property that it needs must be there. [Graph U3] [Graph GR1] Members that begin with `@odata.` and
/// bindings of relationships (`members@odata.bind`) are left to the caller.
[[nodiscard]] Outcome<Proposal> checked_creation(ObjectKind kind, const base::JsonObject& sent);
[[nodiscard]] Outcome<Proposal> checked_update(ObjectKind kind, const base::JsonObject& sent);

/// 8 to 256 characters of ASCII from three of four classes; where not strong, only the lengths. [Graph U21] [Graph U19]
[[nodiscard]] bool is_acceptable_password(const base::Secret& password, bool strong);

/// Before and after the `@`; empty where it is none. [Graph U12]
struct SignInName {
  std::string_view local;
  std::string_view domain;
};
[[nodiscard]] std::optional<SignInName> parse_user_principal_name(std::string_view text);

}  // namespace fakes::entra
