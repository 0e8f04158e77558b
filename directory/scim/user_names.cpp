#include "directory/scim/user_names.h"

#include <fmt/format.h>

#include "directory/users/attribute_rules.h"

namespace directory::scim {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_allowed(char c, UsernameDots dots) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || (c == '.' && dots == UsernameDots::allowed);
}

// Room is left for a number behind it.
constexpr std::size_t longest = longest_attribute - 12;

}  // namespace

std::string username_from(std::string_view login, UsernameDots dots) {
  const auto at = login.find('@');
  if (at != std::string_view::npos && at > 0) login = login.substr(0, at);
  std::string username;
  bool replaced = false;
  for (const char c : login) {
    const bool allowed = is_allowed(c, dots);
    if (allowed) {
      username += c;
    } else if (!replaced) {
      username += '_';
    }
    replaced = !allowed;
  }
  if (username.empty() || !is_letter(username.front())) username.insert(0, "u");
  if (username.size() > longest) username.resize(longest);
  return username;
}

std::string numbered(std::string_view username, int number) {
  return fmt::format("{}{}", username, number);
}

}  // namespace directory::scim
