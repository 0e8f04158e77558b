// A user of the directory, as stored, and the words for its states.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/instant.h"
#include "directory/core/options.h"

namespace directory {

using UserId = base::Id<struct UserTag>;
using SystemId = base::Id<struct SystemTag>;

/// What an integration or an admin may set. [rule R44] and the rows after it
struct UserAttributes {
  std::string username;
  std::string email;
  std::optional<std::string> external_id;
  std::optional<std::string> firstname;
  std::optional<std::string> lastname;
  std::optional<std::string> displayname;
  std::optional<std::string> job_title;
  std::optional<std::string> department;
  std::optional<std::string> location;
  std::optional<std::string> cost_center;
  std::optional<std::string> employee_type;
  std::optional<std::string> company;
  std::optional<std::string> employee_identifier;
  /// "Local User Account": the account's name on devices, where it differs from the username. [rule D24]
  std::optional<std::string> system_username;

  bool operator==(const UserAttributes&) const = default;
};

struct User {
  UserId id;
  UserAttributes attributes;
  UserState state = UserState::activated;
  std::string creation_source;
  std::optional<std::string> password_hash;
  std::optional<base::Instant> password_set;
  bool password_expired = false;
  bool locked = false;
  int failed_logins = 0;
  base::Instant created{};
  base::Instant modified{};
  std::int64_t version = 1;

  /// Resource access needs the active state and a password, neither expired nor locked.
  /// [rule R87] [rule D16] [rule D17]
  [[nodiscard]] bool may_use_resources() const {
    return state == UserState::activated && password_hash && !password_expired && !locked;
  }
  /// The name of the account that agents manage. [rule V2]
  [[nodiscard]] const std::string& local_account() const {
    return attributes.system_username ? *attributes.system_username : attributes.username;
  }
};

/// What an admin sees beside a user. Expired and locked may hold together; locked is shown then. [rule D14]
enum class PasswordStatus { pending, active, expired, locked };

[[nodiscard]] PasswordStatus password_status(const User& user);

/// `STAGED`, `ACTIVATED`, `SUSPENDED`. [rule D3]
[[nodiscard]] std::string_view state_name(UserState state);
[[nodiscard]] std::optional<UserState> parse_state(std::string_view name);

/// An attribute that is plain text, under the name that events and the admin API use.
struct TextAttribute {
  std::string_view name;
  std::optional<std::string> UserAttributes::* member;
};

inline constexpr std::array text_attributes{
    TextAttribute{"externalId", &UserAttributes::external_id},
    TextAttribute{"firstname", &UserAttributes::firstname},
    TextAttribute{"lastname", &UserAttributes::lastname},
    TextAttribute{"displayname", &UserAttributes::displayname},
    TextAttribute{"jobTitle", &UserAttributes::job_title},
    TextAttribute{"department", &UserAttributes::department},
    TextAttribute{"location", &UserAttributes::location},
    TextAttribute{"costCenter", &UserAttributes::cost_center},
    TextAttribute{"employeeType", &UserAttributes::employee_type},
    TextAttribute{"company", &UserAttributes::company},
    TextAttribute{"employeeIdentifier", &UserAttributes::employee_identifier},
    TextAttribute{"systemUsername", &UserAttributes::system_username},
};

}  // namespace directory
