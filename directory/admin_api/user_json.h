// Users in the JSON of the admin API, both ways. [rule D3] [rule D22] [rule D23]
#pragma once

#include <optional>

#include "base/json.h"
#include "base/secret.h"
#include "directory/core/refusal.h"
#include "directory/users/user.h"
#include "directory/users/user_changes.h"

namespace directory {

/// What a user looks like, with what the directory alone decides: `account_locked`, `badLoginAttempts`,
/// `mfa`, ….
[[nodiscard]] base::JsonObject to_json(const Core& core, const User& user);

/// Takes over the attributes that the body names; null or "" clears one.
[[nodiscard]] std::optional<Refusal> read_attributes(const base::JsonObject& body, UserAttributes& into);
/// `password_never_expires`, `restrictedFields` or the older `externally_managed`,
/// `disableDeviceMaxLoginAttempts`.
[[nodiscard]] std::optional<Refusal> read_password_terms(const base::JsonObject& body, PasswordTerms& into);
/// The state that `state`, or the older `suspended`, asks for; empty where neither does. Both may be given as
/// long as they agree. [rule D7]
[[nodiscard]] Change<std::optional<UserState>> read_state(const base::JsonObject& body);
/// Empty where the body has none.
[[nodiscard]] Change<std::optional<base::Secret>> read_password(const base::JsonObject& body);

/// A user to create; the state is `fallback` where the body names none. [rule D2] [rule D4]
[[nodiscard]] Change<NewUser> read_new_user(const Core& core, const base::JsonObject& body,
                                            UserState fallback, std::string_view creation_source);

}  // namespace directory
