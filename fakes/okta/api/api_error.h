// Refusals of Okta's management API, and the objects that carry them. Only the code is promised to callers, and each code has
// one status. [Okta provisioning-clients 5.1-05] [Okta provisioning-clients 5.1-07] [Okta provisioning-clients 5.1-08]
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/json.h"

namespace fakes::okta::api {

/// Its value is the number in the code: 7 is `E0000007`.
enum class ErrorCode : std::uint8_t {
  validation_failed = 1,
  malformed_body = 3,
  authentication_failed = 4,
  invalid_session = 5,
  no_permission = 6,
  not_found = 7,
  no_such_path = 8,
  internal = 9,
  invalid_token = 11,
  credentials_not_updated = 14,
  already_active = 16,
  reset_failed = 17,
  headers_missing = 18,
  bad_argument = 20,
  headers_unsupported = 21,
  wrong_method = 22,
  invalid_search = 31,
  unlock_not_allowed = 32,
  search_and_filter = 33,
  forgot_password_not_allowed = 34,
  wrong_status = 38,
  too_many_requests = 47,
  invalid_filter = 53,
  connector_not_tested = 59,
  unsupported_operation = 60,
  already_assigned = 62,
  password_expired = 64,
  wrong_factor_answer = 68,
  factor_locked = 69,
  mapped_attribute = 75,
  mastered_elsewhere = 76,
  wrong_authentication_state = 79,
  password_refused = 80,
  reserved_attribute = 81,
  still_activating = 112,
  inactive_user = 117,
  expire_without_password = 124,
  expire_without_activation = 125,
};

struct ErrorInfo {
  ErrorCode code;
  int status;
  std::string_view summary;  ///< where nothing more special is to be said
};

/// In the order of their numbers.
[[nodiscard]] std::span<const ErrorInfo> all_errors();
[[nodiscard]] const ErrorInfo& info_of(ErrorCode code);
/// `E0000007`.
[[nodiscard]] std::string text_of(ErrorCode code);
/// The code of such a text; empty where this API has none.
[[nodiscard]] std::optional<ErrorCode> find_error_code(std::string_view text);

struct ApiError {
  ErrorCode code = ErrorCode::validation_failed;
  std::string summary{};              ///< empty: the code's own
  std::vector<std::string> causes{};
  std::vector<base::Header> headers{};
  int status = 0;                     ///< zero: the code's own

  [[nodiscard]] int http_status() const { return status == 0 ? info_of(code).status : status; }
};

template <class T>
using Outcome = std::expected<T, ApiError>;

[[nodiscard]] inline std::unexpected<ApiError> refuse(ErrorCode code, std::string summary = {}, std::vector<std::string> causes = {}) {
  return std::unexpected(ApiError{code, std::move(summary), std::move(causes)});
}
/// `Api validation failed: login`, with what is wrong with it as the cause. [Okta provisioning-clients 5.1-06]
[[nodiscard]] std::unexpected<ApiError> invalid(std::string_view field, std::string_view what_is_wrong);
/// `Not found: Resource not found: 00u… (User)`. [Okta provisioning-clients 5.1-06]
[[nodiscard]] std::unexpected<ApiError> no_such(std::string_view kind, std::string_view id);

/// `error_id` begins with `oae`.
[[nodiscard]] base::JsonObject error_body(const ApiError& error, std::string_view error_id);

}  // namespace fakes::okta::api
