// A user's profile: texts by attribute. What is not set is not in it. [Okta provisioning-clients 5.2-09]
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/okta/org/refusal.h"

namespace fakes::okta {

using Profile = std::map<std::string, std::string, std::less<>>;
/// By attribute: a new value, or nothing where it is cleared.
using ProfileChanges = std::map<std::string, std::optional<std::string>, std::less<>>;

/// `login` to `manager`. [Okta provisioning-clients 5.2-09]
[[nodiscard]] std::span<const std::string_view> default_attributes();

/// Empty where it is not set.
[[nodiscard]] std::string value_or_empty(const Profile& profile, std::string_view attribute);
/// The profile's, or the two names.
[[nodiscard]] std::string display_name_of(const Profile& profile);

/// Of well-formed UTF-8.
[[nodiscard]] std::size_t count_characters(std::string_view text);

/// Names, lengths, and the form of login and e-mail. [Okta provisioning-clients 5.2-08]
[[nodiscard]] Outcome<void> check_profile(const Profile& profile, const std::vector<std::string>& custom_attributes);

/// What logins are compared by: without case and accents. [Okta provisioning-clients 5.2-08]
[[nodiscard]] std::string folded(std::string_view login);

}  // namespace fakes::okta
