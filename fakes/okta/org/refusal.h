// Why the org refuses something: Okta's code, and what it is about. The API makes its error object of it, the admin's page a sentence.
// [Okta provisioning-clients 5.1-05] [Okta provisioning-clients 5.1-07] [Okta provisioning-clients 5.1-08]
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace fakes::okta {

/// The number is the code's: `validation` is E0000001.
enum class ErrorCode : std::uint16_t {
  validation = 1,
  bad_body = 3,
  authentication_failed = 4,
  invalid_session = 5,
  no_permission = 6,
  not_found = 7,
  invalid_token = 11,
  credentials_not_updated = 14,
  already_active = 16,
  reset_failed = 17,
  unlock_not_allowed = 32,
  forgot_password_not_allowed = 34,
  not_in_this_status = 38,
  already_assigned = 62,
  password_expired = 64,
  mapped_attribute = 75,
  mastered_elsewhere = 76,
  password_policy = 80,
  reserved_attribute = 81,
  still_in_transition = 112,
  inactive_user = 117,
  expired_without_password = 124,
  expired_without_activation = 125
};

/// `E0000038`
[[nodiscard]] std::string text_of(ErrorCode code);

struct Refusal {
  ErrorCode code = ErrorCode::validation;
  std::string subject{};              ///< the field that is wrong, or `00u… (User)` of what is not there
  std::vector<std::string> causes{};  ///< sentences

  bool operator==(const Refusal&) const = default;
};

/// For a person: `E0000001: login: An object with this field already exists in the current organization`.
[[nodiscard]] std::string sentence_of(const Refusal& refusal);

template <class T>
using Outcome = std::expected<T, Refusal>;

[[nodiscard]] inline std::unexpected<Refusal> refuse(ErrorCode code, std::string subject = {}, std::vector<std::string> causes = {}) {
  return std::unexpected(Refusal{code, std::move(subject), std::move(causes)});
}

[[nodiscard]] inline std::unexpected<Refusal> invalid_field(const std::string& field, std::string_view why) {
  return refuse(ErrorCode::validation, field, {field + ": " + std::string(why)});
}

}  // namespace fakes::okta
