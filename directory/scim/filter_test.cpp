// What provisioning clients send is accepted, everything else is refused with a reason; a parser that guessed
// would match the wrong user. Lengths and counts are tested on both sides of their limits.
#include "directory/scim/filter.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "base/json.h"

namespace directory::scim {
namespace {

using ::testing::HasSubstr;

/// The comparisons as `attribute=value`, strings in quotes, joined by " & "; or "refused".
std::string read(std::string_view text) {
  const auto filter = parse_filter(text);
  if (!filter) {
    EXPECT_FALSE(filter.error().empty()) << text;
    return "refused";
  }
  std::string out;
  for (const auto& comparison : *filter) {
    if (!out.empty()) out += " & ";
    const auto* boolean = std::get_if<bool>(&comparison.value);
    out += comparison.attribute + "=";
    out += boolean != nullptr ? (*boolean ? "true" : "false")
                              : "\"" + std::get<std::string>(comparison.value) + "\"";
  }
  return out;
}

std::string joined(std::size_t comparisons) {
  std::string text = R"(a0 eq "x")";
  for (std::size_t i = 1; i < comparisons; ++i) text += fmt::format(R"( and a{} eq "x")", i);
  return text;
}

/// A comparison of exactly `size` bytes.
std::string filter_of_size(std::size_t size) {
  const std::string frame = R"(userName eq "")";
  return R"(userName eq ")" + std::string(size - frame.size(), 'x') + "\"";
}

// The grammar that clients use

// [Entra provisioning-clients 2.1-02] [Entra provisioning-clients 2.1-03]
TEST(Filter, reads_the_lookups_of_a_provisioning_client) {
  EXPECT_EQ(read(R"(userName eq "amy.lee")"), R"(userName="amy.lee")");
  EXPECT_EQ(read(R"(externalId eq "7a1c")"), R"(externalId="7a1c")");
  EXPECT_EQ(read(R"(emails.value eq "amy.lee@example.test")"), R"(emails.value="amy.lee@example.test")");
  EXPECT_EQ(read(R"(id eq "1" and userName eq "amy.lee")"), R"(id="1" & userName="amy.lee")");
}

// [RFC7644 3.4.2.2] [RFC7643 2.1]
TEST(Filter, operators_are_read_in_any_letter_case_and_attributes_kept_as_written) {
  EXPECT_EQ(read(R"(USERNAME EQ "x")"), R"(USERNAME="x")");
  EXPECT_EQ(read(R"(userName Eq "x" AND id eQ "y" And title eq "z")"),
            R"(userName="x" & id="y" & title="z")");
}

// [RFC7644 3.10]
TEST(Filter, an_attribute_may_carry_its_schema_urn) {
  EXPECT_EQ(read(R"(urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "x")"),
            R"(urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department="x")");
}

// [RFC7644 3.4.2.2]: a value is JSON.
TEST(Filter, strings_are_json) {
  EXPECT_EQ(read(R"(userName eq "say \"hi\"")"), R"(userName="say "hi"")");
  EXPECT_EQ(read(R"(userName eq "back\\slash")"), R"(userName="back\slash")");
  EXPECT_EQ(read(R"(userName eq "Zo\u00eb")"), "userName=\"Zo\xC3\xAB\"");
  EXPECT_EQ(read(R"(userName eq "")"), R"(userName="")");
  EXPECT_EQ(read(R"(userName eq "a and b eq c")"), R"(userName="a and b eq c")");
}

TEST(Filter, keeps_the_letter_case_of_a_string) {
  EXPECT_EQ(read(R"(externalId eq "AbC")"), R"(externalId="AbC")");
}

TEST(Filter, booleans_are_no_strings) {
  EXPECT_EQ(read("active eq true"), "active=true");
  EXPECT_EQ(read("active eq False"), "active=false");
  EXPECT_EQ(read(R"(active eq "true")"), R"(active="true")");
}

// [Entra provisioning-clients 2.1-21]
TEST(Filter, bare_words_of_printed_examples_are_strings) {
  EXPECT_EQ(read("externalId eq jyoung"), R"(externalId="jyoung")");
  EXPECT_EQ(read("id eq 1a2b and manager eq 3c"), R"(id="1a2b" & manager="3c")");
}

TEST(Filter, spaces_around_its_parts_do_not_matter) {
  EXPECT_EQ(read(R"(  userName   eq   "x"   and  id eq  "y"  )"), R"(userName="x" & id="y")");
}

// Refusals

// [RFC7644 3.4.2.2]: at least one valid expression.
TEST(Filter, refuses_what_is_no_complete_comparison) {
  for (const auto* text :
       {"", " ", "userName", "userName eq", "userName eq ", R"("x")", R"(eq "x")", R"(userName "x")",
        R"(userName eq "x" and)", R"(userName eq "x" and )", R"(userName eq "x" and userName)",
        R"(and userName eq "x")", R"(userName eq "x" "y")", R"(userName eq "x" userName eq "y")",
        R"(userName = "x")", R"(user name eq "x")"}) {
    EXPECT_EQ(read(text), "refused") << text;
  }
}

TEST(Filter, refuses_strings_that_do_not_end_or_are_no_json) {
  for (const auto* text :
       {R"(userName eq "x)", R"(userName eq ")", R"(userName eq "x\")", R"(userName eq "\q")",
        R"(userName eq "\u12")", "userName eq \"\x01\"", "userName eq \"\xC3\""}) {
    EXPECT_EQ(read(text), "refused") << text;
  }
}

// [RFC7644 3.4.2.2]: what is not supported is declined, never ignored.
TEST(Filter, refuses_the_rest_of_the_language) {
  for (const auto* text :
       {R"(userName ne "x")", R"(userName co "x")", R"(userName sw "x")", R"(userName ew "x")", "title pr",
        R"(meta.lastModified gt "2026-01-01T00:00:00Z")", R"(userName regex "x")",
        R"(userName eq "x" or userName eq "y")", R"(not (userName eq "x"))", R"((userName eq "x"))",
        R"(emails[type eq "work"].value eq "x")", R"(emails[type eq "work" and value eq "x"])"}) {
    EXPECT_EQ(read(text), "refused") << text;
  }
}

TEST(Filter, names_the_operator_it_does_not_know) {
  const auto filter = parse_filter(R"(userName regex "x")");
  ASSERT_FALSE(filter.has_value());
  EXPECT_THAT(filter.error(), HasSubstr("regex"));
}

TEST(Filter, a_refusal_stays_short_whatever_was_sent) {
  for (const auto& text : {"userName " + std::string(4000, 'o') + " \"x\"",
                           R"(userName eq "x" )" + std::string(4000, 'j') + R"( id eq "y")"}) {
    const auto filter = parse_filter(text);
    ASSERT_FALSE(filter.has_value());
    EXPECT_LT(filter.error().size(), 200U);
  }
}

TEST(Filter, holds_sixteen_comparisons_and_no_more) {
  ASSERT_EQ(most_comparisons, 16U);
  const auto most = parse_filter(joined(16));
  ASSERT_TRUE(most.has_value()) << most.error();
  EXPECT_EQ(most->size(), 16U);
  EXPECT_EQ(read(joined(17)), "refused");
}

TEST(Filter, is_at_most_4096_bytes_long) {
  ASSERT_EQ(longest_filter, 4096U);
  EXPECT_NE(read(filter_of_size(4096)), "refused");
  EXPECT_EQ(read(filter_of_size(4097)), "refused");
}

// Whatever comes in

rc::Gen<std::string> any_bytes() {
  return rc::gen::container<std::string>(
      rc::gen::map(rc::gen::inRange(0, 256), [](int byte) { return static_cast<char>(byte); }));
}

rc::Gen<std::string> joined_pieces(rc::Gen<std::string> piece) {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(std::move(piece)),
                      [](const std::vector<std::string>& pieces) {
                        std::string text;
                        for (const auto& each : pieces) text += each;
                        return text;
                      });
}

/// Text made of the grammar's own pieces, in any order.
rc::Gen<std::string> any_pieces() {
  return joined_pieces(rc::gen::element<std::string>("userName", "eq", "and", "or", " ", "  ", "\"", "\"x\"",
                                                     "\\", "\\\"", "true", "emails[type eq \"work\"].value",
                                                     "(", ")", "\t", "\xC3", std::string(1, '\0')));
}

void judge(const std::string& text) {
  const auto filter = parse_filter(text);
  if (filter) {
    RC_ASSERT(!filter->empty());
    RC_ASSERT(filter->size() <= most_comparisons);
    for (const auto& comparison : *filter) RC_ASSERT(!comparison.attribute.empty());
  } else {
    RC_ASSERT(!filter.error().empty());
  }
}

RC_GTEST_PROP(Filter, any_text_is_read_or_refused_with_a_reason, ()) {
  judge(*any_bytes());
}

RC_GTEST_PROP(Filter, any_mixture_of_its_own_pieces_is_read_or_refused_with_a_reason, ()) {
  judge(*any_pieces());
}

/// Well-formed text with everything that JSON escapes.
rc::Gen<std::string> any_text() {
  const auto piece = rc::gen::element<std::string>("a", "Z", " ", "\"", "\\", "/", "\n", "\x01", "\x7F", "+",
                                                   "%", "\xC3\xA9", "\xF0\x9F\x98\x80", " and ", " eq ");
  return joined_pieces(piece);
}

RC_GTEST_PROP(Filter, a_value_that_is_written_as_json_comes_back, ()) {
  const auto words = *rc::gen::resize(
      int{most_comparisons}, rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(any_text())));
  RC_PRE(words.size() <= most_comparisons);
  std::string text;
  Filter expected;
  for (const auto& word : words) {
    text += (text.empty() ? "" : " and ") + std::string("userName eq ") + base::to_text(base::Json(word));
    expected.push_back({"userName", word});
  }
  RC_PRE(text.size() <= longest_filter);
  const auto filter = parse_filter(text);
  RC_ASSERT(filter.has_value());
  RC_ASSERT(*filter == expected);
}

}  // namespace
}  // namespace directory::scim
