#include "fakes/okta/sign_in/oauth_error.h"

#include <algorithm>

#include "fakes/oidc/form.h"
#include "fakes/oidc/sentence.h"

namespace fakes::okta::sign_in {
namespace {

struct Row {
  Fault fault;
  std::string_view error;
  std::string_view text;  ///< `{}` is the place of a value
};

// clang-format off
constexpr Row oauth_errors[] = {
    {Fault::unknown_client, "invalid_client", "Invalid value for 'client_id' parameter."},
    {Fault::no_credentials, "invalid_client", "No client credentials found."},
    {Fault::wrong_secret, "invalid_client", "The client secret supplied for a confidential client is invalid."},
    {Fault::malformed_credentials, "invalid_request", "The Authorization header of the request is malformed."},
    {Fault::several_credentials, "invalid_request", "Cannot supply multiple client credentials."},
    {Fault::bad_redirect_uri, "invalid_request", "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings."},
    {Fault::repeated_parameter, "invalid_request", "The '{}' parameter is there more than once."},
    {Fault::parameter_missing, "invalid_request", "The '{}' parameter is required."},
    {Fault::bad_parameter, "invalid_request", "The '{}' parameter has an invalid value."},
    {Fault::response_type_unknown, "unsupported_response_type", "The response type is not supported by the authorization server."},
    {Fault::response_mode_unfit, "unsupported_response_mode", "The response mode is not supported, or does not go with the response type."},
    {Fault::request_object, "request_not_supported", "Requests in a JWT are not modelled."},
    {Fault::challenge_missing, "invalid_request", "PKCE code challenge is required."},
    {Fault::openid_missing, "invalid_scope", "The 'openid' scope is required."},
    {Fault::scope_missing, "invalid_scope", "The authorization server resource does not have any configured default scopes, 'scope' must be provided."},
    {Fault::scope_unknown, "invalid_scope", "One or more scopes are not configured for the authorization server resource."},
    {Fault::page_expired, "invalid_request", "This sign-in has expired. Begin again at the application."},
    {Fault::not_signed_in, "login_required", "The client specified not to prompt, but the user is not logged in."},
    {Fault::not_assigned, "access_denied", "User is not assigned to the client application."},
    {Fault::no_form, "invalid_request", "The request's body is no form."},
    {Fault::grant_type_unknown, "unsupported_grant_type", "The authorization grant type is not supported by the authorization server."},
    {Fault::grant_not_allowed, "unauthorized_client", "The client is not authorized to use the provided grant type. Configured grant types: [{}]."},
    {Fault::app_grant_on_org, "invalid_client", "Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method."},
    {Fault::bad_code, "invalid_grant", "The authorization code is invalid or has expired."},
    {Fault::redirect_uri_differs, "invalid_grant", "The 'redirect_uri' does not match the redirection URI used in the authorization request."},
    {Fault::wrong_verifier, "invalid_grant", "PKCE verification failed."},
    {Fault::bad_refresh_token, "invalid_grant", "The refresh token is invalid or expired."},
    {Fault::bad_user_credentials, "invalid_grant", "The credentials provided were invalid."},
    {Fault::bad_access_token, "invalid_token", "The access token is invalid"},
    {Fault::insufficient_scope, "insufficient_scope", "The access token must provide access to at least one of these scopes - profile, email, address or phone"},
    {Fault::bad_id_token, "invalid_request", "The ID token of 'id_token_hint' is invalid or has expired."},
    {Fault::bad_logout_uri, "invalid_request", "The 'post_logout_redirect_uri' parameter must be a Logout redirect URI in the client app settings."},
};
// clang-format on

}  // namespace

OauthError oauth_error(Fault fault, std::initializer_list<std::string_view> values) {
  const auto* row = std::ranges::find(oauth_errors, fault, &Row::fault);
  return {fault, std::string(row->error), oidc::with_values(row->text, values)};
}

base::HttpResponse refuse(const OauthError& error) {
  constexpr int bad_request = 400;
  constexpr int unauthorized = 401;
  return oidc::json_answer(error.error == "invalid_client" ? unauthorized : bad_request,
                           {{"error", error.error}, {"error_description", error.text}});
}

}  // namespace fakes::okta::sign_in
