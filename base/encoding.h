// Text encodings of bytes: hexadecimal, base64 in both alphabets, percent-encoding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace base {

/// Lower-case, two digits a byte.
[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text);

/// With padding. [RFC4648 4]
[[nodiscard]] std::string to_base64(std::string_view bytes);
/// URL alphabet without padding. [RFC4648 5]
[[nodiscard]] std::string to_base64url(std::string_view bytes);
/// Accepts the standard alphabet with padding; nothing else.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
/// Accepts the URL alphabet without padding; nothing else.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

/// Everything but unreserved characters becomes %XX. [RFC3986 2.1]
[[nodiscard]] std::string percent_encode(std::string_view text);
/// Empty on a broken escape. `plus_is_space` serves query strings of form encoders.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);

/// True for well-formed UTF-8: no overlong forms, surrogates or code points above U+10FFFF. [RFC3629 4]
[[nodiscard]] bool is_utf8(std::string_view text);

/// The longest beginning of at most `most` bytes that ends between characters.
[[nodiscard]] std::string_view utf8_prefix(std::string_view text, std::size_t most);

/// ASCII letters only; what identifiers and header names compare by.
[[nodiscard]] std::string to_lower(std::string_view text);
[[nodiscard]] bool equals_ignoring_case(std::string_view left, std::string_view right);

}  // namespace base
