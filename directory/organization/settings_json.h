// The settings in the shape of the API, which is also how they are stored.
#pragma once

#include <vector>

#include "base/json.h"
#include "directory/core/refusal.h"
#include "directory/insights/event_log.h"
#include "directory/organization/settings.h"

namespace directory {

/// `{name, contactName, contactEmail, newSystemUserStateDefaults{manualEntry, csvImport, applicationImport},
/// passwordCompliance, passwordPolicy{…}, systemUserDefaultRestrictedFields[{field, type}]}` as published,
/// and three of our own: `scimUserStateDefault`, `activationMail`, `passwordTakeover`. [rule D5] [rule D110]
[[nodiscard]] base::JsonObject to_json(const OrganizationSettings& settings);

/// The settings with what `change` names; members that are not known are left alone, as clients send back
/// what they were given.
[[nodiscard]] Change<OrganizationSettings> with_changes(OrganizationSettings settings,
                                                        const base::JsonObject& change);

/// The leaves that differ, named by their path: `passwordPolicy.minLength`.
[[nodiscard]] std::vector<FieldChange> differences(const OrganizationSettings& before,
                                                   const OrganizationSettings& after);

/// `[{field: "password", type: "scim"}]` or nothing. [rule D23]
[[nodiscard]] base::JsonArray restricted_fields(PasswordAuthority authority);
[[nodiscard]] Change<PasswordAuthority> read_restricted_fields(const base::Json& fields);

}  // namespace directory
