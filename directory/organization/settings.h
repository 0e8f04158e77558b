// What the organisation's administrators decide for all of it. It begins as the options of an installation
// say and is changed through the API from then on.
#pragma once

#include <optional>
#include <string>

#include "directory/users/user_state.h"

namespace directory {

/// The state of a user who comes without one, by where the user comes from. [rule D4] [rule D5]
struct NewUserStates {
  UserState manual_entry = UserState::activated;
  UserState csv_import = UserState::activated;
  UserState application_import = UserState::activated;

  bool operator==(const NewUserStates&) const = default;
};

/// Two documents disagree about users that SCIM creates. [rule D5b]
enum class ScimDefault {
  manual_entry,       ///< as the settings page labels it [rule D6]
  application_import  ///< as the API description of `jumpcloud:scim` has it
};

/// When a user without a password is sent the activation mail.
enum class ActivationMail {
  on_create,  ///< as soon as an activated user is created [rule D8]
  /// Only when an admin asks for it. Assumed for SCIM by one support article. [Entra provisioning-clients
  /// 1-16]
  on_request
};

/// Who decides about the passwords of users. Active Directory, the third choice of the settings page, is
/// refused: nothing here could take its place. [rule D40]
enum class PasswordAuthority { directory, scim };

/// A number that counts only while it is switched on; the API shows both.
struct PolicyLimit {
  bool enabled = false;
  int value = 0;

  [[nodiscard]] std::optional<int> active() const { return enabled ? std::optional(value) : std::nullopt; }
  bool operator==(const PolicyLimit&) const = default;
};

inline constexpr int shortest_password = 8;  ///< whatever the policy says [rule D111]
inline constexpr int longest_password = 64;

/// [rule D110]
struct PasswordPolicy {
  PolicyLimit min_length{true, 12};  // [rule D111]
  bool needs_lowercase = false;
  bool needs_uppercase = false;
  bool needs_numeric = false;
  bool needs_symbolic = false;
  bool allow_username_substring = true;
  bool disallow_common = false;
  bool disallow_sequential = false;
  PolicyLimit max_history{false, 5};
  PolicyLimit expiration_days{false, 90};
  PolicyLimit force_reset_days{false, 3};  ///< before expiration
  PolicyLimit min_change_days{false, 1};
  PolicyLimit max_login_attempts{true, 6};
  PolicyLimit lockout_seconds{false, 300};  ///< off: until an admin unlocks
  PolicyLimit reset_counter_minutes{false, 30};

  bool operator==(const PasswordPolicy&) const = default;
};

struct OrganizationSettings {
  std::string name = "Example";
  std::string contact_name;
  std::string contact_email;
  NewUserStates new_user_states;
  ScimDefault scim_default = ScimDefault::manual_entry;
  ActivationMail activation_mail = ActivationMail::on_create;
  /// Of users who come without one.
  PasswordAuthority password_authority = PasswordAuthority::directory;
  /// Whether a first portal login hands the password on to cloud directories. [rule R134] [rule D80]
  bool password_takeover = true;
  PasswordPolicy password_policy;

  [[nodiscard]] UserState state_of_scim_users() const {
    return scim_default == ScimDefault::manual_entry ? new_user_states.manual_entry
                                                     : new_user_states.application_import;
  }
  bool operator==(const OrganizationSettings&) const = default;
};

}  // namespace directory
