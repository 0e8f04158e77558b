// The articles' attribute table: what a value must look like.
#pragma once

#include <optional>
#include <string_view>

#include "directory/core/options.h"
#include "directory/core/refusal.h"
#include "directory/users/user.h"

namespace directory {

inline constexpr std::size_t longest_attribute = 1024;           // [rule R45]
inline constexpr std::size_t longest_employee_identifier = 256;  // [rule D20]

/// Characters, not bytes: the articles' limits are about text.
[[nodiscard]] std::size_t characters(std::string_view text);

/// A username starts with a letter and goes on with letters, digits, `.`, `_` or `-`; an e-mail address is
/// none. [rule R44] [rule RT10] [rule D29]
[[nodiscard]] bool is_username(std::string_view text);

/// One `@` with something on both sides, no spaces, a dot in the domain. Deliberately no more: what mail
/// systems accept is theirs to say. [rule R47]
[[nodiscard]] bool is_email(std::string_view text);

/// The first rule that the attributes break.
[[nodiscard]] std::optional<Refusal> check_attributes(const UserAttributes& attributes);
/// The same of a username that is new, where a dot may be one of the special characters. A name that a user has stays good, and so does
/// that of an account on devices. [rule RT10]
[[nodiscard]] std::optional<Refusal> check_dots(std::string_view username, UsernameDots dots);

}  // namespace directory
