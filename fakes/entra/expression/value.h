// What an expression works on: the values of a user's attributes, and what functions make of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fakes::entra::expression {

using Texts = std::vector<std::string>;

/// Null, which is also what an absent attribute has; a text; True or False; an integer; or the values of a multi-valued
/// attribute. References and dates are texts: a date is no type of attributes. [Entra provisioning-clients 2.19-05]
using Value = std::variant<std::monostate, std::string, bool, std::int64_t, Texts>;

[[nodiscard]] bool is_null(const Value& value);
/// Null, the empty text or a list of nothing.
[[nodiscard]] bool is_null_or_empty(const Value& value);

/// `True` or `False`: how booleans look where a text is asked for. [Entra provisioning-clients 2.18-01]
[[nodiscard]] std::string_view spelling(bool truth);

/// Booleans and integers as they are written, a list of one value as that value; empty for null and longer lists.
[[nodiscard]] std::optional<std::string> as_text(const Value& value);
/// An integer, or a text that writes one: decimal with a sign at will, or `&H` and hexadecimal digits.
[[nodiscard]] std::optional<std::int64_t> as_integer(const Value& value);
/// A boolean, an integer other than 0, or a text that writes one of them; `True` and `False` in any letter case.
[[nodiscard]] std::optional<bool> as_truth(const Value& value);
/// The values of a list; of a single value that one; of null none.
[[nodiscard]] Texts as_list(const Value& value);

/// For messages: `null`, `a text`, `a list of 3 values`.
[[nodiscard]] std::string kind_of(const Value& value);

/// A whole number of 64 bits as expressions write it; empty for anything else. [Entra provisioning-clients 2.19-04]
[[nodiscard]] std::optional<std::int64_t> read_integer(std::string_view text);

}  // namespace fakes::entra::expression
