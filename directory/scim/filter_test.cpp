// The grammar of RFC 7644 figure 1: what is read, how tightly it binds, what is refused. A parser that
// guessed would match the wrong user. Lengths and counts are tested on both sides of their limits.
#include "directory/scim/filter.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/json.h"

namespace directory::scim {
namespace filter_test {

using ::testing::HasSubstr;

/// The tree with every bracket that its reading implies: `(a eq "x" and b pr)`; or "refused".
std::string shape(const Filter& filter) {
  const auto joined = [](const std::vector<Filter>& parts, std::string_view joiner) {
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : std::string(joiner)) + shape(part);
    return "(" + out + ")";
  };
  if (const auto* all = std::get_if<All>(&filter.node)) return joined(all->parts, " and ");
  if (const auto* any = std::get_if<Any>(&filter.node)) return joined(any->parts, " or ");
  if (const auto* negation = std::get_if<Not>(&filter.node)) return "not " + shape(negation->part.front());
  if (const auto* value_path = std::get_if<ValuePath>(&filter.node)) {
    return value_path->path.text() + "[" + shape(value_path->filter.front()) + "]";
  }
  if (const auto* presence = std::get_if<Presence>(&filter.node)) return presence->path.text() + " pr";
  const auto& comparison = std::get<Comparison>(filter.node);
  return fmt::format("{} {} {}", comparison.path.text(), to_text(comparison.op),
                     base::to_text(comparison.value));
}

std::string read(std::string_view text) {
  const auto filter = parse_filter(text);
  if (filter) return shape(*filter);
  EXPECT_FALSE(filter.error().message.empty()) << text;
  return "refused";
}

std::string joined(std::size_t comparisons) {
  std::string text = R"(a0 eq "x")";
  for (std::size_t i = 1; i < comparisons; ++i) text += fmt::format(R"( and a{} eq "x")", i);
  return text;
}

std::string nested(std::size_t brackets) {
  return std::string(brackets, '(') + "title pr" + std::string(brackets, ')');
}

/// A comparison of exactly `size` bytes.
std::string filter_of_size(std::size_t size) {
  const std::string frame = R"(userName eq "")";
  return R"(userName eq ")" + std::string(size - frame.size(), 'x') + "\"";
}

// The grammar

// [Entra provisioning-clients 2.1-02] [Entra provisioning-clients 2.1-03]
TEST(Filter, reads_the_lookups_of_a_provisioning_client) {
  EXPECT_EQ(read(R"(userName eq "amy.lee")"), R"(userName eq "amy.lee")");
  EXPECT_EQ(read(R"(externalId eq "7a1c")"), R"(externalId eq "7a1c")");
  EXPECT_EQ(read(R"(emails.value eq "amy.lee@example.test")"), R"(emails.value eq "amy.lee@example.test")");
  EXPECT_EQ(read(R"(id eq "1" and userName eq "amy.lee")"), R"((id eq "1" and userName eq "amy.lee"))");
}

// [RFC7644 3.4.2.2]: the examples of figure 2.
TEST(Filter, reads_the_examples_of_the_rfc) {
  EXPECT_EQ(read(R"(userName eq "bjensen")"), R"(userName eq "bjensen")");
  EXPECT_EQ(read(R"(name.familyName co "O'Malley")"), R"(name.familyName co "O'Malley")");
  EXPECT_EQ(read(R"(userName sw "J")"), R"(userName sw "J")");
  EXPECT_EQ(read(R"(urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J")"),
            R"(urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J")");
  EXPECT_EQ(read("title pr"), "title pr");
  EXPECT_EQ(read(R"(meta.lastModified gt "2011-05-13T04:42:34Z")"),
            R"(meta.lastModified gt "2011-05-13T04:42:34Z")");
  EXPECT_EQ(read(R"(title pr and userType eq "Employee")"), R"((title pr and userType eq "Employee"))");
  EXPECT_EQ(read(R"(title pr or userType eq "Intern")"), R"((title pr or userType eq "Intern"))");
  EXPECT_EQ(read(R"(schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")"),
            R"(schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")");
  EXPECT_EQ(read(R"(userType eq "Employee" and (emails co "example.com" or emails.value co "example.org"))"),
            R"((userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")))");
  EXPECT_EQ(
      read(R"(userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org"))"),
      R"((userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")))");
  EXPECT_EQ(read(R"(userType eq "Employee" and (emails.type eq "work"))"),
            R"((userType eq "Employee" and emails.type eq "work"))");
  EXPECT_EQ(read(R"(userType eq "Employee" and emails[type eq "work" and value co "@example.com"])"),
            R"((userType eq "Employee" and emails[(type eq "work" and value co "@example.com")]))");
  EXPECT_EQ(
      read(
          R"(emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"])"),
      R"((emails[(type eq "work" and value co "@example.com")] or ims[(type eq "xmpp" and value co "@foo.com")]))");
}

// [RFC7644 3.4.2.2]: not, then and, then or.
TEST(Filter, and_binds_tighter_than_or_and_not_tightest) {
  EXPECT_EQ(read("a pr or b pr and c pr"), "(a pr or (b pr and c pr))");
  EXPECT_EQ(read("a pr and b pr or c pr"), "((a pr and b pr) or c pr)");
  EXPECT_EQ(read("(a pr or b pr) and c pr"), "((a pr or b pr) and c pr)");
  EXPECT_EQ(read("not (a pr) and b pr or not(c pr)"), "((not a pr and b pr) or not c pr)");
  EXPECT_EQ(read("not (a pr or b pr and c pr)"), "not (a pr or (b pr and c pr))");
  EXPECT_EQ(read("a pr or b pr or c pr"), "(a pr or b pr or c pr)");
  EXPECT_EQ(read("( ( a pr ) )"), "a pr");
}

// [RFC7644 3.4.2.2] [RFC7643 2.1]
TEST(Filter, operators_are_read_in_any_letter_case_and_attributes_kept_as_written) {
  EXPECT_EQ(read(R"(USERNAME EQ "x")"), R"(USERNAME eq "x")");
  EXPECT_EQ(read(R"(userName Eq "x" AND id eQ "y" Or NOT (title PR))"),
            R"(((userName eq "x" and id eq "y") or not title pr))");
}

TEST(Filter, every_operator_is_read) {
  for (const auto* op : {"eq", "ne", "co", "sw", "ew", "gt", "lt", "ge", "le"}) {
    EXPECT_EQ(read(fmt::format(R"(title {} "x")", op)), fmt::format(R"(title {} "x")", op));
  }
}

// [RFC7644 3.10]
TEST(Filter, an_attribute_may_carry_its_schema_urn) {
  const auto filter =
      parse_filter(R"(urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "x")");
  ASSERT_TRUE(filter.has_value());
  const auto& path = std::get<Comparison>(filter->node).path;
  EXPECT_EQ(path.schema, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");
  EXPECT_EQ(path.attribute, "manager");
  EXPECT_EQ(path.sub_attribute, "value");
}

TEST(Filter, an_attribute_may_be_called_like_an_operator) {
  EXPECT_EQ(read("not pr"), "not pr");
  EXPECT_EQ(read(R"(or eq "x" or and pr)"), R"((or eq "x" or and pr))");
  EXPECT_EQ(read("pr pr"), "pr pr");
}

// [RFC7644 3.4.2.2]: a value is JSON.
TEST(Filter, values_are_json) {
  EXPECT_EQ(read(R"(userName eq "say \"hi\"")"), R"(userName eq "say \"hi\"")");
  EXPECT_EQ(read(R"(userName eq "Zo\u00eb")"), "userName eq \"Zo\xC3\xAB\"");
  EXPECT_EQ(read(R"(userName eq "")"), R"(userName eq "")");
  EXPECT_EQ(read(R"(userName eq "a and b eq c")"), R"(userName eq "a and b eq c")");
  EXPECT_EQ(read(R"(emails[value eq "]"])"), R"(emails[value eq "]"])");
  EXPECT_EQ(read("active eq true"), "active eq true");
  EXPECT_EQ(read("nickName eq null"), "nickName eq null");
  EXPECT_EQ(read("level gt -12"), "level gt -12");
  EXPECT_EQ(read("level le 1.5"), "level le 1.5E0");
}

TEST(Filter, booleans_are_no_strings) {
  EXPECT_EQ(read("active eq False"), "active eq false");
  EXPECT_EQ(read(R"(active eq "true")"), R"(active eq "true")");
}

// [Entra provisioning-clients 2.1-21]
TEST(Filter, bare_words_of_printed_examples_are_strings) {
  EXPECT_EQ(read("externalId eq jyoung"), R"(externalId eq "jyoung")");
  EXPECT_EQ(read("id eq 1a2b and manager eq 3c"), R"((id eq "1a2b" and manager eq "3c"))");
  EXPECT_EQ(read("(id eq 1a2b)"), R"(id eq "1a2b")");
}

TEST(Filter, spaces_around_its_parts_do_not_matter) {
  EXPECT_EQ(read(R"(  userName   eq   "x"   and  id eq  "y"  )"), R"((userName eq "x" and id eq "y"))");
  EXPECT_EQ(read(R"(emails[ type eq "work" ] and not  ( title pr ))"),
            R"((emails[type eq "work"] and not title pr))");
}

TEST(Filter, a_comparison_behind_a_value_path_is_about_the_same_value) {
  EXPECT_EQ(read(R"(emails[type eq "work"].value eq "x")"), R"(emails[(type eq "work" and value eq "x")])");
  EXPECT_EQ(read(R"(emails[type eq "work"].value pr or title pr)"),
            R"((emails[(type eq "work" and value pr)] or title pr))");
}

// Refusals

// [RFC7644 3.4.2.2]: at least one valid expression.
TEST(Filter, refuses_what_is_no_complete_expression) {
  for (const auto* text : {"",
                           " ",
                           "userName",
                           "userName eq",
                           "userName eq ",
                           R"("x")",
                           R"(eq "x")",
                           R"(userName "x")",
                           R"(userName eq "x" and)",
                           R"(userName eq "x" and )",
                           R"(userName eq "x" and userName)",
                           R"(and userName eq "x")",
                           R"(userName eq "x" "y")",
                           R"(userName eq "x" userName eq "y")",
                           R"(userName = "x")",
                           R"(user name eq "x")",
                           "title pr pr",
                           "title pr title pr",
                           R"(userName eq "x"and title pr)",
                           "or",
                           "not",
                           "not title pr",
                           "()",
                           "not ()",
                           R"(userName eq (x))",
                           R"(userName eq "x" or or title pr)"}) {
    EXPECT_EQ(read(text), "refused") << text;
  }
}

TEST(Filter, refuses_brackets_that_do_not_pair) {
  for (const auto* text :
       {"(", ")", "(title pr", "title pr)", "((title pr)", "(title pr))", "emails[", "emails[]",
        R"(emails[type eq "work")", R"(emails type eq "work"])", R"(emails[type eq "work")])",
        R"((emails[type eq "work"))", "[type pr]", R"(emails[type eq "work"]])", R"(emails[type eq "work"].)",
        R"(emails[type eq "work"].value)"}) {
    EXPECT_EQ(read(text), "refused") << text;
  }
}

// [RFC7644 3.4.2.2]: a valFilter holds no valuePath.
TEST(Filter, refuses_values_of_values) {
  EXPECT_EQ(read(R"(emails[value[type eq "x"]])"), "refused");
  EXPECT_EQ(read(R"(emails.value[type eq "x"])"), "refused");
}

TEST(Filter, refuses_names_that_are_none) {
  for (const auto* text : {"1a pr", "a..b pr", ".a pr", "a. pr", "a.b.c pr", "a:b pr", "urn:x: pr", "urn: pr",
                           "a/b pr", "a,b pr", "\xC3\xA9 pr", "-a pr", "_a pr"}) {
    EXPECT_EQ(read(text), "refused") << text;
  }
  EXPECT_EQ(read("$ref pr"), "$ref pr");
  EXPECT_EQ(read("a-1_$ pr"), "a-1_$ pr");
}

TEST(Filter, refuses_strings_that_do_not_end_or_are_no_json) {
  for (const auto* text :
       {R"(userName eq "x)", R"(userName eq ")", R"(userName eq "x\")", R"(userName eq "\q")",
        R"(userName eq "\u12")", "userName eq \"\x01\"", "userName eq \"\xC3\"", "userName eq \xC3"}) {
    EXPECT_EQ(read(text), "refused") << text;
  }
}

// [RFC7644 3.4.2.2]
TEST(Filter, names_the_operator_it_does_not_know) {
  const auto filter = parse_filter(R"(userName regex "x")");
  ASSERT_FALSE(filter.has_value());
  EXPECT_THAT(filter.error().message, HasSubstr("regex"));
}

TEST(Filter, a_refusal_stays_short_whatever_was_sent) {
  for (const auto& text : {"userName " + std::string(4000, 'o') + " \"x\"",
                           R"(userName eq "x" )" + std::string(4000, 'j') + R"( id eq "y")",
                           std::string(4000, 'a') + "/ pr", std::string(4000, 'a')}) {
    const auto filter = parse_filter(text);
    ASSERT_FALSE(filter.has_value());
    EXPECT_LT(filter.error().message.size(), 200U);
  }
}

// Limits

TEST(Filter, holds_sixty_four_comparisons_and_no_more) {
  ASSERT_EQ(most_comparisons, 64U);
  EXPECT_NE(read(joined(64)), "refused");
  EXPECT_EQ(read(joined(65)), "refused");
}

TEST(Filter, nests_thirty_two_brackets_and_no_more) {
  ASSERT_EQ(deepest_filter, 32U);
  EXPECT_EQ(read(nested(32)), "title pr");
  EXPECT_EQ(read(nested(33)), "refused");
  EXPECT_EQ(read("emails[" + nested(31) + "]"), "emails[title pr]");
  EXPECT_EQ(read("emails[" + nested(32) + "]"), "refused");
  EXPECT_EQ(read(nested(32) + " and " + nested(32)), "(title pr and title pr)");
}

TEST(Filter, is_at_most_4096_bytes_long) {
  ASSERT_EQ(longest_filter, 4096U);
  EXPECT_NE(read(filter_of_size(4096)), "refused");
  EXPECT_EQ(read(filter_of_size(4097)), "refused");
}

// Printing

TEST(Filter, prints_no_more_brackets_than_it_needs) {
  const auto printed = [](std::string_view text) { return to_text(parse_filter(text).value()); };
  EXPECT_EQ(printed("((a pr)) and (b pr or (c pr and d pr))"), "a pr and (b pr or c pr and d pr)");
  EXPECT_EQ(printed("NOT(a PR)"), "not (a pr)");
  EXPECT_EQ(printed("(a pr and b pr) and c pr"), "(a pr and b pr) and c pr");
  EXPECT_EQ(printed(R"(a EQ jyoung or b[c eq "d"].e ge 5)"), R"(a eq "jyoung" or b[c eq "d" and e ge 5])");
}

TEST(Filter, a_conjunction_is_comparisons_joined_by_and) {
  const auto count = [](std::string_view text) { return conjunction(parse_filter(text).value()).size(); };
  EXPECT_EQ(count(R"(a eq "x")"), 1U);
  EXPECT_EQ(count(R"(a eq "x" and (b eq "y" and c ne "z"))"), 3U);
  EXPECT_EQ(count(R"(a eq "x" or b eq "y")"), 0U);
  EXPECT_EQ(count(R"(a eq "x" and b pr)"), 0U);
  EXPECT_EQ(count(R"(a eq "x" and (b eq "y" or c eq "z"))"), 0U);
  EXPECT_EQ(count(R"(not (a eq "x"))"), 0U);
}

// Paths of PATCH

std::string read_path(std::string_view text) {
  const auto path = parse_target_path(text);
  return path ? to_text(*path) : "refused";
}

// [RFC7644 3.5.2]: the examples behind the grammar of a path.
TEST(TargetPath, reads_the_examples_of_the_rfc) {
  for (const auto* text : {"members", "name.familyName", R"(addresses[type eq "work"])",
                           R"(members[value eq "2819c223-7f76-453a-919d-413861904646"])",
                           R"(members[value eq "2819c223-7f76-453a-919d-413861904646"].displayName)",
                           "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
                           R"(urn:ietf:params:scim:schemas:core:2.0:User:emails[type eq "work"].value)"}) {
    EXPECT_EQ(read_path(text), text);
  }
}

// [RFC7644 3.5.2]
TEST(TargetPath, refuses_what_is_none) {
  for (const auto* text : {"", " ", "a..b", "a[", "a]", "[x eq 1]", "emails[type eq]", "emails[]",
                           R"(emails[type eq "work"]value)", R"(emails[type eq "work"]..value)",
                           R"(emails[type eq "work"].value.x)", R"(emails[type eq "work"].value eq "x")",
                           "title pr", "title and", "name.a.b", R"(emails.value[type eq "work"])",
                           R"(emails[type eq "work"])"
                           R"([type eq "work"])"}) {
    EXPECT_EQ(read_path(text), "refused") << text;
  }
}

}  // namespace filter_test
}  // namespace directory::scim
