// A user name and a password, judged. [Graph K6] [Graph U22] [Graph U23]
#pragma once

#include <string_view>

#include "base/secret.h"
#include "fakes/entra/sign_in/aadsts.h"
#include "fakes/entra/sign_in/lockouts.h"
#include "fakes/entra/sign_in/options.h"
#include "fakes/entra/tenant.h"

namespace fakes::entra::sign_in {

/// With `password_expired` the password was right, and must be changed before anything else.
struct PasswordVerdict {
  SignInError error{};  ///< code `none`: signed in
  ObjectId user{};      ///< empty where there is none of that name

  [[nodiscard]] bool ok() const { return error.code == Aadsts::none; }
};

/// Failures count towards the lock.
[[nodiscard]] PasswordVerdict judge_password(const Tenant& tenant, Lockouts& lockouts, const SignInOptions& options, std::string_view user_name,
                                             const base::Secret& password);

/// The user of that name, or why nobody of that name can sign in with a password.
[[nodiscard]] PasswordVerdict judge_name(const Tenant& tenant, std::string_view user_name);

/// Whether the password is older than its domain allows, unless the user's policies say that it does not expire.
[[nodiscard]] bool is_expired(const Tenant& tenant, const DirectoryObject& user, const PasswordState& password);

}  // namespace fakes::entra::sign_in
