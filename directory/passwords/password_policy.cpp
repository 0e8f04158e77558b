#include "directory/passwords/password_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/encoding.h"
#include "directory/passwords/common_passwords.h"
#include "directory/users/attribute_rules.h"

namespace directory {
namespace {

constexpr int warning_days = 7;
// Assumed: no public source says how long a sequence or a username must be to count.
constexpr std::size_t longest_run = 3;
constexpr std::size_t shortest_username = 3;

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_symbol(char c) {
  return c > ' ' && c < 0x7F && !is_lower(c) && !is_upper(c) && !is_digit(c);
}

/// More than three characters in a row that are alike or follow each other: `aaaa`, `1234`, `dcba`.
bool has_run(std::string_view text) {
  for (const int step : {0, 1, -1}) {
    std::size_t run = 1;
    for (std::size_t i = 1; i < text.size(); ++i) {
      const bool goes_on =
          static_cast<unsigned char>(text[i]) - static_cast<unsigned char>(text[i - 1]) == step &&
          (step == 0 || is_lower(text[i]) || is_upper(text[i]) || is_digit(text[i]));
      run = goes_on ? run + 1 : 1;
      if (run > longest_run) return true;
    }
  }
  return false;
}

Refusal weak(std::string message) {
  return {Refusal::Kind::invalid, "password", std::move(message)};
}

}  // namespace

ComplexityRules complexity_of(const PasswordPolicy& policy) {
  return {policy.min_length.active().value_or(shortest_password), policy.needs_lowercase, policy.needs_uppercase,
          policy.needs_numeric, policy.needs_symbolic};
}

std::optional<Refusal> check_password(const PasswordPolicy& policy, const UserAttributes& owner,
                                      const base::Secret& password) {
  const std::string_view text = password.reveal();
  const auto length = characters(text);
  const auto least = static_cast<std::size_t>(complexity_of(policy).min_length);
  if (length < least || length > longest_password) {
    return weak(fmt::format("a password has {} to {} characters", least, longest_password));
  }
  if (policy.needs_lowercase && !std::ranges::any_of(text, is_lower))
    return weak("a password needs a lower-case letter");
  if (policy.needs_uppercase && !std::ranges::any_of(text, is_upper))
    return weak("a password needs an upper-case letter");
  if (policy.needs_numeric && !std::ranges::any_of(text, is_digit)) return weak("a password needs a digit");
  if (policy.needs_symbolic && !std::ranges::any_of(text, is_symbol))
    return weak("a password needs a symbol");
  const auto lower = base::Secret(base::to_lower(text));
  if (!policy.allow_username_substring && owner.username.size() >= shortest_username &&
      lower.reveal().find(base::to_lower(owner.username)) != std::string::npos) {
    return weak("a password does not contain the username");
  }
  if (policy.disallow_common && is_common_password(lower.reveal()))
    return weak("the password is a common one");
  if (policy.disallow_sequential && has_run(text)) {
    return weak("a password has no more than three characters in a row that repeat or follow each other");
  }
  return std::nullopt;
}

Expiry expiry_of(const PasswordPolicy& policy, const User& user, base::Instant now) {
  const auto days = policy.expiration_days.active();
  if (!days || !user.password_set || user.password_terms.never_expires ||
      user.password_terms.authority != PasswordAuthority::directory) {
    return {};
  }
  Expiry expiry{*user.password_set + std::chrono::days{*days}, std::nullopt};
  for (int before = warning_days; before > 0 && !expiry.next_warning; --before) {
    const auto warning = *expiry.expires - std::chrono::days{before};
    if (warning > now) expiry.next_warning = warning;
  }
  return expiry;
}

}  // namespace directory
