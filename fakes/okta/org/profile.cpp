#include "fakes/okta/org/profile.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "base/encoding.h"

namespace fakes::okta {
namespace {

constexpr std::array<std::string_view, 31> attributes{
    "login",      "email",      "secondEmail",   "firstName",     "lastName",          "middleName",     "honorificPrefix", "honorificSuffix",
    "title",      "displayName", "nickName",     "profileUrl",    "primaryPhone",      "mobilePhone",    "streetAddress",   "city",
    "state",      "zipCode",    "countryCode",   "postalAddress", "preferredLanguage", "locale",         "timezone",        "userType",
    "employeeNumber", "costCenter", "organization", "division",   "department",        "managerId",      "manager"};

struct Length {
  std::string_view attribute;
  std::size_t least;
  std::size_t most;
};

// [Okta provisioning-clients 5.2-08]
constexpr std::array required{Length{"login", 5, 100}, Length{"email", 5, 100}, Length{"firstName", 1, 50}, Length{"lastName", 1, 50}};

bool is_address(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos &&
         text.find(' ') == std::string_view::npos;
}

std::unexpected<Refusal> invalid_attribute(std::string_view attribute, std::string_view why) {
  return refuse(ErrorCode::validation, std::string(attribute), {fmt::format("{}: {}", attribute, why)});
}

}  // namespace

std::span<const std::string_view> default_attributes() { return attributes; }

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string value_or_empty(const Profile& profile, std::string_view attribute) {
  const auto found = profile.find(attribute);
  return found == profile.end() ? std::string{} : found->second;
}

std::string display_name_of(const Profile& profile) {
  auto name = value_or_empty(profile, "displayName");
  return name.empty() ? value_or_empty(profile, "firstName") + " " + value_or_empty(profile, "lastName") : name;
}

Outcome<void> check_profile(const Profile& profile, const std::vector<std::string>& custom_attributes) {
  for (const auto& [name, value] : profile) {
    if (!base::is_utf8(value)) return invalid_attribute(name, "The field is not UTF-8");
    if (std::ranges::count(attributes, name) > 0 || std::ranges::count(custom_attributes, name) > 0) continue;
    return invalid_attribute(name, "The field is not an attribute of the profile");
  }
  for (const auto& [attribute, least, most] : required) {
    const auto value = value_or_empty(profile, attribute);
    if (value.empty()) return invalid_attribute(attribute, "The field cannot be left blank");
    const auto length = count_characters(value);
    if (length < least || length > most) return invalid_attribute(attribute, fmt::format("The field must have {} to {} characters", least, most));
  }
  for (const auto* attribute : {"login", "email"}) {
    if (!is_address(value_or_empty(profile, attribute))) return invalid_attribute(attribute, "Must be in the form of an email address");
  }
  return {};
}

std::string folded(std::string_view login) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
  const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(login.data()),  // NOLINT: its bytes are unsigned
                                   static_cast<utf8proc_ssize_t>(login.size()), &mapped, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (length < 0) return base::to_lower(login);
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length)};  // NOLINT: likewise
}

}  // namespace fakes::okta
