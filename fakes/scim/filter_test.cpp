// Filters against one user, from the text of RFC 7644 3.4.2.2; and for each quirk the filter that shows it.
#include "fakes/scim/filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "fakes/scim/language_fixture.h"

namespace fakes::scim {
namespace filter_test {

using ::testing::IsEmpty;
using ::testing::Not;

/// "yes" or "no", or the scimType of the refusal, or its status where it has none.
std::string answer(std::string_view text, const base::JsonObject& resource, const ResourceType& type, const Quirks& quirks) {
  const auto filter = parse_filter(text, type, quirks);
  if (filter) return matches(*filter, resource) ? "yes" : "no";
  return filter.error().scim_type.empty() ? std::to_string(filter.error().status) : filter.error().scim_type;
}

std::string answer(std::string_view text, const Quirks& quirks = {}) {
  return answer(text, barbara(), user_type(), quirks);
}

struct FilterCase {
  std::string_view filter;
  std::string_view answer;
};

class FilterOfBarbara : public ::testing::TestWithParam<FilterCase> {};

TEST_P(FilterOfBarbara, answers) {
  EXPECT_EQ(answer(GetParam().filter), GetParam().answer) << GetParam().filter;
}

// [RFC7644 3.4.2.2] table 3
INSTANTIATE_TEST_SUITE_P(Operators, FilterOfBarbara, ::testing::ValuesIn(std::vector<FilterCase>{
    {R"(title eq "Tour Guide")", "yes"},
    {R"(title eq "Tour")", "no"},
    {R"(title ne "Tour")", "yes"},
    {R"(title ne "Tour Guide")", "no"},
    {R"(nickName ne "Babs")", "yes"},
    {R"(nickName eq "Babs")", "no"},
    {R"(title co "r G")", "yes"},
    {R"(title co "")", "yes"},
    {R"(title co "x")", "no"},
    {R"(title sw "Tour")", "yes"},
    {R"(title sw "Tour Guide")", "yes"},
    {R"(title sw "Guide")", "no"},
    {R"(title ew "Guide")", "yes"},
    {R"(title ew "Tour")", "no"},
    {R"(title gt "Tour")", "yes"},
    {R"(title gt "Tour Guide")", "no"},
    {R"(title ge "Tour Guide")", "yes"},
    {R"(title lt "Tour Guides")", "yes"},
    {R"(title lt "Tour Guide")", "no"},
    {R"(title le "Tour Guide")", "yes"},
    {"title pr", "yes"},
    {"nickName pr", "no"},
    {"userType pr", "no"},
    {"name pr", "yes"},
    {"addresses pr", "no"},
    {"emails pr", "yes"},
    {"active pr", "yes"},
    {"active eq true", "yes"},
    {"active ne true", "no"},
    {R"(active eq "True")", "yes"},
}));

// [RFC7644 3.4.2.2] names, operators, operands
INSTANTIATE_TEST_SUITE_P(Words, FilterOfBarbara, ::testing::ValuesIn(std::vector<FilterCase>{
    {R"(USERNAME EQ "bjensen@example.com")", "yes"},
    {R"(userName eq "BJensen@Example.com")", "yes"},
    {R"(externalId eq "Ext-701984")", "yes"},
    {R"(externalId eq "ext-701984")", "no"},
    {R"(id eq "2819C223-ab")", "no"},
    {R"(name.familyName eq "jensen")", "yes"},
    {R"(NAME.FAMILYNAME sw "J")", "yes"},
    {R"(urn:ietf:params:scim:schemas:core:2.0:User:name.familyName eq "Jensen")", "yes"},
    {R"(urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "tour operations")", "yes"},
    {R"(URN:ietf:params:scim:schemas:extension:enterprise:2.0:user:manager.displayName eq "John Smith")", "yes"},
    {R"(urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager pr)", "yes"},
    {R"(schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")", "yes"},
    {R"(schemas eq "urn:ietf:params:scim:schemas:core:2.0:Group")", "no"},
    {"nickName eq null", "yes"},
    {"title eq null", "no"},
    {"title ne null", "yes"},
    {"nickName ne null", "no"},
    {R"(title eq "\u0054our\u0020Guide")", "yes"},
    {R"(title ne "a \" quoted ) text")", "yes"},
    {R"(meta.resourceType eq "User")", "yes"},
    {R"(meta.lastModified gt "2011-05-13T04:42:33Z")", "yes"},
    {R"(meta.lastModified gt "2011-05-13T04:42:34Z")", "no"},
    {R"(meta.lastModified eq "2011-05-13T06:42:34+02:00")", "yes"},
    {R"(meta.lastModified eq "2011-05-13T04:42:34.000Z")", "yes"},
    {R"(meta.lastModified lt "2011-05-13T04:00:00-08:00")", "yes"},
}));

// [RFC7644 3.4.2.2] several values, and values of one object
INSTANTIATE_TEST_SUITE_P(Values, FilterOfBarbara, ::testing::ValuesIn(std::vector<FilterCase>{
    {R"(emails.value eq "babs@jensen.org")", "yes"},
    {R"(emails eq "babs@jensen.org")", "yes"},
    {R"(emails co "@jensen.org")", "yes"},
    {R"(emails.type eq "other")", "no"},
    {R"(emails[type eq "work" and value co "@example.com"])", "yes"},
    {R"(emails[type eq "work" and value co "@jensen.org"])", "no"},
    {R"(emails[ type eq "other" or value ew ".org" ])", "yes"},
    {R"(emails[not (type eq "work")])", "yes"},
    {R"(emails[not (type pr)])", "no"},
    {R"(emails[primary eq true] and title pr)", "yes"},
    {R"(roles[primary eq "True"].value eq "guide")", "invalidFilter"},
    {R"(roles[primary eq "True"])", "yes"},
    {R"(x509Certificates.value eq "aGVsbG8=")", "yes"},
    {R"(x509Certificates.value eq "AGVSBG8=")", "no"},
}));

// [RFC7644 3.4.2.2] "not" before "and" before "or", and brackets
INSTANTIATE_TEST_SUITE_P(Precedence, FilterOfBarbara, ::testing::ValuesIn(std::vector<FilterCase>{
    {"title pr or nickName pr and nickName pr", "yes"},
    {"(title pr or nickName pr) and nickName pr", "no"},
    {"nickName pr and nickName pr or title pr", "yes"},
    {"nickName pr and (nickName pr or title pr)", "no"},
    {"not (nickName pr) and title pr", "yes"},
    {"not(nickName pr or title pr)", "no"},
    {"not (nickName pr and title pr)", "yes"},
    {"NOT (nickName pr) AND title pr", "yes"},
    {"((title pr))", "yes"},
    {R"(title pr and not (emails.value co "example.com" or emails.value co "example.org"))", "no"},
}));

// [RFC7644 3.4.2.2] [RFC7644 3.12] what is refused
INSTANTIATE_TEST_SUITE_P(Refused, FilterOfBarbara, ::testing::ValuesIn(std::vector<FilterCase>{
    {"", "invalidFilter"},
    {" ", "invalidFilter"},
    {"userName", "invalidFilter"},
    {"userName eq", "invalidFilter"},
    {R"(eq "x")", "invalidFilter"},
    {R"(userName regex "x")", "invalidFilter"},
    {"userName eq x", "invalidFilter"},
    {R"(userName eq "x)", "invalidFilter"},
    {R"(userName eq "\x")", "invalidFilter"},
    {R"(userName eq 'x')", "invalidFilter"},
    {"userName eq 5", "invalidFilter"},
    {"userName eq {}", "invalidFilter"},
    {"userName gt null", "invalidFilter"},
    {R"((userName eq "x")", "invalidFilter"},
    {R"(userName eq "x"))", "invalidFilter"},
    {R"(userName eq "x" and)", "invalidFilter"},
    {R"(and userName eq "x")", "invalidFilter"},
    {R"(userName eq "x" userName eq "x")", "invalidFilter"},
    {R"(not userName eq "x")", "invalidFilter"},
    {R"(emails[type eq "work")", "invalidFilter"},
    {"emails[]", "invalidFilter"},
    {R"(emails[kind eq "work"])", "invalidFilter"},
    {R"(emails[emails[type eq "work"]])", "invalidFilter"},
    {R"(title[value eq "x"])", "invalidFilter"},
    {R"(noSuch eq "x")", "invalidFilter"},
    {R"(department eq "x")", "invalidFilter"},
    {R"(name.noSuch eq "x")", "invalidFilter"},
    {R"(name eq "x")", "invalidFilter"},
    {R"(addresses eq "x")", "invalidFilter"},
    {"active gt true", "invalidFilter"},
    {"active le false", "invalidFilter"},
    {"active co true", "invalidFilter"},
    {R"(active eq "maybe")", "invalidFilter"},
    {R"(x509Certificates.value gt "x")", "invalidFilter"},
    {R"(meta.created gt "yesterday")", "invalidFilter"},
    {R"(password eq "t1meMa$heen")", "sensitive"},
    {"password pr", "sensitive"},
}));

TEST(Filter, a_refusal_says_why) {
  for (const auto* text : {"", "userName regex \"x\"", "noSuch pr", "name eq \"x\"", "active gt true"}) {
    const auto filter = parse_filter(text, user_type(), {});
    ASSERT_FALSE(filter.has_value()) << text;
    EXPECT_EQ(filter.error().status, 400) << text;
    EXPECT_THAT(filter.error().detail, Not(IsEmpty())) << text;
  }
}

// [RFC7644 7.5.2]
TEST(Filter, a_search_for_passwords_is_forbidden) {
  EXPECT_EQ(parse_filter("password pr", user_type(), {}).error().status, 403);
}

TEST(Filter, length_and_depth_are_bounded) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '(') + "title pr" + std::string(depth, ')'); };
  EXPECT_EQ(answer(nested(deepest_filter)), "yes");
  EXPECT_EQ(answer(nested(deepest_filter + 1)), "invalidFilter");
  EXPECT_EQ(answer("title pr" + std::string(longest_filter, ' ')), "invalidFilter");
}

TEST(Filter, of_groups_names_their_members) {
  const auto of_group = [](std::string_view text) { return answer(text, tour_guides(), group_type(), {}); };
  EXPECT_EQ(of_group(R"(members.value eq "u2")"), "yes");
  EXPECT_EQ(of_group(R"(members eq "u2")"), "yes");
  EXPECT_EQ(of_group(R"(members[value eq "u4"])"), "no");
  EXPECT_EQ(of_group(R"(userName eq "x")"), "invalidFilter");
}

// [RFC7644 3.4.2.1] what a type does not have counts as unassigned
TEST(Filter, at_the_root_names_attributes_of_any_type) {
  const auto of_group = [](std::string_view text) { return answer(text, tour_guides(), any_type(), {}); };
  EXPECT_EQ(of_group(R"(userName eq "x")"), "no");
  EXPECT_EQ(of_group("not (userName pr)"), "yes");
  EXPECT_EQ(of_group(R"(meta.resourceType eq "Group")"), "yes");
  EXPECT_EQ(of_group(R"(urn:ietf:params:scim:schemas:core:2.0:Group:members eq "u1")"), "yes");
  EXPECT_EQ(of_group(R"(noSuch eq "x")"), "invalidFilter");
}

// [RFC7644 5] [RFC8265 3.3]
TEST(Filter, texts_are_compared_after_preparation) {
  auto user = barbara();
  user["userName"] = "Ren\u00e9e";  // é as one character
  EXPECT_EQ(answer("userName eq \"rene\u0301e\"", user, user_type(), {}), "yes");
  EXPECT_EQ(answer("userName eq \"\uff32\uff45n\u00c9e\"", user, user_type(), {}), "yes");  // wide R and e
  EXPECT_EQ(answer(R"(userName eq "renee")", user, user_type(), {}), "no");
  EXPECT_EQ(answer("userName eq \"rene\u0301e\"", user, user_type(), {Quirk::text_not_prepared}), "no");
}

TEST(Filter, a_value_is_described_by_what_it_must_equal) {
  const auto& emails = *find_attribute(user_type(), "emails", {})->attribute;
  const auto described = [&](std::string_view text) {
    const auto value = value_described_by(*parse_value_filter(text, emails, {}));
    return value ? base::to_text(*value) : "nothing";
  };
  EXPECT_EQ(described(R"(type eq "work")"), R"({"type":"work"})");
  EXPECT_EQ(described(R"(TYPE eq "work" and primary eq "True")"), R"({"type":"work","primary":true})");
  EXPECT_EQ(described(R"(type eq "work" or type eq "home")"), "nothing");
  EXPECT_EQ(described(R"(type ne "work")"), "nothing");
  EXPECT_EQ(described(R"(not (type eq "work"))"), "nothing");
}

// One quirk each

struct QuirkCase {
  Quirk quirk;
  std::string_view filter;
  std::string_view conforming;
  std::string_view quirky;
};

const std::vector<QuirkCase> quirk_cases{
    {Quirk::attribute_names_with_case, R"(USERNAME eq "bjensen@example.com")", "yes", "invalidFilter"},
    {Quirk::urn_with_case, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:department pr", "yes", "invalidFilter"},
    {Quirk::case_exact_ignored, R"(externalId eq "ext-701984")", "no", "yes"},
    {Quirk::user_name_with_case, R"(userName eq "BJensen@example.com")", "yes", "no"},
    {Quirk::date_times_as_text, R"(meta.lastModified eq "2011-05-13T06:42:34+02:00")", "yes", "no"},
    {Quirk::filter_operators_with_case, R"(title EQ "Tour Guide")", "yes", "invalidFilter"},
    {Quirk::filter_empty_matches_all, "", "invalidFilter", "yes"},
    {Quirk::filter_unreadable_matches_all, "nickName eq", "invalidFilter", "yes"},
    {Quirk::filter_unknown_operator_as_eq, R"(title regex "Tour Guide")", "invalidFilter", "yes"},
    {Quirk::filter_unknown_operator_unnamed, R"(title regex "Tour")", "invalidFilter", "400"},
    {Quirk::filter_boolean_text_never_equal, R"(roles[primary eq "True"])", "yes", "no"},
    {Quirk::filter_ne_needs_value, R"(nickName ne "Babs")", "yes", "no"},
    {Quirk::filter_ne_never_matches, R"(title ne "Guide")", "yes", "no"},
    {Quirk::filter_co_as_sw, R"(title co "Guide")", "yes", "no"},
    {Quirk::filter_sw_as_co, R"(title sw "Guide")", "no", "yes"},
    {Quirk::filter_sw_needs_more, R"(title sw "Tour Guide")", "yes", "no"},
    {Quirk::filter_ew_never_matches, R"(title ew "Guide")", "yes", "no"},
    {Quirk::filter_ew_as_co, R"(title ew "Tour")", "no", "yes"},
    {Quirk::filter_pr_finds_all, "userType pr", "no", "yes"},
    {Quirk::filter_complex_never_present, "name pr", "yes", "no"},
    {Quirk::filter_gt_as_ge, R"(title gt "Tour Guide")", "no", "yes"},
    {Quirk::filter_le_as_lt, R"(title le "Tour Guide")", "yes", "no"},
    {Quirk::filter_orders_booleans, "active gt false", "invalidFilter", "yes"},
    {Quirk::filter_orders_binary, R"(x509Certificates.value gt "a")", "invalidFilter", "yes"},
    {Quirk::filter_or_binds_tighter, "title pr or title pr and nickName pr", "yes", "no"},
    {Quirk::filter_left_to_right, "title pr or nickName pr and nickName pr", "yes", "no"},
    {Quirk::filter_not_ignored, "not (title pr)", "no", "yes"},
    {Quirk::filter_round_brackets_ignored, "nickName pr and (nickName pr or title pr)", "no", "yes"},
    {Quirk::filter_value_path_across_values, R"(emails[type eq "work" and value ew ".org"])", "no", "yes"},
    {Quirk::filter_sub_attribute_ignored, R"(emails.type eq "home")", "yes", "no"},
    {Quirk::filter_first_value_only, R"(emails.value eq "babs@jensen.org")", "yes", "no"},
    {Quirk::filter_multi_valued_needs_sub_attribute, R"(emails co "@")", "yes", "no"},
    {Quirk::filter_null_fails, "nickName eq null", "yes", "500"},
    {Quirk::filter_escapes_kept, R"(title eq "Tour\u0020Guide")", "yes", "no"},
    {Quirk::filter_schemas_never_match, R"(schemas co "User")", "yes", "no"},
    {Quirk::filter_extension_never_matches, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department pr",
     "yes", "no"},
    {Quirk::filter_dotted_never_matches, R"(name.familyName eq "Jensen")", "yes", "no"},
    {Quirk::filter_and_as_or, "title pr and nickName pr", "no", "yes"},
    {Quirk::filter_or_as_and, "title pr or nickName pr", "yes", "no"},
    {Quirk::filter_eq_ignores_booleans, "active eq true", "yes", "no"},
    {Quirk::filter_eq_as_sw, R"(title eq "Tour")", "no", "yes"},
    {Quirk::filter_external_id_ignored, R"(externalId eq "another")", "no", "yes"},
    {Quirk::filter_meta_never_matches, "meta.lastModified pr", "yes", "no"},
    {Quirk::filter_unknown_attribute_ignored, R"(noSuch eq "x")", "invalidFilter", "yes"},
    {Quirk::filter_finds_passwords, R"(password sw "t1me")", "sensitive", "yes"},
};

TEST(FilterQuirks, each_changes_the_answer_to_its_filter) {
  for (const auto& [quirk, filter, conforming, quirky] : quirk_cases) {
    EXPECT_EQ(answer(filter), conforming) << filter;
    EXPECT_EQ(answer(filter, {quirk}), quirky) << filter;
  }
  const auto of_group = [](const Quirks& quirks) {
    return answer(R"(members eq "u2")", tour_guides(), group_type(), quirks);
  };
  EXPECT_EQ(of_group({}), "yes");
  EXPECT_EQ(of_group({Quirk::filter_members_never_match}), "no");
  const auto of_name = [](const Quirks& quirks) {
    return answer(R"(displayName eq "Jos\u00e9")", object_of(R"({"displayName": "José"})"), user_type(), quirks);
  };
  EXPECT_EQ(of_name({}), "yes");
  EXPECT_EQ(of_name({Quirk::filter_eq_ignores_letters_beyond_ascii}), "no");
}

TEST(FilterQuirks, each_leaves_a_plain_filter_as_it_is) {
  for (const auto& quirk : all_quirks()) {
    EXPECT_EQ(answer(R"(userName eq "bjensen@example.com")", {quirk.quirk}), "yes") << quirk.name;
    EXPECT_EQ(answer(R"(userName eq "nobody")", {quirk.quirk}), "no") << quirk.name;
  }
}

TEST(FilterQuirks, all_are_tested) {
  std::set<Quirk> tested{Quirk::filter_members_never_match, Quirk::filter_eq_ignores_letters_beyond_ascii};
  for (const auto& quirk_case : quirk_cases) tested.insert(quirk_case.quirk);
  for (const auto& quirk : all_quirks()) {
    if (quirk.name.starts_with("filter_")) EXPECT_TRUE(tested.contains(quirk.quirk)) << quirk.name;
  }
}

}  // namespace filter_test
}  // namespace fakes::scim
