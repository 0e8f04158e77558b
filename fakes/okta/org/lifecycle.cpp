#include "fakes/okta/org/lifecycle.h"

#include <utility>

namespace fakes::okta {
namespace {

constexpr auto staged = UserStatus::staged;
constexpr auto provisioned = UserStatus::provisioned;
constexpr auto active = UserStatus::active;
constexpr auto recovery = UserStatus::recovery;
constexpr auto locked_out = UserStatus::locked_out;
constexpr auto expired = UserStatus::password_expired;
constexpr auto suspended = UserStatus::suspended;
constexpr auto deprovisioned = UserStatus::deprovisioned;

constexpr auto not_valid = ErrorCode::validation;
constexpr auto bad_login = ErrorCode::authentication_failed;
constexpr auto bad_token = ErrorCode::invalid_token;
constexpr auto not_updated = ErrorCode::credentials_not_updated;
constexpr auto is_active = ErrorCode::already_active;
constexpr auto no_reset = ErrorCode::reset_failed;
constexpr auto no_unlock = ErrorCode::unlock_not_allowed;
constexpr auto no_forgetting = ErrorCode::forgot_password_not_allowed;
constexpr auto wrong_status = ErrorCode::not_in_this_status;

struct Row {
  std::string_view name;
  std::array<Step, all_user_statuses.size()> steps;  ///< in the order of the states
};

// One row an operation. What no fact names is refused by the code that the operation has for such cases; the comments cite.
constexpr std::array<Row, all_operations.size()> steps_of_operations{{
    // STAGED, PROVISIONED, ACTIVE, RECOVERY, LOCKED_OUT, PASSWORD_EXPIRED, SUSPENDED, DEPROVISIONED
    // [Okta provisioning-clients 5.3-01] Assumed: the code of an active user serves for all who are neither staged nor deactivated.
    {"activate", {provisioned, is_active, is_active, is_active, is_active, is_active, is_active, provisioned}},
    // [Okta provisioning-clients 5.3-02] The link is sent again; the state stays.
    {"reactivate", {wrong_status, provisioned, wrong_status, recovery, wrong_status, wrong_status, wrong_status, wrong_status}},
    // [Okta provisioning-clients 5.3-03] Assumed: the code of a second deactivation.
    {"deactivate", {deprovisioned, deprovisioned, deprovisioned, deprovisioned, deprovisioned, deprovisioned, deprovisioned, wrong_status}},
    // [Okta provisioning-clients 5.3-04]
    {"suspend", {not_valid, not_valid, suspended, not_valid, not_valid, not_valid, not_valid, not_valid}},
    {"unsuspend", {not_valid, not_valid, not_valid, not_valid, not_valid, not_valid, active, not_valid}},
    // [Okta provisioning-clients 5.3-05]
    {"unlock", {no_unlock, no_unlock, no_unlock, no_unlock, active, no_unlock, no_unlock, no_unlock}},
    // [Okta provisioning-clients 5.3-06] The diagram has an edge from ACTIVE alone.
    {"reset_password", {no_reset, no_reset, recovery, no_reset, no_reset, no_reset, no_reset, no_reset}},
    // [Okta provisioning-clients 5.3-07] As with the reset. Assumed: the code.
    {"expire_password", {wrong_status, wrong_status, expired, wrong_status, wrong_status, wrong_status, wrong_status, wrong_status}},
    // [Okta provisioning-clients 5.3-08]
    {"reset_factors", {staged, provisioned, active, recovery, locked_out, expired, suspended, deprovisioned}},
    {"remove", {deprovisioned, deprovisioned, deprovisioned, deprovisioned, deprovisioned, deprovisioned, deprovisioned, Gone{}}},
    // [Okta provisioning-clients 5.3-11] Assumed: what has no edge for a new password keeps its state, but for who is deactivated.
    {"set_password", {staged, active, active, active, locked_out, active, suspended, wrong_status}},
    // [Okta provisioning-clients 5.3-09] Assumed: the code.
    {"change_password", {staged, not_updated, active, active, not_updated, active, not_updated, not_updated}},
    {"forgot_password",
     {no_forgetting, no_forgetting, active, no_forgetting, no_forgetting, no_forgetting, no_forgetting, no_forgetting}},
    // [Okta provisioning-clients 5.3-11] The welcome page of an activation, the page of a reset.
    {"choose_password", {bad_token, active, active, active, bad_token, bad_token, bad_token, bad_token}},
    // [Okta provisioning-clients 5.3-11] [Okta provisioning-clients 5.3-14]
    {"fail_too_often", {bad_login, bad_login, locked_out, bad_login, bad_login, bad_login, bad_login, bad_login}},
    {"find_expired", {bad_login, bad_login, expired, bad_login, bad_login, expired, bad_login, bad_login}},
}};

constexpr std::array<std::string_view, all_user_statuses.size()> status_names{
    "STAGED", "PROVISIONED", "ACTIVE", "RECOVERY", "LOCKED_OUT", "PASSWORD_EXPIRED", "SUSPENDED", "DEPROVISIONED"};

}  // namespace

Step step_of(UserStatus status, Operation operation) {
  return steps_of_operations.at(static_cast<std::size_t>(operation)).steps.at(static_cast<std::size_t>(status));
}

std::string_view name_of(Operation operation) { return steps_of_operations.at(static_cast<std::size_t>(operation)).name; }

std::string_view name_of(UserStatus status) { return status_names.at(static_cast<std::size_t>(status)); }

std::optional<UserStatus> user_status_named(std::string_view name) {
  for (const auto status : all_user_statuses) {
    if (name_of(status) == name) return status;
  }
  return std::nullopt;
}

}  // namespace fakes::okta
