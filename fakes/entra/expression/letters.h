// Texts as the provisioning service sees them: in UTF-16 units, with letters of all scripts. Bytes that are no UTF-8 are read as
// U+FFFD, and so is half a pair that a cut left behind.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fakes::entra::expression {

[[nodiscard]] std::u32string code_points(std::string_view text);
[[nodiscard]] std::string to_utf8(std::u32string_view points);

[[nodiscard]] std::u16string to_utf16(std::string_view text);
[[nodiscard]] std::string from_utf16(std::u16string_view units);
[[nodiscard]] std::size_t utf16_length(std::string_view text);

/// Whose rules change letter case. Turkish and Azeri have an i with a dot and one without; the invariant rules leave those
/// two letters of theirs alone.
enum class Culture { invariant, turkic, other };

/// Letter by letter, so that `ß` stays in upper case.
[[nodiscard]] std::string lower(std::string_view text, Culture culture);
[[nodiscard]] std::string upper(std::string_view text, Culture culture);

/// Each word with a capital and the rest in lower case. A word begins with the first letter and ends with a blank,
/// punctuation or a symbol, but not with an apostrophe. Assumed: as .NET's ToTitleCase does for a text in lower case.
/// [Entra provisioning-clients 2.19-19]
[[nodiscard]] std::string title_case(std::string_view text);
/// The same, where a word ends with one of the separators and nothing else.
[[nodiscard]] std::string title_case(std::string_view text, std::string_view separators);

/// By a table of the letters of European languages; what is not in it stays. [Entra provisioning-clients 2.19-18]
[[nodiscard]] std::string without_diacritics(std::string_view text);

}  // namespace fakes::entra::expression
