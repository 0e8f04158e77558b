// Portal sessions: a random token in a cookie, its digest in the store.
#pragma once

#include <optional>

#include "base/http.h"
#include "base/json.h"
#include "base/secret.h"
#include "directory/core/core.h"
#include "directory/users/user.h"

namespace directory {

/// The person in the browser as the one who acts.
[[nodiscard]] Actor actor_of(const User& user);

/// The value of the request's cookie of that name.
[[nodiscard]] std::optional<base::Secret> cookie(const base::HttpRequest& request, std::string_view name);
[[nodiscard]] std::optional<base::Secret> session_token(const base::HttpRequest& request);
/// Whose session the request carries, while it lasts.
[[nodiscard]] std::optional<User> session_user(Core& core, const base::HttpRequest& request);
/// Stores a session and answers with its cookie, inside a transaction.
base::HttpResponse open_session(Core& core, const User& user);

/// By username, else by e-mail address. [rule D21]
[[nodiscard]] std::optional<User> find_login(Database& db, std::string_view name);
/// A string member that is a secret.
[[nodiscard]] std::optional<base::Secret> secret_member(const base::JsonObject& body, std::string_view name);

}  // namespace directory
