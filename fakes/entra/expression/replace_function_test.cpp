// Replace: each example of the documentation, then what RE2 and .NET differ in.
#include <gtest/gtest.h>

#include <string>

#include "fakes/entra/expression/expression_fixture.h"
#include "fakes/entra/expression/replacement.h"

namespace fakes::entra::expression {
namespace replace_function_test {

// [Entra provisioning-clients 2.19-22] oldValue and replacementValue
TEST(Replace, puts_one_text_in_the_place_of_another) {
  expect({
      {R"x(Replace([BusinessTitle], "Product Developer", , , "Software Engineer", , ))x", R"("Software Engineer")",
       {{"BusinessTitle", "Product Developer"}}},
      {R"x(Replace([mail], "@contoso.com", , ,"", ,))x", R"("john.doe")", {{"mail", "john.doe@contoso.com"}}},
      {R"x(Replace("aXbXc", "X", , , "--", , ))x", R"("a--b--c")"},
      {R"x(Replace("XX", "X", , , "XX", , ))x", R"("XXXX")"},
      {R"x(Replace("abc", "B", , , "x", , ))x", R"("abc")"},  // letter case counts
      {R"x(Replace("abc", "", , , "x", , ))x", "bad_argument"},
      {R"x(Replace([nothing], "a", , , "x", , ))x", "null"},
      {R"x(Replace("abc", "b", , , [nothing], , ))x", R"("ac")"},
      {R"x(Replace("a.c", ".", , , "$0", , ))x", R"("a$0c")"},  // neither is a pattern here
  });
}

// [Entra provisioning-clients 2.19-22] oldValue and template
TEST(Replace, puts_the_source_into_a_template) {
  expect({
      {R"x(Replace([UserID], "<username>", , , , , "<username>@contoso.com"))x", R"("jsmith@contoso.com")", {{"UserID", "jsmith"}}},
      {R"x(Replace([UserID], "#", , , , , "#-#"))x", R"("jsmith-jsmith")", {{"UserID", "jsmith"}}},
      {R"x(Replace([nothing], "#", , , , , "#-#"))x", "null"},
  });
}

// [Entra provisioning-clients 2.19-22] regexPattern and replacementValue
TEST(Replace, builds_from_the_groups_of_a_pattern) {
  expect({
      {R"x(Replace([telephoneNumber], , "\\+(?<isdCode>\\d* )(?<phoneNumber>\\d{10})", , "${phoneNumber}", , ))x", R"("9998887777")",
       {{"telephoneNumber", "+91 9998887777"}}},
      // The documentation shows it without the plus sign, which its pattern does not match.
      {R"x(Replace([mobile], , "[()\\s-]+", , "", , ))x", R"("+19998887777")", {{"mobile", "+1 (999) 888-7777"}}},
      {R"x(Replace([mailNickname], , "[a-zA-Z_]*", , "", , ))x", R"("72")", {{"mailNickname", "john_doe72"}}},
      {R"x(Join("", 1000, Replace(ConvertToUTF8Hex([objectId]), , "[a-zA-Z_]*", , "", , )))x",
       R"("100030306161303061612626231312636332322646433332343465653434656534346565")",
       {{"objectId", "00aa00aa-bb11-cc22-dd33-44ee44ee44ee"}}},
      {R"x(Replace([x], , "B", , "-", , ))x", R"("abAa")", {{"x", "abAa"}}},
      {R"x(Replace("", , "x", , "y", , ))x", R"("")"},
      {R"x(Replace([nothing], , "x", , "y", , ))x", "null"},
  });
}

// [Entra provisioning-clients 2.19-22] regexPattern, regexGroupName and replacementValue
TEST(Replace, replaces_one_group) {
  expect({
      {R"x(Replace([AddressLineData], ,"(?<streetNumber>^\\d*)","streetNumber", "888", , ))x", R"("888 Tremont Street")",
       {{"AddressLineData", "545 Tremont Street"}}},
      {R"x(Replace([userPrincipalName], , "(?<Suffix>@(.)*)", "Suffix", "", , ))x", R"("jsmith")",
       {{"userPrincipalName", "jsmith@contoso.com"}}},
      {R"x(Replace("a1b2", , "[a-z](?<digit>\\d)", "digit", "#", , ))x", R"("a#b#")"},
      {R"x(Replace("a1b2", , "[a-z](?<digit>\\d)", "letter", "#", , ))x", "bad_argument"},
      {R"x(Replace("a1", , "(?<digit>\\d)", "digit", "$0", , ))x", R"("a$0")"},  // taken as it is
  });
}

// [Entra provisioning-clients 2.19-22] regexPattern, regexGroupName and replacementAttributeName
TEST(Replace, lets_another_attribute_stand_in) {
  constexpr std::string_view expression =
      R"x(Replace([telephoneNumber], , "\\+(?<isdCode>\\d* )(?<phoneNumber>\\d{10})", "phoneNumber" , , [mobile], ))x";
  expect({
      {expression, R"("8887779999")", {{"telephoneNumber", ""}, {"mobile", "+91 8887779999"}}},
      {expression, R"("8887779999")", {{"mobile", "+91 8887779999"}}},
      {expression, R"("0123")", {{"telephoneNumber", "0123"}, {"mobile", "+91 8887779999"}}},
      {expression, "null", {{"mobile", "8887779999"}}},
      {expression, "null"},
  });
}

TEST(Replace, refuses_arguments_that_make_no_mode) {
  expect({
      {R"x(Replace("a", "a", "a", , "b", , ))x", "bad_argument"},
      {R"x(Replace("a", "a", , , "b", , "a"))x", "bad_argument"},
      {R"x(Replace("a", "a", , , , , ))x", "bad_argument"},
      {R"x(Replace("a", , "a", "g", , , ))x", "bad_argument"},
      {R"x(Replace("a", , "a", , , [b], ))x", "bad_argument"},
      {R"x(Replace("a", , , , "b", , ))x", "bad_argument"},
  });
}

TEST(Replace, refuses_patterns_that_it_cannot_match_in_linear_time) {
  expect({
      {R"x(Replace("ab", , "a(?=b)", , "", , ))x", "bad_pattern"},
      {R"x(Replace("ab", , "(?<!a)b", , "", , ))x", "bad_pattern"},
      {R"x(Replace("aa", , "(a)\\1", , "", , ))x", "bad_pattern"},
      {R"x(Replace("a", , "(", , "", , ))x", "bad_pattern"},
  });
  // What makes an engine that tries and goes back take for ever.
  EXPECT_EQ(result(R"x(Replace([x], , "^(a+)+$", , "", , ))x", {{"x", std::string(20'000, 'a') + "!"}}),
            "\"" + std::string(20'000, 'a') + "!\"");
}

TEST(Replace, never_makes_a_text_beyond_the_bound) {
  const std::string long_text(2'000, 'a');
  expect({
      {R"x(Replace([x], "a", , , [x], , ))x", "too_long", {{"x", long_text}}},
      {R"x(Replace([x], , "a", , [x], , ))x", "too_long", {{"x", long_text}}},
      {R"x(Replace([x], , "(a)", "1", [x], , ))x", "too_long", {{"x", long_text}}},
      {R"(Append([x], [x]))", "too_long", {{"x", std::string(longest_text / 2 + 1, 'a')}}},
      {R"x(Join("", [x], [x]))x", "too_long", {{"x", std::string(longest_text / 2 + 1, 'a')}}},
  });
}

std::string replaced(std::string_view pattern, std::string_view text, std::string_view replacement) {
  const auto compiled = Pattern::compile(pattern);
  if (!compiled) return compiled.error();
  return compiled->replace_all(text, replacement, longest_text).value_or("too long");
}

TEST(Pattern, replaces_empty_matches_between_characters) {
  EXPECT_EQ(replaced("x*", "abc", "-"), "-a-b-c-");
  EXPECT_EQ(replaced("x*", "", "-"), "-");
  EXPECT_EQ(replaced("x*", "axb", "-"), "-a--b-");
  EXPECT_EQ(replaced("", "\xC3\xA9", "-"), "-\xC3\xA9-");
  EXPECT_EQ(replaced("^", "ab", "-"), "-ab");
  EXPECT_EQ(replaced("\\b", "ab cd", "|"), "|ab| |cd|");
}

// .NET numbers the named groups after the others.
TEST(Pattern, knows_groups_by_name_and_number) {
  EXPECT_EQ(replaced("(?<year>\\d+)-(\\d+)", "2026-11", "$1/$2"), "11/2026");
  EXPECT_EQ(replaced("(?'year'\\d+)-(\\d+)", "2026-11", "${1}/${year}"), "11/2026");
  EXPECT_EQ(replaced("a(b)?", "a", "[$1]"), "[]");
  EXPECT_EQ(replaced("b", "abc", "<$0$&>"), "a<bb>c");
}

TEST(Pattern, leaves_dollars_that_mean_nothing) {
  EXPECT_EQ(replaced("b", "abc", "$$1"), "a$1c");
  EXPECT_EQ(replaced("b", "abc", "$7"), "a$7c");
  EXPECT_EQ(replaced("b", "abc", "${none}"), "a${none}c");
  EXPECT_EQ(replaced("b", "abc", "$"), "a$c");
  EXPECT_EQ(replaced("b", "abc", "${"), "a${c");
}

TEST(Pattern, takes_only_groups_for_groups) {
  EXPECT_EQ(replaced(R"([(?<]+)", "a(?<b", "-"), "a-b");
  EXPECT_EQ(replaced(R"([](?<]+)", "a](?<b", "-"), "a-b");
  EXPECT_EQ(replaced(R"([^](?<]+)", "ab](?<", "-"), "-](?<");
  EXPECT_EQ(replaced(R"(\(\?<x)", "(?<x", "-"), "-");
}

}  // namespace replace_function_test
}  // namespace fakes::entra::expression
