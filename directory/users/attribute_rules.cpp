#include "directory/users/attribute_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"

namespace directory {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

Refusal invalid(std::string_view field, std::string message) {
  return {Refusal::Kind::invalid, std::string(field), std::move(message)};
}

}  // namespace

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
  return count;
}

bool is_username(std::string_view text) {
  if (text.empty() || !is_letter(text.front())) return false;
  return std::ranges::all_of(text, [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-'; });
}

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || text.find('@', at + 1) != std::string_view::npos) return false;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= ' ' || c == 0x7F) return false;
  }
  const auto domain = text.substr(at + 1);
  const auto dot = domain.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < domain.size();
}

std::optional<Refusal> check_attributes(const UserAttributes& attributes) {
  if (attributes.username.empty()) return invalid("username", "a username is required");
  if (attributes.username.find('@') != std::string::npos) {
    return invalid("username", "an e-mail address cannot be the username");
  }
  if (!is_username(attributes.username)) {
    return invalid("username",
                   "a username starts with a letter and holds letters, digits, dots, underscores and hyphens only");
  }
  if (characters(attributes.username) > longest_attribute) {
    return invalid("username", fmt::format("a username has at most {} characters", longest_attribute));
  }
  if (attributes.email.empty()) return invalid("email", "an e-mail address is required");
  if (!is_email(attributes.email)) return invalid("email", "the e-mail address is not valid");
  if (characters(attributes.email) > longest_attribute) {
    return invalid("email", fmt::format("an e-mail address has at most {} characters", longest_attribute));
  }
  for (const auto& attribute : text_attributes) {
    const auto& value = attributes.*attribute.member;
    if (!value) continue;
    if (!base::is_utf8(*value)) return invalid(attribute.name, "the value is not valid UTF-8");
    const auto longest =
        attribute.member == &UserAttributes::employee_identifier ? longest_employee_identifier : longest_attribute;
    if (characters(*value) > longest) {
      return invalid(attribute.name, fmt::format("{} has at most {} characters", attribute.name, longest));
    }
  }
  if (attributes.system_username && !is_username(*attributes.system_username)) {
    return invalid("systemUsername", "a Local User Account starts with a letter and holds letters, digits, dots, "
                                     "underscores and hyphens only");
  }
  for (const auto& attribute : number_attributes) {
    if ((attributes.*attribute.member).value_or(1) < 1) {
      return invalid(attribute.name, fmt::format("{} is at least 1", attribute.name));
    }
  }
  if (attributes.alternate_email && !is_email(*attributes.alternate_email)) {
    return invalid("alternateEmail", "the alternate e-mail address is not valid");
  }
  return std::nullopt;
}

std::optional<Refusal> check_dots(std::string_view username, UsernameDots dots) {
  if (dots == UsernameDots::allowed || username.find('.') == std::string_view::npos) return std::nullopt;
  return invalid("username", "a username must not have a dot");
}

}  // namespace directory
