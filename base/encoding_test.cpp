// Published vectors, exhaustive loops where the space is small, round trips elsewhere. The strings of the
// round trips are made byte by byte, because RapidCheck's own are mostly printable.
#include "base/encoding.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>

namespace base {
namespace encoding_test {

std::string every_byte() {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  return bytes;
}

/// `point` in exactly `length` bytes, whether UTF-8 allows that or not.
std::string utf8_in(std::uint32_t point, int length) {
  if (length == 1) return {static_cast<char>(point)};
  constexpr std::uint32_t leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
  std::string out;
  out += static_cast<char>(leads[length] | point >> (6 * (length - 1)));
  for (int i = length - 2; i >= 0; --i) out += static_cast<char>(0x80U | (point >> (6 * i) & 0x3FU));
  return out;
}

/// Every byte as likely as any other.
rc::Gen<std::string> any_encoded_bytes() {
  const auto byte = rc::gen::map(rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, 256)),
                                 [](int value) { return static_cast<char>(value); });
  return rc::gen::container<std::string>(byte);
}

int shortest_utf8(std::uint32_t point) {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

TEST(Hex, writes_two_lower_case_digits_a_byte) {
  EXPECT_EQ(to_hex(""), "");
  EXPECT_EQ(to_hex(std::string_view("\x00\x0F\xA5\xFF", 4)), "000fa5ff");
}

TEST(Hex, reads_both_cases) {
  EXPECT_EQ(from_hex("DEADbeef"), "\xDE\xAD\xBE\xEF");
  EXPECT_EQ(from_hex(""), "");
}

TEST(Hex, refuses_odd_lengths_and_other_characters) {
  for (const auto* text : {"a", "abc", "0g", "g0", "0x00", " 00 ", "-1", "@@", "``", "//", "::"}) {
    EXPECT_EQ(from_hex(text), std::nullopt) << text;
  }
}

RC_GTEST_PROP(Hex, survives_a_round_trip, ()) {
  const auto bytes = *any_encoded_bytes();
  RC_ASSERT(from_hex(to_hex(bytes)) == bytes);
}

TEST(Base64, writes_the_vectors_of_the_rfc) {
  // [RFC4648 10]
  EXPECT_EQ(to_base64(""), "");
  EXPECT_EQ(to_base64("f"), "Zg==");
  EXPECT_EQ(to_base64("fo"), "Zm8=");
  EXPECT_EQ(to_base64("foo"), "Zm9v");
  EXPECT_EQ(to_base64("foob"), "Zm9vYg==");
  EXPECT_EQ(to_base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, reads_the_vectors_of_the_rfc) {
  EXPECT_EQ(from_base64(""), "");
  EXPECT_EQ(from_base64("Zg=="), "f");
  EXPECT_EQ(from_base64("Zm8="), "fo");
  EXPECT_EQ(from_base64("Zm9v"), "foo");
  EXPECT_EQ(from_base64("Zm9vYg=="), "foob");
  EXPECT_EQ(from_base64("Zm9vYmE="), "fooba");
  EXPECT_EQ(from_base64("Zm9vYmFy"), "foobar");
}

TEST(Base64, uses_plus_and_slash) {
  EXPECT_EQ(to_base64("\xFB\xEF\xFF"), "++//");
  EXPECT_EQ(from_base64("++//"), "\xFB\xEF\xFF");
}

TEST(Base64, refuses_missing_and_misplaced_padding) {
  for (const auto* text :
       {"Zg", "Zg=", "Zm9vYg", "=", "==", "====", "Z===", "=Zg=", "Zg==Zg==", "Zm=v", "Zg==="}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
}

TEST(Base64, refuses_other_characters) {
  for (const auto* text : {"-_-_", "Zm9 ", "Zm9\n", "Zm9v\n", "Zm.v", "Zm9\x80"}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
  EXPECT_EQ(from_base64(std::string_view("Zm9\0", 4)), std::nullopt);
}

RC_GTEST_PROP(Base64, survives_a_round_trip, ()) {
  const auto bytes = *any_encoded_bytes();
  const auto text = to_base64(bytes);
  RC_ASSERT(text.size() == (bytes.size() + 2) / 3 * 4);
  RC_ASSERT(from_base64(text) == bytes);
}

TEST(Base64Url, writes_the_url_alphabet_without_padding) {
  EXPECT_EQ(to_base64url(""), "");
  EXPECT_EQ(to_base64url("f"), "Zg");
  EXPECT_EQ(to_base64url("fo"), "Zm8");
  EXPECT_EQ(to_base64url("foo"), "Zm9v");
  EXPECT_EQ(to_base64url("foob"), "Zm9vYg");
  EXPECT_EQ(to_base64url("\xFB\xEF\xFF"), "--__");
}

RC_GTEST_PROP(Base64Url, is_base64_in_other_letters, ()) {
  const auto bytes = *any_encoded_bytes();
  auto expected = to_base64(bytes);
  while (expected.ends_with('=')) expected.pop_back();
  for (char& c : expected) c = c == '+' ? '-' : c == '/' ? '_' : c;
  RC_ASSERT(to_base64url(bytes) == expected);
}

RC_GTEST_PROP(Encoding, base64url_round_trips, ()) {
  const auto bytes = *any_encoded_bytes();
  RC_ASSERT(from_base64url(to_base64url(bytes)) == bytes);
}

// [RFC4648 3.5]: one text a value.
TEST(Encoding, base64url_is_read_strictly) {
  EXPECT_EQ(from_base64url("--__"), "\xFB\xEF\xFF");
  for (const auto* text : {"Zg==", "Zh", "Z", "++//", "Zm9v ", "Zm9v\n", "Zm9=", "Zm8x!"}) {
    EXPECT_FALSE(from_base64url(text).has_value()) << text;
  }
}

TEST(Percent, leaves_the_unreserved_characters_and_encodes_every_other_byte) {
  // [RFC3986 2.3]
  const std::string unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  EXPECT_EQ(percent_encode(unreserved), unreserved);
  for (const char c : every_byte()) {
    if (unreserved.find(c) != std::string::npos) continue;
    EXPECT_EQ(percent_encode({&c, 1}).size(), 3U) << static_cast<int>(c);
  }
  EXPECT_EQ(percent_encode("a b/c?d=%&\xC3\xA9+"), "a%20b%2Fc%3Fd%3D%25%26%C3%A9%2B");
}

TEST(Percent, decodes_both_cases_of_digits) {
  EXPECT_EQ(percent_decode("%c3%A9%2f"), "\xC3\xA9/");
}

TEST(Percent, decodes_once) {
  EXPECT_EQ(percent_decode("%2541"), "%41");
}

TEST(Percent, reads_a_plus_as_a_space_only_when_told) {
  EXPECT_EQ(percent_decode("a+b%2Bc"), "a+b+c");
  EXPECT_EQ(percent_decode("a+b%2Bc", true), "a b+c");
}

TEST(Percent, refuses_broken_escapes) {
  for (const auto* text : {"%", "a%", "%4", "a%4", "%g0", "%0g", "%%41", "% 41", "%-1", "ok%41then%4"}) {
    EXPECT_EQ(percent_decode(text), std::nullopt) << text;
  }
}

TEST(Percent, does_not_read_past_the_end_of_a_view) {
  EXPECT_EQ(percent_decode(std::string_view("%41").substr(0, 2)), std::nullopt);
  EXPECT_EQ(percent_decode(std::string_view("%41").substr(0, 1)), std::nullopt);
}

RC_GTEST_PROP(Percent, survives_a_round_trip, ()) {
  const auto bytes = *any_encoded_bytes();
  RC_ASSERT(percent_decode(percent_encode(bytes)) == bytes);
  RC_ASSERT(percent_decode(percent_encode(bytes), true) == bytes);
}

TEST(Utf8, accepts_every_scalar_value_and_no_surrogate) {
  EXPECT_TRUE(is_utf8(""));
  for (std::uint32_t point = 0; point <= 0x1FFFFF; ++point) {
    const bool scalar = point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
    ASSERT_EQ(is_utf8(utf8_in(point, shortest_utf8(point))), scalar) << point;
  }
}

TEST(Utf8, refuses_every_overlong_form) {
  for (std::uint32_t point = 0; point <= 0xFFFF; ++point) {
    for (int length = shortest_utf8(point) + 1; length <= 4; ++length) {
      ASSERT_FALSE(is_utf8(utf8_in(point, length))) << point << " in " << length;
    }
  }
}

TEST(Utf8, refuses_truncated_sequences_at_the_end_and_in_the_middle) {
  for (const std::uint32_t point : {0x80U, 0x7FFU, 0x800U, 0xFFFFU, 0x10000U, 0x10FFFFU}) {
    const auto whole = utf8_in(point, shortest_utf8(point));
    for (std::size_t kept = 1; kept < whole.size(); ++kept) {
      EXPECT_FALSE(is_utf8("a" + whole.substr(0, kept))) << point;
      EXPECT_FALSE(is_utf8(whole.substr(0, kept) + "a")) << point;
      EXPECT_FALSE(is_utf8(whole.substr(0, kept) + whole)) << point;
    }
  }
}

TEST(Utf8, refuses_continuation_bytes_and_unused_leads_alone) {
  for (int byte = 0x80; byte <= 0xFF; ++byte) {
    const std::string alone{static_cast<char>(byte)};
    EXPECT_FALSE(is_utf8(alone)) << byte;
    EXPECT_FALSE(is_utf8("a" + alone + "z")) << byte;
  }
  for (const int lead : {0xC0, 0xC1, 0xF5, 0xF8, 0xFC, 0xFE, 0xFF}) {
    EXPECT_FALSE(is_utf8(std::string{static_cast<char>(lead)} + "\x80\x80\x80\x80\x80")) << lead;
  }
}

RC_GTEST_PROP(Utf8, is_well_formed_as_long_as_the_parts_are, ()) {
  // Half of the parts end inside a character.
  const auto part =
      rc::gen::map(rc::gen::pair(rc::gen::inRange<std::uint32_t>(0, 0x110000), rc::gen::inRange(1, 5)),
                   [](std::pair<std::uint32_t, int> drawn) {
                     const auto [point, kept] = drawn;
                     return utf8_in(point, shortest_utf8(point)).substr(0, static_cast<std::size_t>(kept));
                   });
  const auto left = *part;
  const auto right = *part;
  if (is_utf8(left)) RC_ASSERT(is_utf8(left + right) == is_utf8(right));
  if (is_utf8(right)) RC_ASSERT(is_utf8(left + right) == is_utf8(left));
}

TEST(AsciiCase, lowers_ascii_letters_and_nothing_else) {
  for (const char c : every_byte()) {
    const char expected = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    EXPECT_EQ(to_lower({&c, 1}), std::string(1, expected));
  }
}

TEST(AsciiCase, compares_the_whole_text) {
  EXPECT_TRUE(equals_ignoring_case("userName", "USERNAME"));
  EXPECT_TRUE(equals_ignoring_case("", ""));
  EXPECT_FALSE(equals_ignoring_case("user", "userName"));
  EXPECT_FALSE(equals_ignoring_case("[", "{"));
  EXPECT_FALSE(equals_ignoring_case("\xC3\x89", "\xC3\xA9"));
}

RC_GTEST_PROP(AsciiCase, equality_is_that_of_the_lowered_texts, ()) {
  const auto letter = rc::gen::elementOf(std::string("aAbB@[`{"));
  const auto left = *rc::gen::container<std::string>(letter);
  const auto right = *rc::gen::container<std::string>(left.size(), letter);
  RC_ASSERT(equals_ignoring_case(left, right) == (to_lower(left) == to_lower(right)));
  RC_ASSERT(equals_ignoring_case(left, to_lower(left)));
}

TEST(Utf8Prefix, ends_between_characters) {
  EXPECT_EQ(utf8_prefix("abc", 3), "abc");
  EXPECT_EQ(utf8_prefix("abc", 2), "ab");
  EXPECT_EQ(utf8_prefix("a\xC3\xA9" "b", 2), "a");
  EXPECT_EQ(utf8_prefix("a\xC3\xA9" "b", 3), "a\xC3\xA9");
  EXPECT_EQ(utf8_prefix("\xF0\x9F\x98\x80", 3), "");
  EXPECT_EQ(utf8_prefix("abc", 0), "");
}

}  // namespace encoding_test
}  // namespace base
