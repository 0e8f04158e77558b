// The table behind NormalizeDiacritics. Each group is written in lower case; its capitals follow from it, but for the Turkish
// dotted I, whose small letter is a plain i. Where Unicode has no single character, a letter stands before its accents.
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <memory>

#include "fakes/entra/expression/letters.h"

namespace fakes::entra::expression {
namespace {

struct Group {
  std::string_view plain;
  std::string_view accented;  ///< with blanks between
};

// [Entra provisioning-clients 2.19-18]
constexpr std::array groups{
    Group{"a", "ä à â ã å á ą ă ā ā́ ā̀ ā̂ ā̃ ǟ ā̈ ǡ a̱ å̄"},
    Group{"ae", "æ ǣ"},
    Group{"c", "ç č ć c̄ c̱"},
    Group{"d", "ď d̄ ḏ"},
    Group{"e", "ë è é ê ę ě ė ē ḗ ḕ ē̂ ē̃ ê̄ e̱ ë̄ e̊̄"},
    Group{"g", "ğ ḡ g̱"},
    Group{"i", "ï î ì í ı ī ī́ ī̀ ī̂ ī̃ i̱"},
    Group{"l", "ľ ł l̄ ḹ ḻ"},
    Group{"n", "ñ ń ň n̄ ṉ"},
    Group{"o", "ö ò ő õ ô ó ō ṓ ṑ ō̂ ō̃ ȫ ō̈ ǭ ȭ ȱ o̱"},
    Group{"oe", "ø œ ø̄ œ̄"},
    Group{"r", "ř r̄ ṟ ṝ"},
    Group{"ss", "ß"},
    Group{"s", "š ś ș ş s̄ s̱"},
    Group{"t", "ť ț t̄ ṯ"},
    Group{"u", "ü ù û ú ů ű ū ū́ ū̀ ū̂ ū̃ u̇̄ ǖ ṻ ṳ̄ u̱"},
    Group{"y", "ÿ ý ȳ ȳ́ ȳ̀ ȳ̃ y̱"},
    Group{"z", "ź ž ż z̄ ẕ"},
};

/// Letters and their accents as one character where there is one (NFC); what is no UTF-8 is U+FFFD.
std::u32string composed(std::string_view text) {
  const auto sound = to_utf8(code_points(text));
  utf8proc_uint8_t* out = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(sound.data()), static_cast<utf8proc_ssize_t>(sound.size()),
                                 &out, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(out, &std::free);
  if (size < 0) return code_points(sound);
  return code_points({reinterpret_cast<const char*>(out), static_cast<std::size_t>(size)});
}

struct Table {
  std::map<std::u32string, std::string, std::less<>> plain;
  std::size_t longest = 1;

  void add(std::u32string accented, std::string replaced) {
    longest = std::max(longest, accented.size());
    plain.emplace(std::move(accented), std::move(replaced));
  }
};

Table make_table() {
  Table table;
  table.add(U"\u0130", "I");
  for (const auto& group : groups) {
    for (auto left = group.accented; !left.empty();) {
      const auto end = std::min(left.find(' '), left.size());
      const auto small = left.substr(0, end);
      left.remove_prefix(std::min(end + 1, left.size()));
      table.add(composed(small), std::string(group.plain));
      const auto capital = composed(upper(small, Culture::invariant));
      if (capital != composed(small)) table.add(capital, upper(group.plain, Culture::invariant));
    }
  }
  return table;
}

}  // namespace

std::string without_diacritics(std::string_view text) {
  static const Table table = make_table();
  const auto points = composed(text);
  std::string out;
  for (std::size_t at = 0; at < points.size();) {
    auto length = std::min(table.longest, points.size() - at);
    auto known = table.plain.end();
    for (; length > 0; --length) {
      known = table.plain.find(std::u32string_view(points).substr(at, length));
      if (known != table.plain.end()) break;
    }
    out += length > 0 ? known->second : to_utf8(std::u32string_view(points).substr(at, 1));
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

}  // namespace fakes::entra::expression
