// "Did you mean": the known word nearest to one that is not known.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace scenarios {

/// The longest word, in bytes, that is compared; longer ones are near to nothing.
inline constexpr std::size_t longest_compared_word = 64;

/// The candidate with the smallest Damerau-Levenshtein distance to the word, the first of several. It must be
/// at most a third of the word's length, rounded up, and leave at least one letter in place.
[[nodiscard]] std::optional<std::string> nearest_key(std::string_view word,
                                                     std::span<const std::string_view> candidates);

/// "unknown key 'usre'; did you mean 'user'?" or, with nothing near, "unknown key 'x'; known here: a, b, c".
[[nodiscard]] std::string unknown_key_message(std::string_view word,
                                              std::span<const std::string_view> candidates);

/// A word as messages show it: at most 40 bytes of whole UTF-8 characters, then `...`; a control character is
/// a `?`.
[[nodiscard]] std::string shown_word(std::string_view word);

}  // namespace scenarios
