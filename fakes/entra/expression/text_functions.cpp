// Functions of texts. Positions and lengths count UTF-16 units, as the service's own strings do.
#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "fakes/entra/expression/families.h"
#include "fakes/entra/expression/functions.h"
#include "fakes/entra/expression/letters.h"

namespace fakes::entra::expression {
namespace {

bool is_subtag(std::string_view text) {
  return text.size() >= 2 && text.size() <= 8 && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

/// Of a name such as `tr-TR`; empty for what looks like none. No name is the invariant culture.
std::optional<Culture> culture_of(std::string_view name) {
  if (name.empty()) return Culture::invariant;
  const auto language = name.substr(0, name.find('-'));
  if (language.size() > 3) return std::nullopt;
  for (auto left = name; !left.empty();) {
    const auto end = std::min(left.find('-'), left.size());
    if (!is_subtag(left.substr(0, end)) || end + 1 == left.size()) return std::nullopt;
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  const auto is = [language](std::string_view other) { return base::equals_ignoring_case(language, other); };
  return is("tr") || is("az") ? Culture::turkic : Culture::other;
}

Value in_case(Arguments& arguments, std::string (*change)(std::string_view, Culture)) {
  const auto source = arguments.text(0);
  const auto name = arguments.text_or_empty(1);
  const auto culture = culture_of(name);
  if (!culture) return arguments.fail(ErrorCode::bad_argument, "a culture is named as en-US or ja-JP are");
  if (!source) return {};
  return change(*source, *culture);
}

}  // namespace

Value append(Arguments& arguments) {
  const auto source = arguments.text(0);
  const auto suffix = arguments.text_or_empty(1);
  if (!source) return {};
  return *source + suffix;
}

Value left(Arguments& arguments) {
  auto source = arguments.text_or_empty(0);
  const auto length = arguments.integer(1);
  if (length < 0) return source;
  return from_utf16(to_utf16(source).substr(0, static_cast<std::size_t>(length)));
}

/// Assumed: as Entra Connect's function of this name, which Left agrees with: null is the empty text, and the source comes back
/// whole for a length below 0 and for a start before its first character or behind its last.
Value mid(Arguments& arguments) {
  auto source = arguments.text_or_empty(0);
  const auto start = arguments.integer(1);
  const auto length = arguments.integer(2);
  const auto units = to_utf16(source);
  if (length < 0 || start < 1 || static_cast<std::uint64_t>(start) > units.size()) return length == 0 ? Value("") : Value(source);
  return from_utf16(units.substr(static_cast<std::size_t>(start - 1), static_cast<std::size_t>(length)));
}

/// Assumed: as Entra Connect's function of this name, 0 where nothing is found; and letter case counts unless vbTextCompare says
/// otherwise.
Value in_str(Arguments& arguments) {
  auto source = arguments.text(0);
  auto wanted = arguments.text_or_empty(1);
  const auto start = arguments.given(2) ? arguments.integer(2) : 1;
  const auto how = arguments.given(3) ? arguments.text_or_empty(3) : std::string(compare_binary);
  if (!source || arguments.failed()) return {};
  if (start < 1) return arguments.fail(ErrorCode::out_of_range, "the first character is 1");
  if (how != compare_binary && how != compare_text) {
    return arguments.fail(ErrorCode::bad_argument, "texts are compared by vbBinaryCompare or vbTextCompare");
  }
  if (how == compare_text) {
    source = lower(*source, Culture::invariant);
    wanted = lower(wanted, Culture::invariant);
  }
  const auto found = to_utf16(*source).find(to_utf16(wanted), static_cast<std::size_t>(start - 1));
  return found == std::u16string::npos ? std::int64_t{0} : static_cast<std::int64_t>(found) + 1;
}

Value word(Arguments& arguments) {
  const auto source = code_points(arguments.text_or_empty(0));
  const auto number = arguments.integer(1);
  const auto delimiters = code_points(arguments.text_or_empty(2));
  std::int64_t met = 0;
  for (std::size_t at = source.find_first_not_of(delimiters); at != std::u32string::npos;) {
    const auto end = std::min(source.find_first_of(delimiters, at), source.size());
    if (++met == number) return to_utf8(std::u32string_view(source).substr(at, end - at));
    at = source.find_first_not_of(delimiters, end);
  }
  return std::string();
}

Value strip_spaces(Arguments& arguments) {
  auto source = arguments.text(0);
  if (!source) return {};
  std::erase(*source, ' ');
  return *std::move(source);
}

Value normalize_diacritics(Arguments& arguments) {
  const auto source = arguments.text(0);
  if (!source) return {};
  return without_diacritics(*source);
}

Value p_case(Arguments& arguments) {
  const auto source = arguments.text(0);
  const bool own_separators = arguments.given(1);
  const auto separators = arguments.text_or_empty(1);
  if (!source) return {};
  return own_separators ? title_case(*source, separators) : title_case(*source);
}

Value to_lower(Arguments& arguments) { return in_case(arguments, lower); }

Value to_upper(Arguments& arguments) { return in_case(arguments, upper); }

Value convert_to_base64(Arguments& arguments) {
  const auto source = arguments.text(0);
  if (!source) return {};
  std::string bytes;
  for (const auto unit : to_utf16(*source)) {
    bytes += static_cast<char>(unit & 0xFF);
    bytes += static_cast<char>(unit >> 8);
  }
  return base::to_base64(bytes);
}

Value convert_to_utf8_hex(Arguments& arguments) {
  const auto source = arguments.text(0);
  if (!source) return {};
  return upper(base::to_hex(*source), Culture::invariant);
}

}  // namespace fakes::entra::expression
