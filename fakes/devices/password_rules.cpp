#include "fakes/devices/password_rules.h"

#include <algorithm>
#include <string_view>

namespace fakes::devices {
namespace {

/// A character of UTF-8 has one byte that is no continuation.
std::int64_t characters(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

bool has_between(std::string_view text, char first, char last) {
  return std::ranges::any_of(text, [&](char c) { return first <= c && c <= last; });
}

bool is_symbol(char c) {
  constexpr std::string_view symbols = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  return symbols.find(c) != std::string_view::npos;
}

}  // namespace

bool PasswordRules::met_by(const base::Secret& password) const {
  const std::string_view text = password.reveal();
  return characters(text) >= min_length && (!lowercase || has_between(text, 'a', 'z')) &&
         (!uppercase || has_between(text, 'A', 'Z')) && (!digit || has_between(text, '0', '9')) &&
         (!symbol || std::ranges::any_of(text, is_symbol));
}

PasswordRules read_password_rules(const base::Json& rules) {
  const auto asked = [&](std::string_view name) { return base::bool_member(rules, name).value_or(false); };
  return {base::integer_member(rules, "minLength").value_or(0), asked("needsLowercase"), asked("needsUppercase"),
          asked("needsNumeric"), asked("needsSymbolic")};
}

}  // namespace fakes::devices
