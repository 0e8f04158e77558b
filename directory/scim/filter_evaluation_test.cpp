// What each operator means for each type, from the text of RFC 7644 section 3.4.2.2 and the notes of the
// field.
#include "directory/scim/filter_evaluation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "directory/scim/language_fixture.h"

namespace directory::scim {
namespace filter_evaluation_test {

using base::JsonObject;
using ::testing::HasSubstr;

bool holds(const JsonObject& resource, std::string_view text, const ResourceSchema& schema = users()) {
  const auto filter = parse_filter(text).value();
  const auto checked = check_filter(filter, schema);
  EXPECT_TRUE(checked.has_value()) << text;
  return matches(filter, resource, schema);
}

bool holds(std::string_view text) {
  return holds(barbara(), text);
}

/// Why a user filter is refused; empty where it is not.
std::string refusal(std::string_view text) {
  const auto checked = check_filter(parse_filter(text).value(), users());
  return checked ? "" : checked.error().message;
}

/// A user with one member besides the name.
JsonObject user_with(std::string_view member) {
  return object(R"({"userName": "x", )" + std::string(member) + "}");
}

// [RFC7644 3.4.2.2]
TEST(FilterEvaluation, string_operators) {
  EXPECT_TRUE(holds(R"(title eq "Tour Guide")"));
  EXPECT_FALSE(holds(R"(title eq "Tour")"));
  EXPECT_TRUE(holds(R"(title ne "Tour")"));
  EXPECT_FALSE(holds(R"(title ne "Tour Guide")"));
  EXPECT_TRUE(holds(R"(title co "r G")"));
  EXPECT_TRUE(holds(R"(title co "")"));
  EXPECT_FALSE(holds(R"(title co "x")"));
  EXPECT_TRUE(holds(R"(title sw "Tour")"));
  EXPECT_TRUE(holds(R"(title sw "Tour Guide")"));
  EXPECT_FALSE(holds(R"(title sw "Guide")"));
  EXPECT_TRUE(holds(R"(title ew "Guide")"));
  EXPECT_FALSE(holds(R"(title ew "Tour")"));
}

TEST(FilterEvaluation, strings_are_ordered_letter_by_letter) {
  const auto user = user_with(R"("title": "m")");
  EXPECT_TRUE(holds(user, R"(title gt "l")"));
  EXPECT_FALSE(holds(user, R"(title gt "m")"));
  EXPECT_TRUE(holds(user, R"(title ge "m")"));
  EXPECT_TRUE(holds(user, R"(title lt "ma")"));
  EXPECT_FALSE(holds(user, R"(title lt "m")"));
  EXPECT_TRUE(holds(user, R"(title le "M")"));
}

// [RFC7644 3.4.2.2] [RFC7643 3.1]: letter case counts where the schema says caseExact.
TEST(FilterEvaluation, letter_case_follows_the_schema) {
  EXPECT_TRUE(holds(R"(userName eq "BJensen")"));
  EXPECT_TRUE(holds(R"(USERNAME sw "BJ")"));
  EXPECT_TRUE(holds(R"(emails.value co "EXAMPLE")"));
  EXPECT_TRUE(holds(R"(externalId eq "Babs")"));
  EXPECT_FALSE(holds(R"(externalId eq "babs")"));
  EXPECT_FALSE(holds(R"(externalId co "bABS")"));
  EXPECT_FALSE(holds(R"(id eq "2819C223")"));
}

TEST(FilterEvaluation, an_attribute_is_found_behind_its_urn_in_any_letter_case) {
  EXPECT_TRUE(holds(R"(urn:ietf:params:scim:schemas:core:2.0:User:userName eq "bjensen")"));
  EXPECT_TRUE(
      holds(R"(urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "tour operations")"));
  EXPECT_TRUE(
      holds(R"(URN:ietf:params:scim:schemas:extension:enterprise:2.0:user:manager.value eq "26118915")"));
  EXPECT_FALSE(holds(R"(urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division pr)"));
}

// [rule R54] [rule R56]
TEST(FilterEvaluation, an_attribute_of_one_extension_alone_may_be_bare) {
  EXPECT_TRUE(holds(R"(employeeNumber eq "701984")"));
  EXPECT_FALSE(holds("costCenter pr or organization pr"));
}

// [RFC7644 3.4.2.2] [RFC7643 2.5]
TEST(FilterEvaluation, pr_asks_for_a_value_that_says_something) {
  EXPECT_TRUE(holds("title pr"));
  EXPECT_TRUE(holds("name pr"));
  EXPECT_TRUE(holds("emails pr"));
  EXPECT_TRUE(holds("active pr"));
  EXPECT_FALSE(holds("nickName pr"));
  EXPECT_FALSE(holds("name.middleName pr"));
  for (const auto* absent : {R"("title": null)", R"("title": "")"})
    EXPECT_FALSE(holds(user_with(absent), "title pr")) << absent;
  for (const auto* absent :
       {R"("name": {})", R"("name": {"givenName": ""})", R"("name": {"givenName": null})"}) {
    EXPECT_FALSE(holds(user_with(absent), "name pr")) << absent;
  }
  for (const auto* absent :
       {R"("emails": [])", R"("emails": null)", R"("emails": [{}])", R"("emails": [{"value": ""}])"}) {
    EXPECT_FALSE(holds(user_with(absent), "emails pr")) << absent;
    EXPECT_FALSE(holds(user_with(absent), "emails.value pr")) << absent;
  }
  EXPECT_TRUE(holds(user_with(R"("active": false)"), "active pr"));
}

TEST(FilterEvaluation, null_is_absence) {
  EXPECT_TRUE(holds("nickName eq null"));
  EXPECT_FALSE(holds("nickName ne null"));
  EXPECT_FALSE(holds("title eq null"));
  EXPECT_TRUE(holds("title ne null"));
  EXPECT_TRUE(holds("name ne null"));
  EXPECT_TRUE(holds(R"(nickName eq "")"));
  EXPECT_FALSE(holds(R"(title eq "")"));
}

// Of one value, ne is what eq is not.
TEST(FilterEvaluation, ne_holds_where_the_attribute_is_absent) {
  EXPECT_TRUE(holds(R"(nickName ne "x")"));
  EXPECT_FALSE(holds(R"(nickName eq "x")"));
  for (const auto* op : {"co", "sw", "ew", "gt", "lt", "ge", "le"}) {
    EXPECT_FALSE(holds(std::string("nickName ") + op + R"( "x")")) << op;
  }
}

TEST(FilterEvaluation, booleans_are_equal_or_not) {
  EXPECT_TRUE(holds("active eq true"));
  EXPECT_FALSE(holds("active eq false"));
  EXPECT_TRUE(holds("active ne false"));
  EXPECT_TRUE(holds("emails[primary eq true]"));
}

// [Entra provisioning-clients 7.1-37]
TEST(FilterEvaluation, booleans_are_also_compared_with_the_words_that_entra_writes) {
  EXPECT_TRUE(holds(R"(active eq "True")"));
  EXPECT_TRUE(holds(R"(emails[primary eq "True" and value co "example"])"));
  EXPECT_FALSE(holds(R"(active eq "False")"));
}

// [RFC7644 3.4.2.2]: dateTimes are ordered in time, not as text.
TEST(FilterEvaluation, date_times_are_instants) {
  EXPECT_TRUE(holds(R"(meta.lastModified gt "2011-05-13T04:42:33Z")"));
  EXPECT_FALSE(holds(R"(meta.lastModified gt "2011-05-13T04:42:34Z")"));
  EXPECT_TRUE(holds(R"(meta.lastModified ge "2011-05-13T04:42:34.000Z")"));
  EXPECT_TRUE(holds(R"(meta.lastModified eq "2011-05-13T06:42:34+02:00")"));
  EXPECT_TRUE(holds(R"(meta.lastModified lt "2011-05-13T04:00:00-02:00")"));
  EXPECT_TRUE(holds(R"(meta.created sw "2010-01")"));
}

// [RFC7644 3.4.2.2]: one of the values has to match.
TEST(FilterEvaluation, any_value_of_many_may_match) {
  EXPECT_TRUE(holds(R"(emails.value eq "babs@jensen.org")"));
  EXPECT_TRUE(holds(R"(emails.type eq "home")"));
  EXPECT_FALSE(holds(R"(emails.type eq "other")"));
  EXPECT_TRUE(holds(R"(emails.type ne "work")"));
  EXPECT_FALSE(holds(user_with(R"("emails": [{"value": "x", "type": "work"}])"), R"(emails.type ne "work")"));
  EXPECT_TRUE(holds(R"(schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")"));
  EXPECT_FALSE(holds(R"(schemas eq "urn:ietf:params:scim:schemas:core:2.0:Group")"));
}

// [RFC7644 3.4.2.2]
TEST(FilterEvaluation, a_list_of_values_stands_for_their_value) {
  EXPECT_TRUE(holds(R"(emails co "jensen.org")"));
  EXPECT_TRUE(holds(R"(emails eq "babs@jensen.org")"));
  EXPECT_FALSE(holds(R"(emails co "work")"));
}

// [Entra provisioning-clients 2.1-21]
TEST(FilterEvaluation, the_manager_stands_for_its_value) {
  EXPECT_TRUE(holds("id eq 2819c223 and manager eq 26118915"));
}

// [RFC7644 3.4.2.2]: both conditions are about one and the same value.
TEST(FilterEvaluation, square_brackets_are_about_one_value) {
  EXPECT_TRUE(holds(R"(emails[type eq "work" and value co "@example.com"])"));
  EXPECT_FALSE(holds(R"(emails[type eq "work" and value co "@jensen.org"])"));
  EXPECT_TRUE(holds(R"(emails.type eq "work" and emails.value co "@jensen.org")"));
  EXPECT_TRUE(holds(R"(emails[not (type eq "work")])"));
  EXPECT_TRUE(holds(R"(emails[type eq "other" or primary pr])"));
  EXPECT_TRUE(holds(R"(emails[type eq "work"].value eq "bjensen@example.com")"));
  EXPECT_FALSE(holds(R"(emails[type eq "home"].value eq "bjensen@example.com")"));
  EXPECT_TRUE(holds(R"(name[familyName eq "jensen"])"));
  EXPECT_TRUE(holds(R"(schemas[value ew "2.0:User"])"));
  EXPECT_FALSE(holds(user_with(R"("emails": [])"), R"(emails[not (type eq "work")])"));
}

TEST(FilterEvaluation, members_of_a_group_can_be_looked_for) {
  EXPECT_TRUE(holds(tour_guides(), R"(members.value eq "u2")", groups()));
  EXPECT_TRUE(holds(tour_guides(), R"(members[value eq "u2"])", groups()));
  EXPECT_TRUE(holds(tour_guides(), R"(members eq "u2")", groups()));
  EXPECT_FALSE(holds(tour_guides(), R"(members eq "u4")", groups()));
}

// [RFC7644 3.4.2.2]: a truth table of three.
TEST(FilterEvaluation, logic_follows_precedence) {
  for (int bits = 0; bits < 8; ++bits) {
    const bool a = (bits & 1) != 0;
    const bool b = (bits & 2) != 0;
    const bool c = (bits & 4) != 0;
    JsonObject user{{"userName", "x"}};
    if (a) user["title"] = "x";
    if (b) user["nickName"] = "x";
    if (c) user["locale"] = "x";
    EXPECT_EQ(holds(user, "title pr and nickName pr or locale pr"), (a && b) || c) << bits;
    EXPECT_EQ(holds(user, "title pr or nickName pr and locale pr"), a || (b && c)) << bits;
    EXPECT_EQ(holds(user, "(title pr or nickName pr) and locale pr"), (a || b) && c) << bits;
    EXPECT_EQ(holds(user, "not (title pr) and nickName pr or not (locale pr)"), (!a && b) || !c) << bits;
  }
}

// Refusals

// An attribute that is not known never widens the result.
TEST(FilterEvaluation, unknown_attributes_are_refused) {
  EXPECT_THAT(refusal(R"(noSuch eq "x")"), HasSubstr("noSuch"));
  for (const auto* text :
       {R"(userName eq "x" or noSuch eq "y")", "not (noSuch pr)", R"(emails[noSuch eq "x"])",
        "name.noSuch pr", R"(urn:ietf:params:scim:schemas:core:2.0:Group:displayName pr)",
        "userName.value pr", "members pr", R"(noSuch[value eq "x"])", R"(emails[urn:x:type eq "x"])"}) {
    EXPECT_NE(refusal(text), "") << text;
  }
}

// [RFC7644 3.4.2.1]: where several types are asked, a foreign attribute has no value.
TEST(FilterEvaluation, an_attribute_foreign_to_the_type_has_no_value) {
  const auto filter = [](std::string_view text) { return parse_filter(text).value(); };
  EXPECT_FALSE(matches(filter(R"(userName eq "x")"), tour_guides(), groups()));
  EXPECT_FALSE(matches(filter("userName pr"), tour_guides(), groups()));
  EXPECT_FALSE(matches(filter(R"(emails[type eq "work"])"), tour_guides(), groups()));
  EXPECT_TRUE(matches(filter(R"(userName eq "x" or meta.resourceType pr or displayName pr)"), tour_guides(),
                      groups()));
}

// [RFC7644 3.4.2.2]: "gt" and its like are not for booleans and binaries.
TEST(FilterEvaluation, operators_that_a_type_has_not_are_refused) {
  for (const auto* op : {"gt", "ge", "lt", "le"}) {
    EXPECT_NE(refusal(std::string("active ") + op + " true"), "") << op;
    EXPECT_NE(refusal(std::string("x509Certificates.value ") + op + R"( "AAAA")"), "") << op;
    EXPECT_NE(refusal(std::string("x509Certificates ") + op + R"( "AAAA")"), "") << op;
    EXPECT_NE(refusal(std::string("title ") + op + " null"), "") << op;
  }
  for (const auto* op : {"co", "sw", "ew"})
    EXPECT_NE(refusal(std::string("active ") + op + R"( "true")"), "") << op;
}

TEST(FilterEvaluation, values_of_another_type_are_refused) {
  for (const auto* text : {R"(active eq "maybe")", "active eq 1", "title eq true", "meta.created eq 5",
                           R"(meta.created gt "yesterday")", R"(meta.created eq "2010-01-23")"}) {
    EXPECT_NE(refusal(text), "") << text;
  }
  EXPECT_EQ(refusal("employeeNumber eq 701984"), "");
}

// [RFC7644 3.4.2.2]: complex attributes are compared by a sub-attribute.
TEST(FilterEvaluation, a_complex_attribute_without_value_is_not_compared) {
  EXPECT_NE(refusal(R"(name eq "x")"), "");
  EXPECT_NE(refusal(R"(addresses co "x")"), "");
  EXPECT_NE(refusal(R"(meta eq "x")"), "");
  EXPECT_EQ(refusal("name pr and addresses pr and meta pr"), "");
}

}  // namespace filter_evaluation_test
}  // namespace directory::scim
