#include "tidy/source_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidy {
namespace source_text_test {

using testing::ElementsAre;

std::vector<std::string> words(const SourceText& source) {
  std::vector<std::string> out;
  for (const auto& token : source.tokens) {
    if (token.kind == Token::Kind::word) out.push_back(token.text);
  }
  return out;
}

TEST(SourceText, leaves_out_comments_and_literals_and_keeps_lines) {
  const auto source = read_source(
      "one // hidden\n"
      "/* hidden\n"
      "   hidden */ two \"hidden \\\" hidden\" 'h' three\n"
      "u8\"hidden\"sv four 1'000'000 five\n");
  EXPECT_THAT(words(source), ElementsAre("one", "two", "three", "four", "five"));
  EXPECT_EQ(source.tokens.front().line, 1u);
  EXPECT_EQ(source.tokens[1].line, 3u);
  EXPECT_EQ(source.tokens.back().line, 4u);
  EXPECT_EQ(source.comments.size(), 2u);
  EXPECT_EQ(source.comments[1].line, 2u);
}

TEST(SourceText, reads_over_raw_strings) {
  const auto source = read_source("a R\"x(hidden \" )\"\nhidden)x\" b\nc");
  EXPECT_THAT(words(source), ElementsAre("a", "b", "c"));
  EXPECT_EQ(source.tokens.back().line, 3u);
}

TEST(SourceText, keeps_includes_apart) {
  const auto source =
      read_source("#pragma once\n# include <thread>\n#include \"base/rng.h\"  // why\n#define NOW now()\n");
  ASSERT_EQ(source.includes.size(), 2u);
  EXPECT_TRUE(source.pragma_once);
  EXPECT_EQ(source.includes[0].path, "thread");
  EXPECT_TRUE(source.includes[0].angled);
  EXPECT_EQ(source.includes[1].path, "base/rng.h");
  EXPECT_EQ(source.includes[1].line, 3u);
  EXPECT_THAT(words(source), ElementsAre("pragma", "once", "define", "NOW", "now"));
}

TEST(SourceText, pairs_brackets_and_survives_stray_ones) {
  const auto source = read_source("f(a[1], {2}) ) ( g(");
  EXPECT_EQ(source.at(source.across(1)), ")");
  EXPECT_EQ(source.across(source.across(1)), 1u);
  EXPECT_EQ(source.across(source.tokens.size() - 1), source.tokens.size() - 1);
}

TEST(SourceText, finds_lambdas_and_nothing_that_looks_like_one) {
  const auto source = read_source(
      "void f() {\n"
      "  const auto plain = [](int x) { return x; };\n"
      "  const auto taking = [&, this]<class T>(T x) mutable noexcept -> std::pair<T, int> { return {x, 1}; "
      "};\n"
      "  [[maybe_unused]] int values[3]{};\n"
      "  auto& [left, right] = pair;\n"
      "  values[0] = operator[](1);\n"
      "  return [] {};\n"
      "}\n");
  ASSERT_EQ(source.lambdas.size(), 3u);
  EXPECT_FALSE(source.lambdas[0].captures);
  EXPECT_TRUE(source.lambdas[1].captures);
  EXPECT_FALSE(source.lambdas[2].captures);
  EXPECT_EQ(source.tokens[source.lambdas[2].introducer].line, 7u);
}

TEST(SourceText, reads_any_truncated_source_to_its_end) {
  const std::string text =
      "f([x](int) { return R\"(a)\" + 'b' + \"c\"; }, /* d */ 1.5e-3); // e\n#include <f>\n";
  for (std::size_t length = 0; length <= text.size(); ++length) {
    const auto source = read_source(text.substr(0, length));
    for (std::size_t at = 0; at < source.tokens.size(); ++at)
      EXPECT_LT(source.across(at), source.tokens.size());
  }
}

}  // namespace source_text_test
}  // namespace tidy
