#include "fakes/entra/expression/letters.h"

#include <utf8proc.h>

#include <algorithm>

namespace fakes::entra::expression {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr char32_t dotted_capital = 0x130;
constexpr char32_t dotless_small = 0x131;
/// It has no capital of its own in Unicode's simple mapping, which utf8proc goes beyond.
constexpr char32_t sharp_s = 0xDF;

bool is_high(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

void append_utf8(char32_t point, std::string& out) {
  utf8proc_uint8_t bytes[4];
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

char32_t lower(char32_t point, Culture culture) {
  if (culture == Culture::turkic && point == U'I') return dotless_small;
  if (culture == Culture::invariant && point == dotted_capital) return point;
  return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(point)));
}

char32_t upper(char32_t point, Culture culture) {
  if (culture == Culture::turkic && point == U'i') return dotted_capital;
  if (point == sharp_s || (culture == Culture::invariant && point == dotless_small)) return point;
  return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(point)));
}

char32_t title(char32_t point) {
  if (point == sharp_s) return point;
  return static_cast<char32_t>(utf8proc_totitle(static_cast<utf8proc_int32_t>(point)));
}

utf8proc_category_t category(char32_t point) { return utf8proc_category(static_cast<utf8proc_int32_t>(point)); }

bool is_letter(char32_t point) {
  const auto kind = category(point);
  return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

/// Blanks, controls, punctuation and symbols; not marks, digits and what is unassigned.
bool ends_word(char32_t point) {
  if (point == U'\'') return false;
  const auto kind = category(point);
  return kind >= UTF8PROC_CATEGORY_PC && kind <= UTF8PROC_CATEGORY_CF;
}

}  // namespace

std::u32string code_points(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  while (!text.empty()) {
    utf8proc_int32_t point = 0;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &point);
    points += size > 0 ? static_cast<char32_t>(point) : replacement;
    text.remove_prefix(size > 0 ? static_cast<std::size_t>(size) : 1);
  }
  return points;
}

std::string to_utf8(std::u32string_view points) {
  std::string out;
  out.reserve(points.size());
  for (const auto point : points) append_utf8(point, out);
  return out;
}

std::u16string to_utf16(std::string_view text) {
  std::u16string units;
  units.reserve(text.size());
  for (const auto point : code_points(text)) {
    if (point < 0x10000) {
      units += static_cast<char16_t>(point);
    } else {
      units += static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10));
      units += static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF));
    }
  }
  return units;
}

std::string from_utf16(std::u16string_view units) {
  std::string out;
  out.reserve(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    const char32_t unit = units[i];
    if (is_high(unit) && i + 1 < units.size() && is_low(units[i + 1])) {
      append_utf8(0x10000 + ((unit - 0xD800) << 10) + (units[++i] - 0xDC00), out);
    } else {
      append_utf8(is_high(unit) || is_low(unit) ? replacement : unit, out);
    }
  }
  return out;
}

std::size_t utf16_length(std::string_view text) { return to_utf16(text).size(); }

std::string lower(std::string_view text, Culture culture) {
  auto points = code_points(text);
  for (auto& point : points) point = lower(point, culture);
  return to_utf8(points);
}

std::string upper(std::string_view text, Culture culture) {
  auto points = code_points(text);
  for (auto& point : points) point = upper(point, culture);
  return to_utf8(points);
}

std::string title_case(std::string_view text) {
  auto points = code_points(text);
  bool inside = false;
  for (auto& point : points) {
    point = lower(point, Culture::invariant);
    if (inside) {
      inside = !ends_word(point);
    } else if (is_letter(point)) {
      point = title(point);
      inside = true;
    }
  }
  return to_utf8(points);
}

std::string title_case(std::string_view text, std::string_view separators) {
  const auto ends = code_points(separators);
  auto points = code_points(text);
  bool inside = false;
  for (auto& point : points) {
    point = inside ? lower(point, Culture::invariant) : title(point);
    inside = ends.find(point) == std::u32string::npos;
  }
  return to_utf8(points);
}

}  // namespace fakes::entra::expression
