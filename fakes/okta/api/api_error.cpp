#include "fakes/okta/api/api_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fakes::okta::api {
namespace {

using enum ErrorCode;

constexpr std::array error_table{
    ErrorInfo{validation_failed, 400, "Api validation failed"},
    ErrorInfo{malformed_body, 400, "The request body was not well-formed."},
    ErrorInfo{authentication_failed, 401, "Authentication failed"},
    ErrorInfo{invalid_session, 403, "Invalid session"},
    ErrorInfo{no_permission, 403, "You do not have permission to perform the requested action"},
    ErrorInfo{not_found, 404, "Not found"},
    ErrorInfo{no_such_path, 404, "The requested path was not found"},
    ErrorInfo{internal, 500, "Internal Server Error"},
    ErrorInfo{invalid_token, 401, "Invalid token provided"},
    ErrorInfo{credentials_not_updated, 403, "Update of credentials failed"},
    ErrorInfo{already_active, 403, "Activation failed because the user is already active"},
    ErrorInfo{reset_failed, 403, "Password reset failed"},
    ErrorInfo{headers_missing, 400, "Bad request. Accept and/or Content-Type headers are likely not set."},
    ErrorInfo{bad_argument, 400, "Bad request."},
    ErrorInfo{headers_unsupported, 400, "Bad request. Accept and/or Content-Type headers likely do not match supported values."},
    ErrorInfo{wrong_method, 405, "The endpoint does not support the provided HTTP method"},
    ErrorInfo{invalid_search, 400, "Invalid search criteria."},
    ErrorInfo{unlock_not_allowed, 403, "Unlock is not allowed for this user."},
    ErrorInfo{search_and_filter, 400, "Bad request. Can't specify a search query and filter in the same request."},
    ErrorInfo{forgot_password_not_allowed, 403, "Forgot password not allowed on specified user."},
    ErrorInfo{wrong_status, 403, "This operation is not allowed in the user's current status."},
    ErrorInfo{too_many_requests, 429, "API call exceeded rate limit due to too many requests."},
    ErrorInfo{invalid_filter, 400, "Invalid filter"},
    ErrorInfo{connector_not_tested, 400, "Connector configuration could not be tested."},
    ErrorInfo{unsupported_operation, 501, "Unsupported operation."},
    ErrorInfo{already_assigned, 409, "The given user is already assigned to the application."},
    ErrorInfo{ErrorCode::password_expired, 401, "Password is expired and must be changed."},
    ErrorInfo{wrong_factor_answer, 403, "Invalid Passcode/Answer"},
    ErrorInfo{factor_locked, 403, "User Locked"},
    ErrorInfo{mapped_attribute, 403, "Cannot modify an attribute that has a field mapping while profile push is enabled."},
    ErrorInfo{mastered_elsewhere, 405, "Cannot modify what is mastered by an external app."},
    ErrorInfo{wrong_authentication_state, 403, "This operation is not allowed in the current authentication state."},
    ErrorInfo{password_refused, 403, "The password does not meet the complexity requirements of the current password policy."},
    ErrorInfo{reserved_attribute, 403, "Cannot modify an attribute that is reserved for this application."},
    ErrorInfo{still_activating, 409, "Unable to update the user. The user is still being activated."},
    ErrorInfo{inactive_user, 403, "Cannot assign apps or update app profiles for an inactive user."},
    ErrorInfo{expire_without_password, 400, "Could not create user. To create a user and expire their password immediately, a password must be specified"},
    ErrorInfo{expire_without_activation, 400, "Could not create user. To create a user and expire their password immediately, \"activate\" must be true"},
};

}  // namespace

std::span<const ErrorInfo> all_errors() { return error_table; }

const ErrorInfo& info_of(ErrorCode code) { return *std::ranges::find(error_table, code, &ErrorInfo::code); }

std::string text_of(ErrorCode code) { return fmt::format("E{:07}", static_cast<int>(code)); }

std::optional<ErrorCode> find_error_code(std::string_view text) {
  const auto found = std::ranges::find_if(error_table, [&](const ErrorInfo& info) { return text_of(info.code) == text; });
  return found == error_table.end() ? std::nullopt : std::optional(found->code);
}

std::unexpected<ApiError> invalid(std::string_view field, std::string_view what_is_wrong) {
  return refuse(validation_failed, fmt::format("Api validation failed: {}", field), {fmt::format("{}: {}", field, what_is_wrong)});
}

std::unexpected<ApiError> no_such(std::string_view kind, std::string_view id) {
  return refuse(not_found, fmt::format("Not found: Resource not found: {} ({})", id, kind));
}

base::JsonObject error_body(const ApiError& error, std::string_view error_id) {
  const auto code = text_of(error.code);
  base::JsonArray causes;
  for (const auto& cause : error.causes) {
    base::JsonObject one;
    one["errorSummary"] = base::json_text(cause);
    causes.push_back(std::move(one));
  }
  base::JsonObject body;
  body["errorCode"] = base::json_text(code);
  body["errorSummary"] = base::json_text(error.summary.empty() ? info_of(error.code).summary : std::string_view(error.summary));
  body["errorLink"] = base::json_text(code);
  body["errorId"] = base::json_text(error_id);
  body["errorCauses"] = std::move(causes);
  return body;
}

}  // namespace fakes::okta::api
