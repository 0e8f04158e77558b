#include "directory/users/user_transitions.h"

#include <fmt/format.h>

#include <array>

#include "base/enumerated.h"

namespace directory {
namespace {

/// One action: for each state a letter for each password status, in the order pending, active, expired,
/// locked, expired and locked. `y` changes, `-` nothing, `n` refused.
struct TransitionRow {
  UserAction action;
  std::string_view staged, activated, suspended;
  std::string_view what;
};

constexpr std::array table{
    TransitionRow{UserAction::stage, "-----", "nnnnn", "nnnnn", "go back to STAGED"},                      // [rule D3]
    TransitionRow{UserAction::become_activated, "yyyyy", "-----", "yyyyy", "become ACTIVATED"},            // [rule D19]
    TransitionRow{UserAction::suspend, "yyyyy", "yyyyy", "-----", "be suspended"},                         // [rule R19]
    TransitionRow{UserAction::activate, "yyyyy", "-----", "nnnnn", "be activated"},                        // [rule D9]
    TransitionRow{UserAction::send_activation_mail, "nnnnn", "ynnnn", "nnnnn", "get an activation mail"},  // [rule R11]
    TransitionRow{UserAction::set_password_as_admin, "yyyyy", "yyyyy", "nnnnn", "be given a password"},    // [rule D18]
    TransitionRow{UserAction::set_password_as_user, "nnnnn", "yyyyy", "nnnnn", "set a password"},          // [rule D15]
    TransitionRow{UserAction::set_password_as_authority, "yyyyy", "yyyyy", "yyyyy",
        "be given a password"},                                                                // [rule D42]
    TransitionRow{UserAction::request_reset, "nnnnn", "nyyyy", "nnnnn", "reset the password"},           // [rule D18]
    TransitionRow{UserAction::expire_password, "-y-y-", "-y-y-", "-y-y-", "have the password expired"},  // [rule D25]
    TransitionRow{UserAction::lock, "nnnnn", "nyy--", "nnnnn", "be locked"},                             // [rule D112]
    TransitionRow{UserAction::unlock, "---yy", "---yy", "nnnnn", "be unlocked"},                         // [rule D18]
    TransitionRow{UserAction::log_in, "nnnnn", "nynnn", "nnnnn", "log in"},                              // [rule R87]
};

const TransitionRow& row_of(UserAction action) {
  return table.at(static_cast<std::size_t>(action));
}

static_assert(base::is_in_order_of(table, &TransitionRow::action));

}  // namespace

Verdict decide(UserAction action, UserState state, PasswordStatus status) {
  const auto& row = row_of(action);
  const auto& letters = state == UserState::staged      ? row.staged
                        : state == UserState::activated ? row.activated
                                                        : row.suspended;
  switch (letters.at(static_cast<std::size_t>(status))) {
    case 'y':
      return Verdict::changes;
    case '-':
      return Verdict::nothing;
    default:
      return Verdict::refused;
  }
}

Refusal refusal_of(UserAction action, UserState state, PasswordStatus status) {
  return {Refusal::Kind::forbidden, "state",
          fmt::format("a user who is {} and whose password is {} cannot {}", state_name(state),
                      status_name(status), row_of(action).what)};
}

}  // namespace directory
