#include "fakes/okta/org/password_policy.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "fakes/okta/org/profile.h"

namespace fakes::okta {
namespace {

constexpr std::string_view separators = ",._#@-";  // [Okta provisioning-clients 5.2-10]
constexpr std::size_t least_part = 4;

bool has(std::string_view text, bool (*is_one)(unsigned char)) { return std::ranges::any_of(text, is_one); }

bool is_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
bool is_symbol(unsigned char c) { return c > ' ' && c < 0x7F && !is_upper(c) && !is_lower(c) && !is_digit(c); }

bool holds_part(std::string_view password, std::string_view login) {
  const auto text = base::to_lower(password);
  const auto name = base::to_lower(login);
  for (std::size_t from = 0; from <= name.size();) {
    const auto to = std::min(name.find_first_of(separators, from), name.size());
    if (to - from >= least_part && text.contains(name.substr(from, to - from))) return true;
    from = to + 1;
  }
  return false;
}

}  // namespace

std::vector<std::string> faults_of(const base::Secret& password, std::string_view login, const PasswordPolicy& policy) {
  const auto& text = password.reveal();
  const auto length = count_characters(text);
  std::vector<std::string> faults;
  if (length < policy.least_length) faults.push_back(fmt::format("password: at least {} characters", policy.least_length));
  if (length > longest_password) faults.push_back(fmt::format("password: at most {} characters", longest_password));
  if (policy.lower && !has(text, is_lower)) faults.emplace_back("password: a lowercase letter");
  if (policy.upper && !has(text, is_upper)) faults.emplace_back("password: an uppercase letter");
  if (policy.digit && !has(text, is_digit)) faults.emplace_back("password: a number");
  if (policy.symbol && !has(text, is_symbol)) faults.emplace_back("password: a symbol");
  if (policy.exclude_login_parts && holds_part(text, login)) faults.emplace_back("password: no parts of your username");
  return faults;
}

}  // namespace fakes::okta
