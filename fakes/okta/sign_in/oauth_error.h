// The errors of authorization servers. Codes are OAuth's and OpenID Connect's; the sentences are those that clients know Okta's
// refusals by, and drift. [Okta provisioning-clients 5.8-03]
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/http.h"

namespace fakes::okta::sign_in {

enum class Fault : std::uint8_t {
  none,
  // Which client it is.
  unknown_client,
  no_credentials,
  wrong_secret,
  malformed_credentials,
  several_credentials,
  // What is asked of /authorize.
  bad_redirect_uri,
  repeated_parameter,
  parameter_missing,
  bad_parameter,
  response_type_unknown,
  response_mode_unfit,
  request_object,
  challenge_missing,
  openid_missing,
  scope_missing,
  scope_unknown,
  page_expired,
  not_signed_in,
  not_assigned,
  // What is asked of /token.
  no_form,
  grant_type_unknown,
  grant_not_allowed,
  app_grant_on_org,
  bad_code,
  redirect_uri_differs,
  wrong_verifier,
  bad_refresh_token,
  bad_user_credentials,
  // Of /userinfo and /logout.
  bad_access_token,
  insufficient_scope,
  bad_id_token,
  bad_logout_uri
};

/// An error as it will be told.
struct OauthError {
  Fault fault = Fault::none;
  std::string error;  ///< of OAuth: invalid_grant, …
  std::string text;
  bool operator==(const OauthError&) const = default;
};

/// `values` stand in the places of the sentence.
[[nodiscard]] OauthError oauth_error(Fault fault, std::initializer_list<std::string_view> values = {});

/// As the endpoints that clients call answer it: 401 for invalid_client, else 400. [RFC6749 5.2]
[[nodiscard]] base::HttpResponse refuse(const OauthError& error);

}  // namespace fakes::okta::sign_in
