#include "base/prepared_text.h"

#include <gtest/gtest.h>
#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <string>

namespace base {
namespace prepared_text_test {

std::string utf8(utf8proc_int32_t character) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto size = utf8proc_encode_char(character, bytes.data());
  return {bytes.begin(), bytes.begin() + size};
}

std::string form(const std::string& text, utf8proc_uint8_t* (*of)(const utf8proc_uint8_t*)) {
  auto* made = of(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str()));
  std::string out(reinterpret_cast<const char*>(made));
  std::free(made);
  return out;
}

TEST(PreparedText, what_looks_the_same_compares_equal) {
  EXPECT_TRUE(compare_equal("ren\u00E9e@x.test", "rene\u0301e@x.test")) << "one character, or a letter and its accent";
  EXPECT_TRUE(compare_equal("\u00C5SA", "a\u030Asa")) << "and letter case does not count";
  EXPECT_TRUE(compare_equal("\uFF21\uFF4D\uFF59", "amy")) << "wide Latin letters";
  EXPECT_TRUE(compare_equal("\uFF76\uFF9E", "\u30AC")) << "narrow kana with a mark of its own";
  EXPECT_TRUE(compare_equal("\u0130", "I\u0307")) << "the dotted I of Turkish, and its parts";
  EXPECT_TRUE(compare_equal("a\u0323\u0307", "a\u0307\u0323")) << "two accents in either order";
  EXPECT_TRUE(compare_equal("\u0416UK", "\u0436uk"));
}

TEST(PreparedText, what_differs_compares_unequal) {
  EXPECT_FALSE(compare_equal("renee", "ren\u00E9e"));
  EXPECT_FALSE(compare_equal("stra\u00DFe", "strasse")) << "lower case, not case folding";
  EXPECT_FALSE(compare_equal("\uFB01n", "fin")) << "ligatures are other letters: only widths are mapped";
  EXPECT_FALSE(compare_equal("\u0430my", "amy")) << "a Cyrillic letter that only looks alike";
}

TEST(PreparedText, ascii_is_only_lowered) {
  for (int i = 0; i < 128; ++i) {
    const std::string text(1, static_cast<char>(i));
    EXPECT_EQ(comparison_key(text), i >= 'A' && i <= 'Z' ? std::string(1, static_cast<char>(i + 32)) : text);
  }
}

TEST(PreparedText, bytes_that_are_no_utf8_keep_their_places) {
  EXPECT_EQ(comparison_key("A\xFF\xC3"), "a\xFF\xC3");
  EXPECT_EQ(prepared_password(Secret("A\xFF")).reveal(), "A\xFF");
}

/// Of every character: its composed and decomposed forms have one key, and a key is its own key.
TEST(PreparedText, keys_do_not_depend_on_the_normal_form_of_any_character) {
  for (utf8proc_int32_t character = 0x80; character < 0x110000; ++character) {
    if (!utf8proc_codepoint_valid(character)) continue;
    const auto text = "Ab" + utf8(character);
    const auto key = comparison_key(text);
    ASSERT_EQ(comparison_key(form(text, utf8proc_NFD)), key) << std::hex << character;
    ASSERT_EQ(comparison_key(form(text, utf8proc_NFC)), key) << std::hex << character;
    ASSERT_EQ(comparison_key(key), key) << std::hex << character;
  }
}

TEST(PreparedText, a_password_keeps_its_letter_case_and_its_widths) {
  EXPECT_EQ(prepared_password(Secret("P\u00E9 1")), prepared_password(Secret("Pe\u0301\u30001")));
  EXPECT_FALSE(prepared_password(Secret("P\u00E9")) == prepared_password(Secret("p\u00E9")));
  EXPECT_FALSE(prepared_password(Secret("\uFF21")) == prepared_password(Secret("A")));
}

}  // namespace prepared_text_test
}  // namespace base
