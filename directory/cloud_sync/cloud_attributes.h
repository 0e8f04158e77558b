// The mapping of a user's attributes to those of an account at Microsoft, and what an instance's admin chose of it: which are
// kept in step from here, and which an import takes over from there. [rule D67] [rule D68] [rule R81]
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/json.h"
#include "directory/cloud_sync/cloud_directory.h"
#include "directory/users/user.h"

namespace directory {

/// What an attribute's choices may be.
enum class CloudAttributeKind : std::uint8_t {
  always,  ///< exported whatever anybody chooses [rule D68]
  chosen
};

struct CloudAttribute {
  std::string_view name;      ///< as the admin API calls it
  std::string_view property;  ///< Graph's
  CloudAttributeKind kind = CloudAttributeKind::chosen;
  std::optional<std::string> UserAttributes::*member = nullptr;  ///< null: not plain text
};

/// Of the built-in ones, those whose attributes the directory keeps.
inline constexpr std::array cloud_attributes{
    CloudAttribute{"displayname", "displayName", CloudAttributeKind::always, &UserAttributes::displayname},
    CloudAttribute{"firstname", "givenName", CloudAttributeKind::always, &UserAttributes::firstname},
    CloudAttribute{"lastname", "surname", CloudAttributeKind::always, &UserAttributes::lastname},
    CloudAttribute{"department", "department", CloudAttributeKind::chosen, &UserAttributes::department},
    CloudAttribute{"jobTitle", "jobTitle", CloudAttributeKind::chosen, &UserAttributes::job_title},
    CloudAttribute{"location", "officeLocation", CloudAttributeKind::chosen, &UserAttributes::location},
    CloudAttribute{"alternateEmail", "otherMails"},
    CloudAttribute{"manager", "manager"},
};

struct AttributeChoice {
  bool exported = true;
  bool imported = true;

  bool operator==(const AttributeChoice&) const = default;
};

/// By attribute; what is not there has the default.
using AttributeChoices = std::map<std::string, AttributeChoice, std::less<>>;

[[nodiscard]] const CloudAttribute* find_cloud_attribute(std::string_view name);
[[nodiscard]] AttributeChoices attribute_choices(Database& db, const CloudDirectoryId& id);
void choose_attribute(Database& db, const CloudDirectoryId& id, std::string_view attribute, const AttributeChoice& choice);
[[nodiscard]] AttributeChoice choice_of(const AttributeChoices& choices, const CloudAttribute& attribute);

/// The account's properties as they ought to be, without name, state and manager; null where the user has no value.
[[nodiscard]] base::JsonObject exported_properties(const User& user, const AttributeChoices& choices);
/// What an import takes of an account. [rule R81]
[[nodiscard]] UserAttributes imported_attributes(const base::Json& account, const AttributeChoices& choices);

}  // namespace directory
