// Texts: the examples of the documentation, then null, nothing and the edges.
#include <gtest/gtest.h>

#include <string>

#include "fakes/entra/expression/expression_fixture.h"
#include "fakes/entra/expression/letters.h"

namespace fakes::entra::expression {
namespace text_functions_test {

// [Entra provisioning-clients 2.19-02]
TEST(Append, puts_the_suffix_behind_the_source) {
  expect({
      {R"(Append([userPrincipalName], ".test"))", R"("John.Doe@contoso.com.test")", {{"userPrincipalName", "John.Doe@contoso.com"}}},
      {R"(Append(Mid([givenName], 1, 3), Mid([surname], 1, 5)))", R"("JohDoe")", {{"givenName", "John"}, {"surname", "Doe"}}},
      {R"(Append("a", [nothing]))", R"("a")"},
      {R"(Append([nothing], ".test"))", "null"},
      {R"(Append("", ".test"))", R"(".test")"},
      {R"(Append("n", 7))", R"("n7")"},
      {R"(Append([several], "x"))", "wrong_type", {{"several", Texts{"a", "b"}}}},
      {R"(Append([one], "x"))", R"("ax")", {{"one", Texts{"a"}}}},
  });
}

// [Entra provisioning-clients 2.19-17]
TEST(Left, takes_characters_from_the_beginning) {
  expect({
      {R"(Left("John Doe", 3))", R"("Joh")"},
      {R"(Left("John Doe", 0))", R"("")"},
      {R"(Left("John Doe", -1))", R"("John Doe")"},
      {R"(Left("John", 9223372036854775807))", R"("John")"},
      {R"(Left([nothing], 3))", R"("")"},
      {R"(Left("John", "2"))", R"("Jo")"},
      {R"(Left("John", "two"))", "wrong_type"},
      {R"(Left("John", [nothing]))", "missing_value"},
  });
}

// [Entra provisioning-clients 2.19-17]
TEST(Mid, counts_from_one) {
  expect({
      {R"(Mid("Johnson", 1, 3))", R"("Joh")"},
      {R"(Mid("Johnson", 5, 3))", R"("son")"},
      {R"(Mid("Johnson", 5, 30))", R"("son")"},
      {R"(Mid("Johnson", 7, 1))", R"("n")"},
      {R"(Mid("Johnson", 5, 0))", R"("")"},
      {R"(Mid("Johnson", 8, 0))", R"("")"},
      {R"(Mid("Johnson", 8, 1))", R"("Johnson")"},
      {R"(Mid("Johnson", 0, 1))", R"("Johnson")"},
      {R"(Mid("Johnson", 2, -1))", R"("Johnson")"},
      {R"(Mid([nothing], 1, 1))", R"("")"},
      {R"(Mid("Johnson", [nothing], 1))", "missing_value"},
  });
}

// A pair of UTF-16 units is cut in two, as the service's own strings would be.
TEST(Left, counts_utf16_units) {
  EXPECT_EQ(result("Left([x], 2)", {{"x", "\xC3\xA9\xC3\xA8\xC3\xAA"}}), "\"\xC3\xA9\xC3\xA8\"");
  EXPECT_EQ(result("Left([x], 2)", {{"x", "\xF0\x9F\x98\x80z"}}), "\"\xF0\x9F\x98\x80\"");
  EXPECT_EQ(result("Left([x], 1)", {{"x", "\xF0\x9F\x98\x80z"}}), "\"\xEF\xBF\xBD\"");
  EXPECT_EQ(result("Mid([x], 3, 1)", {{"x", "\xF0\x9F\x98\x80z"}}), R"("z")");
}

// [Entra provisioning-clients 2.19-14]
TEST(InStr, finds_the_first_place) {
  expect({
      {R"(InStr("The quick brown fox", "quick"))", "5"},
      {R"(InStr("repEated", "e", 3, vbBinaryCompare))", "7"},
      {R"(InStr("repEated", "e", 3, vbTextCompare))", "4"},
      {R"(InStr("repEated", "e", , vbTextCompare))", "2"},
      {R"(InStr("repEated", "x"))", "0"},
      {R"(InStr("repEated", "r", 2))", "0"},
      {R"(InStr("repEated", "r", 50))", "0"},
      {R"(InStr("repEated", "r", 0))", "out_of_range"},
      {R"(InStr("repEated", "e", 1, "anyhow"))", "bad_argument"},
      {R"(InStr([nothing], "e"))", "null"},
  });
}

// [Entra provisioning-clients 2.19-24]
TEST(Word, counts_what_stands_between_delimiters) {
  expect({
      {R"(Word("The quick brown fox", 3, " "))", R"("brown")"},
      {R"(Word("This,string!has&many separators", 3, ",!&#"))", R"("has")"},
      {R"(Word("This,string!has&many separators", 4, ",!&#"))", R"("many separators")"},
      {R"(Word("one two", 0, " "))", R"("")"},
      {R"(Word("one two", -1, " "))", R"("")"},
      {R"(Word("one two", 3, " "))", R"("")"},
      {R"(Word([nothing], 1, " "))", R"("")"},
      {R"(Word("  one   two ", 2, " "))", R"("two")"},
      {R"(Word("one two", 1, ""))", R"("one two")"},
  });
}

// [Entra provisioning-clients 2.19-24]
TEST(StripSpaces, removes_every_space) {
  expect({
      {R"(StripSpaces(" a  b c "))", R"("abc")"},
      {R"(StripSpaces([x]))", "\"a\tb\"", {{"x", "a\tb"}}},
      {R"(StripSpaces([nothing]))", "null"},
  });
}

// [Entra provisioning-clients 2.19-18]
TEST(NormalizeDiacritics, replaces_by_its_table) {
  expect({
      {"NormalizeDiacritics([givenName])", R"("Zoe")", {{"givenName", "Zo\xC3\xAB"}}},
      {"NormalizeDiacritics([x])", R"("Zoe")", {{"x", "Zoe\xCC\x88"}}},  // the accent behind its letter
      {R"(NormalizeDiacritics("äàâãåáąăā çčć ď ğ ïîìíı ľł ñńň öòőõôó ř šśșş ťț üùûúůű ÿý źžż"))",
       R"("aaaaaaaaa ccc d g iiiii ll nnn oooooo r ssss tt uuuuuu yy zzz")"},
      {R"(NormalizeDiacritics("ÄÀÂÃÅÁĄĂĀ ÇČĆ Ď Ğ ÏÎÌÍİ ŁĽ ÑŃŇ ÖÒŐÕÔÓ Ř ŠŚȘŞ ŤȚ ÜÙÛÚŮŰ ŸÝ ŹŽŻ"))",
       R"("AAAAAAAAA CCC D G IIIII LL NNN OOOOOO R SSSS TT UUUUUU YY ZZZ")"},
      {R"(NormalizeDiacritics("straße æ Æ ø Ø œ Œ"))", R"("strasse ae AE oe OE oe OE")"},
      {R"(NormalizeDiacritics("ā́ ǟ ḗ ē̂ ṓ ǭ ū́ ǖ ȳ́ ø̄ œ̄ A̱ E̊̄"))", R"("a a e e o o u u y oe oe A E")"},
      {R"(NormalizeDiacritics("đ Ж 東"))", R"("đ Ж 東")"},  // not in the table
      {"NormalizeDiacritics([nothing])", "null"},
  });
}

// [Entra provisioning-clients 2.19-19]
TEST(PCase, gives_each_word_a_capital) {
  expect({
      {"PCase([firstName])", "\"Pablo Gonsalves (Second)\"", {{"firstName", "PABLO GONSALVES (SECOND)"}}},
      {R"(PCase([lastName], " '-"))", R"("Pinto-De'Silva")", {{"lastName", "PINTO-DE'SILVA"}}},
      {R"(PCase(Join(" ", [firstName], [lastName])))", R"("Gregory James")", {{"firstName", "GREGORY"}, {"lastName", "JAMES"}}},
      {"PCase([lastName])", R"("Pinto-De'silva")", {{"lastName", "PINTO-DE'SILVA"}}},
      {R"(PCase("mary-ann o_neil", " "))", R"("Mary-ann O_neil")"},
      {R"(PCase("mary-ann o_neil"))", R"("Mary-Ann O_Neil")"},
      {R"(PCase("élodie ÉMILE"))", R"("Élodie Émile")"},
      {R"(PCase("a1b 1st"))", R"("A1b 1St")"},
      {R"(PCase("", " "))", R"("")"},
      {"PCase([nothing])", "null"},
  });
}

// [Entra provisioning-clients 2.19-19]
TEST(ToLower, follows_the_culture) {
  expect({
      {R"(ToLower(Join("@", NormalizeDiacritics(StripSpaces(Join(".", [first], [last]))), "contoso.com")))",
       R"("john.smith@contoso.com")", {{"first", "John"}, {"last", "Smith"}}},
      {R"(ToLower("ÉMILE ΣΊΣΥΦΟΣ Ж"))", R"("émile σίσυφοσ ж")"},
      {R"(ToLower("TITLE", "tr-TR"))", R"("tıtle")"},
      {R"(ToLower("TITLE", "en-US"))", R"("title")"},
      {R"(ToUpper("title", "tr"))", R"("TİTLE")"},
      {R"(ToUpper("title straße"))", R"("TITLE STRAßE")"},
      {R"(ToUpper("ı"))", R"("ı")"},
      {R"(ToUpper("title", "en-"))", "bad_argument"},
      {R"(ToUpper("title", "english"))", "bad_argument"},
      {R"(ToUpper("title", "sr-Latn-RS"))", R"("TITLE")"},
      {"ToUpper([nothing])", "null"},
      {R"(ToLower([several]))", "wrong_type", {{"several", Texts{"A", "B"}}}},
  });
}

// [Entra provisioning-clients 2.19-07]
TEST(ConvertToBase64, encodes_utf16) {
  expect({
      {R"(ConvertToBase64("Hello world!"))", R"("SABlAGwAbABvACAAdwBvAHIAbABkACEA")"},
      {R"(ConvertToBase64("é😀"))", R"("6QA92ADe")"},
      {R"(ConvertToBase64(""))", R"("")"},
      {"ConvertToBase64([nothing])", "null"},
  });
}

// [Entra provisioning-clients 2.19-07]
TEST(ConvertToUTF8Hex, writes_two_digits_a_byte) {
  expect({
      {R"(ConvertToUTF8Hex("Hello world!"))", R"("48656C6C6F20776F726C6421")"},
      {R"(ConvertToUTF8Hex("é😀"))", R"("C3A9F09F9880")"},
      {"ConvertToUTF8Hex([nothing])", "null"},
  });
}

TEST(Letters, come_back_from_utf16_but_for_what_was_no_utf8) {
  for (const auto* text : {"", "plain", "\xC3\xA9", "\xE6\x9D\xB1", "\xF0\x9F\x98\x80"}) EXPECT_EQ(from_utf16(to_utf16(text)), text);
  EXPECT_EQ(from_utf16(to_utf16("a\xFFz")), "a\xEF\xBF\xBDz");
  EXPECT_EQ(utf16_length("\xF0\x9F\x98\x80"), 2U);
}

}  // namespace text_functions_test
}  // namespace fakes::entra::expression
