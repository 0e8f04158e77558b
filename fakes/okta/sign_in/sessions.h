// Requests to sign somebody in that wait for the person, and the pages that ask for a new password.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "fakes/oidc/pkce.h"
#include "fakes/oidc/response_mode.h"
#include "fakes/okta/org/ids.h"

namespace fakes::okta::sign_in {

/// Of which app and redirect URI have been checked.
struct AuthorizeRequest {
  std::string server{};  ///< its id
  std::string client_id{};
  std::string redirect_uri{};
  bool wants_code = false;
  bool wants_id_token = false;
  bool wants_token = false;
  oidc::ResponseMode mode = oidc::ResponseMode::query;
  bool to_opener = false;  ///< `okta_post_message`: a page posts the answer to the window that opened it
  bool silent = false;     ///< prompt=none
  bool anew = false;       ///< prompt=login
  std::optional<base::Duration> max_age{};
  std::vector<std::string> scopes{};
  std::string state{};
  std::string nonce{};
  oidc::Challenge challenge{};
  std::string login_hint{};
};

/// A request that goes on once its person has signed in.
struct OpenRequest {
  AuthorizeRequest request{};
  base::Instant ends{};
  SessionId stale{};  ///< a session that does not do
};

/// Whose password was right and must be changed before the sign-in goes on.
struct OpenChange {
  UserId user{};
  std::string login{};
  std::string next{};  ///< where the sign-in leads
  base::Instant ends{};
};

}  // namespace fakes::okta::sign_in
