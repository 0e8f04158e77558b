// A user of the directory, as stored.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/instant.h"
#include "directory/core/options.h"
#include "directory/users/user_state.h"

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
  std::optional<std::string> middlename;
  std::optional<std::string> description;
  /// Where activation mail goes first; unique among alternate addresses. [rule D10]
  std::optional<std::string> alternate_email;
  /// The id of another user. [rule D26]
  std::optional<std::string> manager;
  /// Of the account on systems that number them; at least 1. [rule D20]
  std::optional<std::int64_t> unix_uid;
  std::optional<std::int64_t> unix_guid;

  bool operator==(const UserAttributes&) const = default;
};

/// What an admin decides about one user's password.
struct PasswordTerms {
  PasswordAuthority authority = PasswordAuthority::directory;  ///< [rule D23] [rule D41]
  bool never_expires = false;                                  ///< `password_never_expires` [rule D23]
  bool ignores_device_failures = false;                        ///< `disableDeviceMaxLoginAttempts` [rule V36]

  bool operator==(const PasswordTerms&) const = default;
};

struct User {
  UserId id;
  UserAttributes attributes;
  UserState state = UserState::activated;
  std::string creation_source;
  PasswordTerms password_terms;
  std::optional<std::string> password_hash;
  std::optional<base::Instant> password_set;
  /// When it expires or has expired; empty where it does not. [rule D22]
  std::optional<base::Instant> password_expires;
  std::optional<base::Instant> next_warning;  ///< of its expiry [rule D114]
  bool password_expired = false;
  bool locked = false;
  std::optional<base::Instant> locked_since;
  std::optional<base::Instant> unlocks;  ///< by itself; empty: when an admin does it
  int failed_logins = 0;                 ///< over the portal and all devices [rule D112]
  base::Instant created{};
  base::Instant modified{};
  std::int64_t version = 1;

  /// Resource access needs the active state and a password, neither expired nor locked.
  /// [rule R87] [rule D16] [rule D17]
  [[nodiscard]] bool may_use_resources() const {
    return state == UserState::activated && password_hash && !password_expired && !locked;
  }
  /// Whether a device lets the user in with a passcode of its own, which the directory does not know. R87 asks for a
  /// password of the directory's; D98 and V48 provide for people who have none, so here the binding decides.
  /// [rule V48] [rule D98] [rule D16] [rule D17]
  [[nodiscard]] bool may_sign_in_with_local_password() const {
    return state == UserState::activated && !password_expired && !locked;
  }
  /// The name of the account that agents manage. [rule V2]
  [[nodiscard]] const std::string& local_account() const {
    return attributes.system_username ? *attributes.system_username : attributes.username;
  }
  /// Where a first mail goes. [rule D10]
  [[nodiscard]] const std::string& activation_address() const {
    return attributes.alternate_email ? *attributes.alternate_email : attributes.email;
  }
};

[[nodiscard]] PasswordStatus password_status(const User& user);

/// An attribute that is plain text: the name that events and the admin API use, and its column.
struct TextAttribute {
  std::string_view name;
  std::string_view column;
  std::optional<std::string> UserAttributes::*member;
};

inline constexpr std::array text_attributes{
    TextAttribute{"externalId", "external_id", &UserAttributes::external_id},
    TextAttribute{"firstname", "firstname", &UserAttributes::firstname},
    TextAttribute{"lastname", "lastname", &UserAttributes::lastname},
    TextAttribute{"displayname", "displayname", &UserAttributes::displayname},
    TextAttribute{"jobTitle", "job_title", &UserAttributes::job_title},
    TextAttribute{"department", "department", &UserAttributes::department},
    TextAttribute{"location", "location", &UserAttributes::location},
    TextAttribute{"costCenter", "cost_center", &UserAttributes::cost_center},
    TextAttribute{"employeeType", "employee_type", &UserAttributes::employee_type},
    TextAttribute{"company", "company", &UserAttributes::company},
    TextAttribute{"employeeIdentifier", "employee_identifier", &UserAttributes::employee_identifier},
    TextAttribute{"systemUsername", "system_username", &UserAttributes::system_username},
    TextAttribute{"middlename", "middlename", &UserAttributes::middlename},
    TextAttribute{"description", "description", &UserAttributes::description},
    TextAttribute{"alternateEmail", "alternate_email", &UserAttributes::alternate_email},
    TextAttribute{"manager", "manager", &UserAttributes::manager},
};

/// The same for whole numbers.
struct NumberAttribute {
  std::string_view name;
  std::string_view column;
  std::optional<std::int64_t> UserAttributes::*member;
};

inline constexpr std::array number_attributes{
    NumberAttribute{"unix_uid", "unix_uid", &UserAttributes::unix_uid},
    NumberAttribute{"unix_guid", "unix_guid", &UserAttributes::unix_guid},
};

}  // namespace directory
