// The errors of sign-in by their AADSTS number. Their sentences drift; numbers and OAuth codes are what clients may branch
// on. [Graph K3] [Graph K5] [Graph K6]
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/instant.h"

namespace fakes::entra::sign_in {

enum class Aadsts : int {
  none = 0,
  reply_url_differs = 50011,
  foreign_user = 50020,
  no_such_user = 50034,
  locked = 50053,
  password_expired = 50055,
  no_password = 50056,
  user_disabled = 50057,
  not_signed_in = 50058,
  no_tenant_named = 50059,
  mfa_needed = 50079,
  page_expired = 50089,
  not_assigned = 50105,
  no_federated_realm = 50107,
  wrong_password = 50126,
  session_voided = 50133,
  grant_revoked = 50173,
  loop = 50196,
  code_redeemed = 54005,
  consent_needed = 65001,
  cancelled = 65004,
  invalid_grant = 70000,
  grant_type_unknown = 70003,
  response_mode_unfit = 70007,
  expired_code = 70008,
  bad_scope = 70011,
  field_missing = 90014,
  tenant_not_found = 90002,
  unavailable = 90033,
  throttled = 90055,
  wrong_current_password = 120000,
  weak_new_password = 120002,
  resource_not_found = 500011,
  reply_address_differs = 500112,
  pkce_mismatch = 501481,
  app_unknown = 700016,
  response_type_disabled = 700051,
  id_token_disabled = 700054,
  refresh_token_expired = 700082,
  spa_token_expired = 700084,
  parameter_missing = 900144,
  bad_tenant_name = 900023,
  app_disabled = 7000112,
  wrong_secret = 7000215,
  secret_missing = 7000218,
  secret_expired = 7000222,
  malformed = 9002313
};

/// An error as it will be told.
struct SignInError {
  Aadsts code = Aadsts::none;
  std::string error;  ///< of OAuth: invalid_grant, …
  std::string text;   ///< without the number
  bool operator==(const SignInError&) const = default;
};

/// `values` stand in the places of the sentence.
[[nodiscard]] SignInError sign_in_error(Aadsts code, std::initializer_list<std::string_view> values = {});

/// The number as people and `error_codes` see it.
[[nodiscard]] constexpr int number(Aadsts code) { return static_cast<int>(code); }

/// Ids that an error is traced by.
struct TraceIds {
  std::string trace_id;
  std::string correlation_id;
  base::Instant at{};
};

/// `AADSTS50126: … Trace ID: … Correlation ID: … Timestamp: 2026-01-05 08:00:00Z`. [Graph K3]
[[nodiscard]] std::string description(const SignInError& error, const TraceIds& ids, bool in_lines);

/// `2026-01-05 08:00:00Z`
[[nodiscard]] std::string timestamp(base::Instant at);

/// The body of a failed token request. `authority` is the address of sign-in, without a slash at its end. [Graph K3]
[[nodiscard]] base::JsonObject error_body(const SignInError& error, const TraceIds& ids, std::string_view authority, bool in_lines);

/// [Graph K4]
[[nodiscard]] int status_of(const SignInError& error);

}  // namespace fakes::entra::sign_in
