#include "fakes/scim/text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "base/encoding.h"

namespace fakes::scim {
namespace {

/// Pairs of a plain letter and the same with the accent.
struct Accent {
  char32_t mark;
  std::u32string_view letters;
};

constexpr std::array accents{
    Accent{U'\u0300', U"AÀEÈIÌOÒUÙaàeèiìoòuù"},
    Accent{U'\u0301', U"AÁEÉIÍOÓUÚYÝCĆLĹNŃRŔSŚZŹaáeéiíoóuúyýcćlĺnńrŕsśzź"},
    Accent{U'\u0302', U"AÂEÊIÎOÔUÛCĈGĜHĤJĴSŜWŴYŶaâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷ"},
    Accent{U'\u0303', U"AÃNÑOÕIĨUŨaãnñoõiĩuũ"},
    Accent{U'\u0304', U"AĀEĒIĪOŌUŪaāeēiīoōuū"},
    Accent{U'\u0306', U"AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭ"},
    Accent{U'\u0307', U"CĊEĖGĠIİZŻcċeėgġzż"},
    Accent{U'\u0308', U"AÄEËIÏOÖUÜYŸaäeëiïoöuüyÿ"},
    Accent{U'\u030a', U"AÅUŮaåuů"},
    Accent{U'\u030b', U"OŐUŰoőuű"},
    Accent{U'\u030c', U"CČDĎEĚNŇRŘSŠTŤZŽcčdďeěnňrřsštťzž"},
    Accent{U'\u0327', U"CÇGĢKĶLĻNŅRŖSŞTŢcçgģkķlļnņrŗsştţ"},
    Accent{U'\u0328', U"AĄEĘIĮUŲaąeęiįuų"},
};

std::u32string decoded(std::string_view text) {
  std::u32string characters;
  for (std::size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at++]);
    const int more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    char32_t character = more == 0 ? first : first & (0x3fU >> more);
    for (int i = 0; i < more; ++i) character = (character << 6U) | (static_cast<unsigned char>(text[at++]) & 0x3fU);
    characters += character;
  }
  return characters;
}

void append_encoded(std::string& text, char32_t character) {
  const auto tail = [&](unsigned shift) { text += static_cast<char>(0x80U | ((character >> shift) & 0x3fU)); };
  if (character < 0x80) {
    text += static_cast<char>(character);
  } else if (character < 0x800) {
    text += static_cast<char>(0xc0U | (character >> 6U));
    tail(0);
  } else if (character < 0x10000) {
    text += static_cast<char>(0xe0U | (character >> 12U));
    tail(6), tail(0);
  } else {
    text += static_cast<char>(0xf0U | (character >> 18U));
    tail(12), tail(6), tail(0);
  }
}

char32_t narrowed(char32_t character) {
  if (character >= 0xff01 && character <= 0xff5e) return character - 0xff01 + U'!';
  return character == 0x3000 ? U' ' : character;
}

/// For letters without accent; the accented ones have been taken apart before.
char32_t lowered(char32_t character) {
  const auto within = [&](char32_t first, char32_t last) { return character >= first && character <= last; };
  if (within(U'A', U'Z') || within(0xc0, 0xde)) return character == 0xd7 ? character : character + 0x20;
  if (within(0x391, 0x3a9) || within(0x410, 0x42f)) return character + 0x20;  // Greek, Cyrillic
  if (within(0x400, 0x40f)) return character + 0x50;
  if (within(0x100, 0x137) || within(0x14a, 0x177)) return character | 1U;    // pairs, the capital being even
  return character;
}

}  // namespace

std::string prepared(std::string_view text, LetterCase letter_case) {
  const bool folded = letter_case == LetterCase::folded;
  const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) return folded ? base::to_lower(text) : std::string(text);
  if (!base::is_utf8(text)) return std::string(text);
  std::string result;
  for (const auto wide : decoded(text)) {
    auto character = narrowed(wide);
    std::optional<char32_t> mark;
    for (const auto& accent : accents) {
      const auto at = accent.letters.find(character);
      if (at == std::u32string_view::npos || at % 2 == 0) continue;
      character = accent.letters[at - 1];
      mark = accent.mark;
    }
    append_encoded(result, folded ? lowered(character) : character);
    if (mark) append_encoded(result, *mark);
  }
  return result;
}

}  // namespace fakes::scim
