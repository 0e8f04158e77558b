// Where an app's SCIM endpoint is and how the client proves who it is: what an admin enters under "Configure API
// Integration". What Okta refuses there never becomes a Connection.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/http_transport.h"
#include "base/instant.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/uri.h"
#include "fakes/okta/org/app.h"

namespace fakes::okta::scim_client {

/// The token stands alone in the Authorization field. [Okta provisioning-clients 4.1-04]
struct HeaderToken {
  base::Secret token;
};
struct BearerToken {
  base::Secret token;
};
struct BasicCredentials {
  std::string user;
  base::Secret password;
};
/// The authorization code grant, with what it has given so far. [Okta provisioning-clients 4.1-04]
struct OauthCode {
  base::Uri authorize_url;
  base::Uri token_url;
  std::string client_id;
  base::Secret client_secret;
  base::Secret access_token{};
  base::Secret refresh_token{};  ///< empty where none was issued
  std::optional<base::Instant> expires{};
};
using Authorization = std::variant<BearerToken, HeaderToken, BasicCredentials, OauthCode>;

struct Connection {
  base::Uri base_url;
  Authorization authorization;
};

/// The URL as an admin typed it; the error says what is wrong with it. [Okta provisioning-clients 4.1-06]
/// [Okta provisioning-clients 7.2-18]
[[nodiscard]] base::Result<base::Uri> parse_base_url(std::string_view text, AppTemplate app);

/// The one grant of OAuth that can be chosen; an error for the others. [Okta provisioning-clients 4.1-05]
[[nodiscard]] base::Result<void> check_grant(std::string_view grant_type);

/// The value of the Authorization field.
[[nodiscard]] std::string authorization_value(const Authorization& authorization);

/// Where the application's authorization server sends the admin back to.
[[nodiscard]] std::string redirect_uri(std::string_view app_name);
/// Where the admin's browser is sent. [RFC6749 4.1.1]
[[nodiscard]] std::string authorize_request(const OauthCode& oauth, std::string_view app_name, std::string_view state);
/// The code for tokens. [RFC6749 4.1.3]
[[nodiscard]] base::HttpRequest code_request(const OauthCode& oauth, std::string_view app_name, std::string_view code);
/// New tokens where a refresh token was issued. [RFC6749 6]
[[nodiscard]] base::HttpRequest refresh_request(const OauthCode& oauth);
/// The grant with the tokens of an answer; a refresh token that is not named again stays. [RFC6749 5.1]
[[nodiscard]] base::Result<OauthCode> with_tokens(OauthCode oauth, const base::HttpResult& answer, base::Instant now);

}  // namespace fakes::okta::scim_client
