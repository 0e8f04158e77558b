#include "fakes/entra/sign_in/aadsts.h"

#include <fmt/format.h>

#include <algorithm>

#include "fakes/oidc/sentence.h"

namespace fakes::entra::sign_in {
namespace {

struct Row {
  Aadsts code;
  std::string_view error;
  std::string_view text;  ///< `{}` is the place of a value
};

// clang-format off
constexpr Row error_table[] = {
    {Aadsts::reply_url_differs, "invalid_request", "The redirect URI '{}' specified in the request does not match the redirect URIs configured for the application '{}'."},
    {Aadsts::foreign_user, "invalid_grant", "User account '{}' from identity provider '{}' does not exist in tenant '{}' and cannot access the application. The account needs to be added as an external user in the tenant first."},
    {Aadsts::no_such_user, "invalid_grant", "The user account {} does not exist in the {} directory. To sign into this application, the account must be added to the directory."},
    {Aadsts::locked, "invalid_grant", "The account is locked, you've tried to sign in too many times with an incorrect user ID or password."},
    {Aadsts::password_expired, "invalid_grant", "The password is expired."},
    {Aadsts::no_password, "invalid_grant", "Invalid or null password: password does not exist in the directory for this user."},
    {Aadsts::user_disabled, "invalid_grant", "The user account is disabled."},
    {Aadsts::not_signed_in, "login_required", "A silent sign-in request was sent but no user is signed in."},
    {Aadsts::no_tenant_named, "invalid_request", "No tenant-identifying information found in either the request or implied by any provided credentials."},
    {Aadsts::mfa_needed, "interaction_required", "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication."},
    {Aadsts::page_expired, "invalid_request", "Authentication failed due to flow token expired."},
    {Aadsts::not_assigned, "access_denied", "Your administrator has configured the application {} ('{}') to block users unless they are specifically granted ('assigned') access to the application. The signed in user '{}' is blocked."},
    {Aadsts::no_federated_realm, "invalid_request", "The requested federation realm object '{}' does not exist."},
    {Aadsts::wrong_password, "invalid_grant", "Error validating credentials due to invalid username or password."},
    {Aadsts::session_voided, "login_required", "The session is not valid due to password expiration or recent password change."},
    {Aadsts::grant_revoked, "invalid_grant", "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password."},
    {Aadsts::loop, "invalid_grant", "The server terminated an operation because it encountered a client request loop. Please contact your app vendor."},
    {Aadsts::code_redeemed, "invalid_grant", "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token."},
    {Aadsts::consent_needed, "invalid_grant", "The user or administrator has not consented to use the application with ID '{}' named '{}'. Send an interactive authorization request for this user and resource."},
    {Aadsts::cancelled, "access_denied", "User declined to consent to access the app."},
    {Aadsts::invalid_grant, "invalid_grant", "The provided value for the input parameter '{}' is not valid."},
    {Aadsts::grant_type_unknown, "unsupported_grant_type", "The app requested an unsupported grant type '{}'."},
    {Aadsts::response_mode_unfit, "invalid_request", "'{}' is not a supported value of 'response_mode' for this 'response_type'."},
    {Aadsts::expired_code, "invalid_grant", "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource."},
    {Aadsts::bad_scope, "invalid_scope", "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {} is not valid."},
    {Aadsts::field_missing, "invalid_request", "The required field '{}' is missing from the credential. Ensure that you have all the necessary parameters for the login request."},
    {Aadsts::tenant_not_found, "invalid_request", "Tenant '{}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud."},
    {Aadsts::unavailable, "temporarily_unavailable", "A transient error has occurred. Please try again."},
    {Aadsts::throttled, "temporarily_unavailable", "The tenant is throttled: there are too many incoming requests."},
    {Aadsts::wrong_current_password, "invalid_grant", "The current password is not correct."},
    {Aadsts::weak_new_password, "invalid_grant", "The new password is too weak, or it is the current one. Choose another with 8 to 256 characters of three kinds."},
    {Aadsts::resource_not_found, "invalid_resource", "The resource principal named {} was not found in the tenant named {}."},
    {Aadsts::reply_address_differs, "invalid_grant", "The reply address '{}' does not match the reply address '{}' provided when requesting Authorization code."},
    {Aadsts::pkce_mismatch, "invalid_grant", "The Code_Verifier does not match the code_challenge supplied in the authorization request."},
    {Aadsts::app_unknown, "unauthorized_client", "Application with identifier '{}' was not found in the directory '{}'. This can happen if the application has not been installed by the administrator of the tenant."},
    {Aadsts::response_type_disabled, "unsupported_response", "response_type '{}' is not enabled for the application."},
    {Aadsts::id_token_disabled, "unsupported_response", "response_type 'id_token' is not enabled for the application."},
    {Aadsts::refresh_token_expired, "invalid_grant", "The refresh token has expired due to inactivity. The token was issued on {} and was inactive for too long."},
    {Aadsts::spa_token_expired, "invalid_grant", "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime, which cannot be extended. The token was issued on {}."},
    {Aadsts::parameter_missing, "invalid_request", "The request body must contain the following parameter: '{}'."},
    {Aadsts::bad_tenant_name, "invalid_request", "Specified tenant identifier '{}' is neither a valid DNS name, nor a valid external domain."},
    {Aadsts::app_disabled, "unauthorized_client", "Application '{}'({}) is disabled."},
    {Aadsts::wrong_secret, "invalid_client", "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{}'."},
    {Aadsts::secret_missing, "invalid_client", "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."},
    {Aadsts::secret_expired, "invalid_client", "The provided client secret keys for app '{}' are expired. Visit the Azure portal to create new keys for your app."},
    {Aadsts::malformed, "invalid_request", "Invalid request. Request is malformed or invalid."},
};
// clang-format on

}  // namespace

SignInError sign_in_error(Aadsts code, std::initializer_list<std::string_view> values) {
  const auto* row = std::ranges::find(error_table, code, &Row::code);
  return {code, std::string(row->error), oidc::with_values(row->text, values)};
}

std::string timestamp(base::Instant at) {
  auto text = base::to_rfc3339(at);
  text.erase(text.find('.'));
  text[text.find('T')] = ' ';
  return text + "Z";
}

std::string description(const SignInError& error, const TraceIds& ids, bool in_lines) {
  const std::string_view between = in_lines ? "\r\n" : " ";
  return fmt::format("AADSTS{}: {}{}Trace ID: {}{}Correlation ID: {}{}Timestamp: {}", number(error.code), error.text, between, ids.trace_id, between,
                     ids.correlation_id, between, timestamp(ids.at));
}

base::JsonObject error_body(const SignInError& error, const TraceIds& ids, std::string_view authority, bool in_lines) {
  return {{"error", error.error},
          {"error_description", description(error, ids, in_lines)},
          {"error_codes", base::JsonArray{number(error.code)}},
          {"timestamp", timestamp(ids.at)},
          {"trace_id", ids.trace_id},
          {"correlation_id", ids.correlation_id},
          {"error_uri", fmt::format("{}/error?code={}", authority, number(error.code))}};
}

int status_of(const SignInError& error) {
  constexpr int bad_request = 400;
  constexpr int unauthorized = 401;
  return error.error == "invalid_client" ? unauthorized : bad_request;
}

}  // namespace fakes::entra::sign_in
