// PATCH from the text of RFC 7644 3.5.2, and in the forms that Entra and Okta send.
#include "fakes/scim/patch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "fakes/scim/language_fixture.h"

namespace fakes::scim {
namespace patch_test {

constexpr std::string_view enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

struct PatchCase {
  std::string_view operations;
  std::string_view attribute;  ///< of the resource or, where it has none such, of the enterprise extension
  std::string_view result;
};

std::string of_user(std::string_view operations, std::string_view attribute, const Quirks& quirks = {}) {
  const bool extended = attribute == "department" || attribute == "manager" || attribute == "employeeNumber";
  return extended ? after_patch(barbara(), user_type(), operations, {enterprise, attribute}, quirks)
                  : after_patch(barbara(), user_type(), operations, {attribute}, quirks);
}

std::string of_group(std::string_view operations, std::string_view attribute = "members") {
  return after_patch(tour_guides(), group_type(), operations, {attribute});
}

class PatchOfBarbara : public ::testing::TestWithParam<PatchCase> {};

TEST_P(PatchOfBarbara, gives) {
  EXPECT_EQ(of_user(GetParam().operations, GetParam().attribute), GetParam().result) << GetParam().operations;
}

class PatchOfGuides : public ::testing::TestWithParam<PatchCase> {};

TEST_P(PatchOfGuides, gives) {
  EXPECT_EQ(of_group(GetParam().operations, GetParam().attribute), GetParam().result) << GetParam().operations;
}

// [RFC7644 3.5.2.1]
INSTANTIATE_TEST_SUITE_P(Add, PatchOfBarbara, ::testing::ValuesIn(std::vector<PatchCase>{
    {R"([{"op": "add", "path": "nickName", "value": "Babs"}])", "nickName", R"("Babs")"},
    {R"([{"op": "add", "path": "title", "value": "Vice President"}])", "title", R"("Vice President")"},
    {R"([{"op": "add", "path": "name", "value": {"givenName": "Babs"}}])", "name",
     R"({"formatted":"Ms. Barbara J Jensen","familyName":"Jensen","givenName":"Babs"})"},
    {R"([{"op": "add", "path": "name.middleName", "value": "Jane"}])", "name",
     R"({"formatted":"Ms. Barbara J Jensen","familyName":"Jensen","givenName":"Barbara","middleName":"Jane"})"},
    {R"([{"op": "add", "path": "roles", "value": [{"value": "editor"}]}])", "roles",
     R"([{"value":"guide","primary":true},{"value":"editor"}])"},
    {R"([{"op": "add", "path": "roles", "value": {"value": "editor"}}])", "roles",
     R"([{"value":"guide","primary":true},{"value":"editor"}])"},
    {R"([{"op": "add", "path": "roles", "value": [{"value": "guide"}]}])", "roles", R"([{"value":"guide","primary":true}])"},
    {R"([{"op": "add", "value": {"nickName": "Babs", "roles": [{"value": "editor"}]}}])", "roles",
     R"([{"value":"guide","primary":true},{"value":"editor"}])"},
    {R"([{"op": "add", "path": "emails[type eq \"home\"].display", "value": "Babs"}])", "emails",
     R"([{"value":"bjensen@example.com","type":"work","primary":true},{"value":"babs@jensen.org","type":"home","display":"Babs"}])"},
    {R"([{"op": "add", "path": "roles", "value": [{"value": "editor", "primary": true}]}])", "roles",
     R"([{"value":"guide","primary":false},{"value":"editor","primary":true}])"},
    {R"([{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber", "value": "7"}])",
     "employeeNumber", R"("7")"},
    {R"([{"op": "add", "path": "nickName"}])", "nickName", "!invalidValue"},
    {R"([{"op": "add", "value": "Babs"}])", "nickName", "!invalidValue"},
}));

// [RFC7644 3.5.2.2]
INSTANTIATE_TEST_SUITE_P(Remove, PatchOfBarbara, ::testing::ValuesIn(std::vector<PatchCase>{
    {R"([{"op": "remove", "path": "title"}])", "title", "none"},
    {R"([{"op": "remove", "path": "nickName"}])", "nickName", "none"},
    {R"([{"op": "remove", "path": "emails"}])", "emails", "none"},
    {R"([{"op": "remove", "path": "name.givenName"}])", "name",
     R"({"formatted":"Ms. Barbara J Jensen","familyName":"Jensen"})"},
    {R"([{"op": "remove", "path": "emails[type eq \"work\"]"}])", "emails", R"([{"value":"babs@jensen.org","type":"home"}])"},
    {R"([{"op": "remove", "path": "emails[type eq \"work\"].primary"}])", "emails",
     R"([{"value":"bjensen@example.com","type":"work"},{"value":"babs@jensen.org","type":"home"}])"},
    {R"([{"op": "remove", "path": "emails[type eq \"work\"].value"}])", "emails",
     R"([{"value":"babs@jensen.org","type":"home"}])"},
    {R"([{"op": "remove", "path": "emails[value pr]"}])", "emails", "none"},
    {R"([{"op": "remove", "path": "emails[type eq \"other\"]"}])", "title", R"("Tour Guide")"},
    {R"([{"op": "remove", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"}])", "manager", "none"},
    {R"([{"op": "remove", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"}])", "schemas",
     R"(["urn:ietf:params:scim:schemas:core:2.0:User"])"},
    {R"([{"op": "remove"}])", "title", "!noTarget"},
    {R"([{"op": "remove", "path": "userName"}])", "userName", "!mutability"},
    {R"([{"op": "remove", "path": "id"}])", "id", "!mutability"},
    {R"([{"op": "remove", "path": "schemas"}])", "schemas", "!mutability"},
}));

// [RFC7644 3.5.2.3]
INSTANTIATE_TEST_SUITE_P(Replace, PatchOfBarbara, ::testing::ValuesIn(std::vector<PatchCase>{
    {R"([{"op": "replace", "path": "title", "value": "Chief"}])", "title", R"("Chief")"},
    {R"([{"op": "replace", "path": "nickName", "value": "Babs"}])", "nickName", R"("Babs")"},
    {R"([{"op": "replace", "path": "active", "value": false}])", "active", "false"},
    {R"([{"op": "replace", "path": "roles", "value": [{"value": "editor"}]}])", "roles", R"([{"value":"editor"}])"},
    {R"([{"op": "replace", "path": "name", "value": {"givenName": "Babs"}}])", "name",
     R"({"formatted":"Ms. Barbara J Jensen","familyName":"Jensen","givenName":"Babs"})"},
    {R"([{"op": "replace", "path": "name", "value": {"formatted": null}}])", "name",
     R"({"familyName":"Jensen","givenName":"Barbara"})"},
    {R"([{"op": "replace", "path": "name", "value": null}])", "name", "none"},
    {R"([{"op": "replace", "path": "name", "value": [{"givenName": "Babs"}]}])", "name",
     R"({"formatted":"Ms. Barbara J Jensen","familyName":"Jensen","givenName":"Babs"})"},
    {R"([{"op": "replace", "value": {"title": "Chief", "name": {"familyName": "Lee"}}}])", "name",
     R"({"formatted":"Ms. Barbara J Jensen","familyName":"Lee","givenName":"Barbara"})"},
    {R"([{"op": "replace", "path": "emails[type eq \"work\"].value", "value": "b@example.com"}])", "emails",
     R"([{"value":"b@example.com","type":"work","primary":true},{"value":"babs@jensen.org","type":"home"}])"},
    {R"([{"op": "replace", "path": "emails[value pr].display", "value": "B"}])", "emails",
     R"([{"value":"bjensen@example.com","type":"work","primary":true,"display":"B"},{"value":"babs@jensen.org","type":"home","display":"B"}])"},
    {R"([{"op": "replace", "path": "emails[type eq \"home\"]", "value": {"value": "b@example.com", "primary": true}}])", "emails",
     R"([{"value":"bjensen@example.com","type":"work","primary":false},{"value":"b@example.com","primary":true}])"},
    {R"([{"op": "replace", "path": "emails[type eq \"nope\"].value", "value": "b@example.com"}])", "emails", "!noTarget"},
    {R"([{"op": "replace", "path": "emails[value ew \".net\"]", "value": {"value": "b@example.com"}}])", "emails", "!noTarget"},
    {R"([{"op": "replace", "path": "emails", "value": []}])", "emails", "none"},
    {R"([{"op": "replace", "path": "emails", "value": null}])", "emails", "none"},
    {R"([{"op": "replace", "path": "title"}])", "title", "!invalidValue"},
    {R"([{"op": "replace", "path": "userName", "value": ""}])", "userName", "!invalidValue"},
    {R"([{"op": "replace", "path": "userName", "value": null}])", "userName", "!invalidValue"},
}));

// [RFC7644 3.5.2] [RFC7644 3.12]
INSTANTIATE_TEST_SUITE_P(Message, PatchOfBarbara, ::testing::ValuesIn(std::vector<PatchCase>{
    {"[]", "title", "!invalidSyntax"},
    {R"({"op": "remove", "path": "title"})", "title", "!invalidSyntax"},
    {R"(["remove"])", "title", "!invalidSyntax"},
    {R"([{"path": "title", "value": "x"}])", "title", "!invalidSyntax"},
    {R"([{"op": "move", "path": "title", "value": "x"}])", "title", "!invalidSyntax"},
    {R"([{"op": "replace", "path": "noSuchAttribute", "value": "x"}])", "title", "!invalidPath"},
    {R"([{"op": "replace", "path": "name.noSuch", "value": "x"}])", "title", "!invalidPath"},
    {R"([{"op": "replace", "path": "name..givenName", "value": "x"}])", "title", "!invalidPath"},
    {R"([{"op": "replace", "path": "", "value": "x"}])", "title", "!invalidPath"},
    {R"([{"op": "replace", "path": 5, "value": "x"}])", "title", "!invalidPath"},
    {R"([{"op": "replace", "path": "emails[", "value": "x"}])", "title", "!invalidPath"},
    {R"([{"op": "replace", "path": "[type eq \"work\"]", "value": "x"}])", "title", "!invalidPath"},
    {R"([{"op": "replace", "path": "emails[type eq].value", "value": "x"}])", "title", "!invalidPath"},
    {R"([{"op": "replace", "path": "emails[type eq \"work\"]value", "value": "x"}])", "title", "!invalidPath"},
    {R"([{"op": "replace", "path": "name[givenName pr]", "value": "x"}])", "title", "!invalidPath"},
    {R"([{"op": "replace", "path": "id", "value": "x"}])", "title", "!mutability"},
    {R"([{"op": "replace", "path": "meta.created", "value": "2020-01-01T00:00:00Z"}])", "title", "!mutability"},
    {R"([{"op": "add", "path": "groups", "value": [{"value": "g1"}]}])", "title", "!mutability"},
    {R"([{"op": "replace", "value": {"id": "x"}}])", "title", "!mutability"},
    {R"([{"op": "replace", "path": "active", "value": "maybe"}])", "title", "!invalidValue"},
    {R"([{"op": "replace", "path": "title", "value": 5}])", "title", "!invalidValue"},
    {R"([{"op": "replace", "path": "title", "value": []}])", "title", "!invalidValue"},
    {R"([{"op": "replace", "path": "emails", "value": "x"}])", "title", "!invalidValue"},
    {R"([{"op": "replace", "path": "emails", "value": ["x"]}])", "title", "!invalidValue"},
    {R"([{"op": "replace", "path": "name", "value": "x"}])", "title", "!invalidValue"},
    {R"([{"op": "replace", "path": "x509Certificates", "value": [{"value": "?"}]}])", "title", "!invalidValue"},
    {R"([{"op": "add", "path": "emails", "value": [{"value": "a", "primary": true}, {"value": "b", "primary": true}]}])",
     "title", "!invalidValue"},
    {R"([{"op": "add", "path": "schemas", "value": ["urn:example:unknown"]}])", "title", "!invalidValue"},
    {R"([{"op": "replace", "path": "title", "value": "Chief"}, {"op": "replace", "path": "id", "value": "x"}])", "title",
     "!mutability"},
    {R"([{"op": "add", "path": "nickName", "value": "a"}, {"op": "replace", "path": "nickName", "value": "b"},
         {"op": "remove", "path": "nickName"}])", "nickName", "none"},
    {R"([{"op": "remove", "path": "emails"}, {"op": "add", "path": "emails", "value": [{"value": "new@example.com"}]}])",
     "emails", R"([{"value":"new@example.com"}])"},
}));

// Entra: words, booleans and keys of its own, and values that it expects to be made
INSTANTIATE_TEST_SUITE_P(FromEntra, PatchOfBarbara, ::testing::ValuesIn(std::vector<PatchCase>{
    {R"([{"op": "Replace", "path": "active", "value": "False"}])", "active", "false"},
    {R"([{"op": "Replace", "path": "active", "value": "True"}])", "active", "true"},
    {R"([{"op": "Add", "path": "nickName", "value": "Babs"}])", "nickName", R"("Babs")"},
    {R"([{"op": "replace", "value": {"displayName": "B", "name.givenName": "Babs"}}])", "name",
     R"({"formatted":"Ms. Barbara J Jensen","familyName":"Jensen","givenName":"Babs"})"},
    {R"([{"op": "add", "value": {"name.givenName": "Babs", "title": "T"}}])", "name",
     R"({"formatted":"Ms. Barbara J Jensen","familyName":"Jensen","givenName":"Babs"})"},
    {R"([{"op": "replace", "value": {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department": "Sales"}}])",
     "department", R"("Sales")"},
    {R"([{"op": "replace", "value": {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales"}}}])",
     "department", R"("Sales")"},
    {R"([{"op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:Department", "value": "Sales"}])",
     "department", R"("Sales")"},
    {R"([{"op": "Add", "path": "phoneNumbers[type eq \"work\"].value", "value": "555"}])", "phoneNumbers",
     R"([{"type":"work","value":"555"}])"},
    {R"([{"op": "Replace", "path": "phoneNumbers[type eq \"mobile\"].Value", "value": "555"}])", "phoneNumbers",
     R"([{"type":"mobile","value":"555"}])"},
    {R"([{"op": "Add", "path": "phoneNumbers[type eq \"work\"].primary", "value": "true"},
         {"op": "Add", "path": "phoneNumbers[type eq \"work\"].value", "value": "555"}])", "phoneNumbers",
     R"([{"type":"work","primary":true,"value":"555"}])"},
    {R"([{"op": "Add", "path": "addresses[type eq \"work\"].formatted", "value": "Main Street"}])", "addresses",
     R"([{"type":"work","formatted":"Main Street"}])"},
    {R"([{"op": "Replace", "path": "roles[primary eq \"True\"].value", "value": "editor"}])", "roles",
     R"([{"value":"editor","primary":true}])"},
    {R"([{"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": "77"}])",
     "manager", R"({"value":"77"})"},
    {R"([{"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": {"value": "77"}}])",
     "manager", R"({"value":"77"})"},
    {R"([{"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
          "value": [{"$ref": "../Users/77", "value": "77"}]}])", "manager", R"({"$ref":"../Users/77","value":"77"})"},
    {R"([{"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value", "value": "77"}])",
     "manager", R"({"value":"77"})"},
    {R"([{"op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": ""}])",
     "manager", "none"},
    {R"([{"op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": {"value": ""}}])",
     "manager", "none"},
    {R"([{"op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName", "value": "x"}])",
     "manager", "!mutability"},
    {R"([{"op": "Add", "path": "title", "value": [{"value": "Chief"}]}])", "title", R"("Chief")"},
    {R"([{"op": "Replace", "path": "title", "value": ""}])", "title", "none"},
    {R"([{"op": "Replace", "path": "title", "value": null}])", "title", "none"},
    {R"([{"op": "Replace", "path": "emails[type eq \"home\"].value", "value": ""}])", "emails",
     R"([{"value":"bjensen@example.com","type":"work","primary":true}])"},
    {R"([{"op": "Replace", "path": "roles", "value": [{"value": "{\"id\":\"1\"}"}]}])", "roles",
     R"([{"value":"{\"id\":\"1\"}"}])"},
    {R"([{"op": "replace", "value": {"favoriteColor": "red", "title": "Chief"}}])", "title", R"("Chief")"},
}));

// [RFC7643 4.2] and what Entra and Okta send for groups
INSTANTIATE_TEST_SUITE_P(Members, PatchOfGuides, ::testing::ValuesIn(std::vector<PatchCase>{
    {R"([{"op": "add", "path": "members", "value": [{"value": "u4", "display": "Amy"}]}])", "members",
     R"([{"value":"u1"},{"value":"u2"},{"value":"u3"},{"value":"u4"}])"},
    {R"([{"op": "Add", "path": "members", "value": [{"$ref": null, "value": "u4"}]}])", "members",
     R"([{"value":"u1"},{"value":"u2"},{"value":"u3"},{"value":"u4"}])"},
    {R"([{"op": "add", "path": "members", "value": [{"value": "u1"}, {"value": "u1"}]}])", "members",
     R"([{"value":"u1"},{"value":"u2"},{"value":"u3"}])"},
    {R"([{"op": "remove", "path": "members[value eq \"u2\"]"}])", "members", R"([{"value":"u1"},{"value":"u3"}])"},
    {R"([{"op": "remove", "path": "members[value eq \"stranger\"]"}])", "members",
     R"([{"value":"u1"},{"value":"u2"},{"value":"u3"}])"},
    {R"([{"op": "remove", "path": "members"}])", "members", "none"},
    {R"([{"op": "Remove", "path": "members", "value": [{"$ref": null, "value": "u1"}, {"value": "u3"}]}])", "members",
     R"([{"value":"u2"}])"},
    {R"([{"op": "Remove", "path": "members", "value": [null]}])", "members",
     R"([{"value":"u1"},{"value":"u2"},{"value":"u3"}])"},
    {R"([{"op": "remove", "path": "members[value eq \"u1\"]"},
         {"op": "remove", "path": "members[value eq \"u2\"]"}, {"op": "add", "path": "members", "value": [{"value": "u9"}]}])",
     "members", R"([{"value":"u3"},{"value":"u9"}])"},
    {R"([{"op": "replace", "path": "members", "value": [{"value": "u9"}]}])", "members", R"([{"value":"u9"}])"},
    {R"([{"op": "replace", "path": "members", "value": []}])", "members", "none"},
    {R"([{"op": "replace", "value": {"id": "e9e30dba", "displayName": "Guides"}}])", "displayName", R"("Guides")"},
    {R"([{"op": "replace", "value": {"externalId": "x"}}])", "members", R"([{"value":"u1"},{"value":"u2"},{"value":"u3"}])"},
    {R"([{"op": "replace", "value": {"id": "e9e30dba", "displayName": "Guides", "members": []}}])", "members", "none"},
    {R"([{"op": "replace", "path": "members[value eq \"u1\"].value", "value": "u9"}])", "members", "!mutability"},
    {R"([{"op": "remove", "path": "members[value eq \"u1\"].value"}])", "members", "!mutability"},
    {R"([{"op": "remove", "path": "displayName"}])", "members", "!mutability"},
    {R"([{"op": "add", "path": "userName", "value": "x"}])", "members", "!invalidPath"},
}));

bool changes(base::JsonObject resource, const ResourceType& type, std::string_view operation) {
  const auto body = object_of(std::string(R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [)") +
                              std::string(operation) + "]}");
  return apply_patch(resource, body, type, {})->changed;
}

// [RFC7644 3.5.2.1] what is there already does not move lastModified
TEST(Patch, says_whether_anything_changed) {
  EXPECT_TRUE(changes(barbara(), user_type(), R"({"op": "replace", "path": "title", "value": "Chief"})"));
  EXPECT_FALSE(changes(barbara(), user_type(), R"({"op": "replace", "path": "title", "value": "Tour Guide"})"));
  EXPECT_FALSE(changes(barbara(), user_type(), R"({"op": "remove", "path": "nickName"})"));
  EXPECT_FALSE(changes(barbara(), user_type(), R"({"op": "add", "path": "name", "value": {"givenName": "Barbara"}})"));
  EXPECT_FALSE(changes(barbara(), user_type(), R"({"op": "add", "value": {
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager": "26118915"}})"));
  EXPECT_FALSE(changes(tour_guides(), group_type(), R"({"op": "add", "path": "members", "value": [{"value": "u1"}]})"));
  EXPECT_TRUE(changes(tour_guides(), group_type(), R"({"op": "add", "path": "members", "value": [{"value": "u4"}]})"));
}

// [RFC7644 3.5.2] an extension's first attribute brings its schema
TEST(Patch, lists_the_extensions_it_brings) {
  auto user = barbara();
  user.erase(base::json_key(enterprise));
  user["schemas"] = base::JsonArray{"urn:ietf:params:scim:schemas:core:2.0:User"};
  EXPECT_EQ(after_patch(user, user_type(),
                        R"([{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division", "value": "D"}])",
                        {"schemas"}),
            R"(["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"])");
  EXPECT_EQ(after_patch(user, user_type(),
                        R"([{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division", "value": ""}])",
                        {enterprise}),
            "none");
}

TEST(Patch, needs_its_schema_in_any_letter_case) {
  const auto answer = [](std::string_view schemas) {
    auto user = barbara();
    const auto body = object_of(std::string(R"({"Operations": [{"op": "remove", "path": "title"}])") + std::string(schemas) + "}");
    const auto result = apply_patch(user, body, user_type(), {});
    return result ? "accepted" : result.error().scim_type;
  };
  EXPECT_EQ(answer(R"(, "schemas": ["URN:ietf:params:scim:api:messages:2.0:patchOp"])"), "accepted");
  EXPECT_EQ(answer(""), "invalidSyntax");
  EXPECT_EQ(answer(R"(, "schemas": [])"), "invalidSyntax");
  EXPECT_EQ(answer(R"(, "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"])"), "invalidSyntax");
}

TEST(Patch, operations_are_bounded) {
  const auto answer = [](std::size_t count) {
    std::string operations = R"([{"op": "remove", "path": "title"})";
    for (std::size_t i = 1; i < count; ++i) operations += R"(,{"op": "remove", "path": "title"})";
    return of_user(operations + "]", "title");
  };
  EXPECT_EQ(answer(most_operations), "none");
  EXPECT_EQ(answer(most_operations + 1), "!413");
}

TEST(Patch, a_refusal_says_why) {
  for (const auto* operation : {R"({"op": "move"})", R"({"op": "remove"})", R"({"op": "add", "path": "x", "value": 1})"}) {
    auto user = barbara();
    const auto body = object_of(std::string(R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [)") +
                                operation + "]}");
    const auto result = apply_patch(user, body, user_type(), {});
    ASSERT_FALSE(result.has_value()) << operation;
    EXPECT_EQ(result.error().status, 400) << operation;
    EXPECT_FALSE(result.error().detail.empty()) << operation;
  }
}

}  // namespace patch_test
}  // namespace fakes::scim
