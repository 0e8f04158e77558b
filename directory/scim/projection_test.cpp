// Which attributes an answer shows.
#include "directory/scim/projection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "directory/scim/language_fixture.h"

namespace directory::scim {
namespace projection_test {

using base::JsonObject;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

const std::string enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// An empty text: the parameter was not given.
AttributeSelection selection(std::string_view attributes, std::string_view excluded) {
  AttributeSelection selection;
  if (!attributes.empty()) selection.attributes = parse_attribute_list(attributes);
  selection.excluded_attributes = parse_attribute_list(excluded);
  return selection;
}

JsonObject shown(std::string_view attributes, std::string_view excluded = "") {
  return project(barbara(), users(), selection(attributes, excluded));
}

std::vector<std::string> keys(const JsonObject& json) {
  std::vector<std::string> out;
  for (const auto& member : json) out.emplace_back(member.key());
  return out;
}

TEST(Projection, shows_all_but_what_is_never_returned) {
  auto user = barbara();
  user["password"] = "t1meMa$heen";
  EXPECT_EQ(project(user, users(), {}), barbara());
  EXPECT_EQ(project(tour_guides(), groups(), {}), tour_guides());
}

// [RFC7644 3.9]: attributes are those that are always returned and those asked for.
TEST(Projection, shows_what_was_asked_for_and_what_is_always_shown) {
  EXPECT_THAT(keys(shown("userName")), UnorderedElementsAre("schemas", "id", "userName"));
  EXPECT_THAT(keys(shown("USERNAME , title")), UnorderedElementsAre("schemas", "id", "userName", "title"));
  EXPECT_THAT(keys(shown("urn:ietf:params:scim:schemas:core:2.0:User:active")),
              UnorderedElementsAre("schemas", "id", "active"));
  EXPECT_THAT(keys(shown("nickName")), UnorderedElementsAre("schemas", "id"));
  EXPECT_EQ(shown("name").at("name"), barbara().at("name"));
}

// [RFC7644 3.9, 3.10]
TEST(Projection, shows_single_sub_attributes) {
  EXPECT_EQ(shown("name.familyName").at("name"), object(R"({"familyName": "Jensen"})"));
  EXPECT_EQ(shown("emails.value").at("emails"),
            base::parse_json(R"([{"value": "bjensen@example.com"}, {"value": "babs@jensen.org"}])").value());
  EXPECT_EQ(shown("emails.primary").at("emails"), base::parse_json(R"([{"primary": true}])").value());
  EXPECT_EQ(shown("name, name.familyName").at("name"), barbara().at("name"));
  EXPECT_THAT(keys(shown("name.middleName")), UnorderedElementsAre("schemas", "id"));
}

// [RFC7644 3.10]
TEST(Projection, shows_attributes_of_an_extension_by_urn) {
  EXPECT_EQ(shown(enterprise + ":department").at(enterprise), object(R"({"department": "Tour Operations"})"));
  EXPECT_EQ(shown(enterprise + ":manager.value").at(enterprise),
            object(R"({"manager": {"value": "26118915"}})"));
  EXPECT_EQ(shown(enterprise).at(enterprise), barbara().at(enterprise));
  EXPECT_THAT(keys(shown(enterprise)), UnorderedElementsAre("schemas", "id", enterprise));
  EXPECT_EQ(shown("department").at(enterprise), object(R"({"department": "Tour Operations"})"));
}

// [RFC7644 3.9]
TEST(Projection, hides_what_is_excluded_but_never_what_is_always_shown) {
  const auto user = shown("", "id, schemas, name, emails.type, " + enterprise + ":manager, meta.location");
  EXPECT_THAT(keys(user), UnorderedElementsAre("schemas", "id", "externalId", "userName", "active", "title",
                                               "emails", "addresses", "groups", enterprise, "meta"));
  EXPECT_EQ(
      user.at("emails"),
      base::parse_json(R"([{"value": "bjensen@example.com", "primary": true}, {"value": "babs@jensen.org"}])")
          .value());
  EXPECT_EQ(user.at(enterprise), object(R"({"employeeNumber": "701984", "department": "Tour Operations"})"));
  EXPECT_FALSE(user.at("meta").as_object().contains("location"));
  EXPECT_FALSE(shown("", enterprise).contains(enterprise));
}

TEST(Projection, of_two_lists_the_second_takes_from_the_first) {
  EXPECT_THAT(keys(shown("userName,title", "title,id")), UnorderedElementsAre("schemas", "id", "userName"));
}

TEST(Projection, passes_over_names_that_it_does_not_know) {
  EXPECT_THAT(keys(shown("noSuch,userName,,9,a b,..")), UnorderedElementsAre("schemas", "id", "userName"));
  EXPECT_THAT(keys(shown("noSuch")), UnorderedElementsAre("schemas", "id"));
  EXPECT_EQ(shown("", "noSuch"), barbara());
}

TEST(Projection, a_list_of_which_nothing_is_known_still_narrows) {
  EXPECT_THAT(keys(shown("9")), UnorderedElementsAre("schemas", "id"));
}

// [RFC7643 7]
TEST(Projection, honours_returned) {
  Schema core{"urn:x:Thing",
              "Thing",
              "",
              {{.name = "secret", .returned = Returned::never},
               {.name = "costly", .returned = Returned::on_request},
               {.name = "sure", .returned = Returned::always},
               {.name = "usual"}}};
  const ResourceSchema things("Thing", core, {});
  const auto thing = object(R"({"secret": "a", "costly": "b", "sure": "c", "usual": "d"})");
  const auto with = [&](std::string_view attributes, std::string_view excluded) {
    return keys(project(thing, things, selection(attributes, excluded)));
  };
  EXPECT_THAT(with("", ""), ElementsAre("sure", "usual"));
  EXPECT_THAT(with("secret", ""), ElementsAre("sure"));
  EXPECT_THAT(with("costly", ""), ElementsAre("costly", "sure"));
  EXPECT_THAT(with("", "sure,usual"), ElementsAre("sure"));
}

// [RFC7643 4.1.1]
TEST(Projection, never_shows_a_password) {
  auto user = barbara();
  user["password"] = "t1meMa$heen";
  EXPECT_FALSE(project(user, users(), selection("password", "")).contains("password"));
}

// [Entra provisioning-clients 7.1-22]
TEST(Projection, says_beforehand_whether_an_attribute_is_shown) {
  EXPECT_TRUE(is_shown({}, groups(), "members"));
  EXPECT_FALSE(is_shown(selection("", "MEMBERS"), groups(), "members"));
  EXPECT_FALSE(is_shown(selection("displayName", ""), groups(), "members"));
  EXPECT_TRUE(is_shown(selection("members.value", ""), groups(), "members"));
}

}  // namespace projection_test
}  // namespace directory::scim
