// What an app asks of the authorization endpoint, read in two steps: first what decides whether the browser may be sent back to
// it at all, then the rest, of whose faults the app itself is told. [RFC6749 4.1.2.1]
#pragma once

#include <expected>
#include <optional>

#include "fakes/okta/sign_in/desk.h"

namespace fakes::okta::sign_in {

/// App and redirect URI, compared character by character; an error is for the person.
[[nodiscard]] std::expected<AuthorizeRequest, OauthError> read_app(const Desk& desk, const AuthorizationServer& server, const Asked& asked);

/// The rest, into `request`; an error is for the app.
[[nodiscard]] std::optional<OauthError> read_what_is_asked(const App& app, const AuthorizationServer& server, const Asked& asked, AuthorizeRequest& request);

/// The scopes of a request, each once: those that every server has, the server's own, and of the org's server those of the management
/// API that the app was granted.
[[nodiscard]] std::expected<std::vector<std::string>, OauthError> read_scopes(const App& app, const AuthorizationServer& server, std::string_view text);

}  // namespace fakes::okta::sign_in
