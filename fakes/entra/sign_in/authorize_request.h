// What an app asks of the authorization endpoint, read in two steps: first what decides whether the browser may be sent
// back to it at all, then the rest, of whose faults the app itself is told.
#pragma once

#include <expected>
#include <optional>

#include "fakes/entra/sign_in/desk.h"

namespace fakes::entra::sign_in {

/// App and redirect URI, compared character by character; an error is for the person. [Graph K6]
[[nodiscard]] std::expected<AuthorizeRequest, SignInError> read_app(const Desk& desk, const Asked& asked);

/// The rest, into `request`; an error is for the app. [Graph I12] [Graph I13]
[[nodiscard]] std::optional<SignInError> read_what_is_asked(const Desk& desk, const Asked& asked, AuthorizeRequest& request);

}  // namespace fakes::entra::sign_in
