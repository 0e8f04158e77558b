// The policy of the Entra integration: the articles' table and nothing beyond it, told once a request.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "directory/server/scim_client_fixture.h"

namespace directory {
namespace scim_entra_contract_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class ScimEntra : public ::testing::Test {
 protected:
  base::HttpResponse patch(const std::string& id, std::string_view operations) {
    return bench_.scim("PATCH", "/Users/" + id, patch_body(operations));
  }
  /// The paths that the newest event says were ignored.
  std::vector<std::string> ignored() {
    std::vector<std::string> fields;
    const auto event = bench_.events().back();
    EXPECT_EQ(event.at("event_type"), base::Json("integrationattribute_exclude"));
    for (const auto& change : event.at("changes").as_array())
      fields.push_back(base::string_or(change, "field", ""));
    return fields;
  }

  ServerBench bench_;
};

// [rule R26] [rule R35] [rule R58]
// [Entra provisioning-clients 1-09]
TEST_F(ScimEntra, what_is_outside_the_table_is_ignored_and_told_in_one_event) {
  const auto body = user_body("amy.lee", "amy.lee@example.test",
                              R"(, "nickName": "Babs", "phoneNumbers": [{"type": "work", "value": "1"}],
    "name": {"givenName": "Amy", "formatted": "Amy Lee"},
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "7"}, "department": "Sales"})");
  base::HttpResponse answer;
  EXPECT_THAT(bench_.events_of([&] { answer = bench_.scim("POST", "/Users", body); }),
              ElementsAre("user_create", "user_activation_email", "integrationattribute_exclude"));
  ASSERT_EQ(answer.status, 201) << answer.body;
  for (const auto* name : {"nickName", "phoneNumbers", "formatted", "manager"})
    EXPECT_THAT(answer.body, Not(HasSubstr(name)));
  EXPECT_THAT(ignored(), UnorderedElementsAre("nickName", "phoneNumbers", "name.formatted",
                                              std::string(enterprise_urn) + ":manager"));
  const auto event = bench_.events().back();
  EXPECT_EQ(event.at("resource").at("id"), base::Json(id_of(answer)));
  EXPECT_THAT(base::to_text(event), Not(HasSubstr("Babs"))) << "values may be secrets";
}

// [Entra provisioning-clients 2.6-02] [Entra provisioning-clients 2.6-03]
TEST_F(ScimEntra, what_has_no_value_is_not_ignored_but_absent) {
  EXPECT_THAT(bench_.events_of([&] {
    EXPECT_EQ(
        bench_
            .scim(
                "POST", "/Users",
                user_body(
                    "amy.lee", "amy.lee@example.test",
                    R"(, "roles": [], "addresses": null, "nickName": "", "meta": {"resourceType": "User"})"))
            .status,
        201);
  }),
              ElementsAre("user_create", "user_activation_email"));
}

// [rule R26] [Entra provisioning-clients 2.7-10] [Entra provisioning-clients 2.7-11]
TEST_F(ScimEntra, a_patch_of_the_manager_alone_changes_nothing_but_says_so) {
  const auto id = bench_.provision("amy.lee");
  const auto before = body_of(bench_.scim("GET", "/Users/" + id));
  for (
      const auto* operation :
      {R"({"op": "Add", "path": "manager", "value": [{"$ref": "http://x.test/Users/7", "value": "7"}]})",
       R"({"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": "7"})"}) {
    base::HttpResponse answer;
    EXPECT_THAT(bench_.events_of([&] { answer = patch(id, fmt::format("[{}]", operation)); }),
                ElementsAre("integrationattribute_exclude"));
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(body_of(answer), before);
  }
  EXPECT_THAT(bench_.events_of([&] {
    patch(id,
          R"([{"op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
                   "value": {"value": ""}}])");
  }),
              IsEmpty())
      << "clearing what is not there brings nothing";
}

TEST_F(ScimEntra, a_refused_request_tells_of_nothing_ignored) {
  const auto id = bench_.provision("amy.lee");
  EXPECT_THAT(bench_.events_of([&] {
    patch(
        id,
        R"([{"op": "Add", "path": "nickName", "value": "x"}, {"op": "replace", "path": "userName", "value": "a@b.c"}])");
    bench_.scim("POST", "/Users", user_body("amy.lee", "other@example.test", R"(, "nickName": "x")"));
  }),
              IsEmpty());
}

// [rule R58] [RFC7643 7]
TEST_F(ScimEntra, the_published_schema_is_the_table) {
  const auto schemas = body_of(bench_.scim("GET", "/Schemas"));
  std::set<std::string> names;
  for (const auto& schema : schemas.at("Resources").as_array()) {
    for (const auto& attribute : schema.at("attributes").as_array()) {
      const auto name = base::string_or(attribute, "name", "");
      const auto* parts = base::member(attribute, "subAttributes");
      if (parts == nullptr) names.insert(name);
      if (parts == nullptr) continue;
      for (const auto& part : parts->as_array()) names.insert(name + "." + base::string_or(part, "name", ""));
    }
  }
  EXPECT_THAT(names, UnorderedElementsAre("userName", "name.givenName", "name.familyName", "displayName",
                                          "title", "userType", "locale", "active", "emails.value",
                                          "emails.type", "emails.primary", "employeeNumber", "costCenter",
                                          "organization", "department"));
  const auto types = body_of(bench_.scim("GET", "/ResourceTypes"));
  EXPECT_EQ(types.at("totalResults"), base::Json(1));
  EXPECT_EQ(types.at("Resources").at(0).at("name"), base::Json("User"));
}

// [Entra provisioning-clients 1-05, 1-06] [rule R44] [rule R45] [rule R46] [rule R47] [rule R48] [rule R51] [rule R52] [rule R53]
// [rule R54] [rule R55] [rule R56] [rule R57]
TEST_F(ScimEntra, each_row_of_the_table_becomes_an_attribute_of_the_directorys_user) {
  const auto answer = bench_.scim("POST", "/Users", R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"], "userName": "amy.lee", "displayName": "Amy Lee",
    "name": {"givenName": "Amy", "familyName": "Lee"}, "emails": [{"type": "work", "primary": true, "value": "amy@example.test"}],
    "active": true, "title": "Clerk", "locale": "Boulder", "userType": "Employee",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "employeeNumber": "7",
      "costCenter": "4711", "organization": "Acme"}})");
  const auto user = bench_.user(id_of(answer));
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
           {"username", "amy.lee"}, {"displayname", "Amy Lee"}, {"firstname", "Amy"}, {"lastname", "Lee"},
           {"email", "amy@example.test"}, {"jobTitle", "Clerk"}, {"location", "Boulder"}, {"employeeType", "Employee"},
           {"department", "Sales"}, {"employeeIdentifier", "7"}, {"costCenter", "4711"}, {"company", "Acme"}})
    EXPECT_EQ(base::string_or(user, name, ""), value) << name;
}

// [Entra provisioning-clients 1-08, 1-12] [rule R44] [rule R45] [rule R46] [rule R47]
TEST_F(ScimEntra, names_username_and_address_have_1024_characters_at_most) {
  const std::string longest(1024, 'a');
  const auto address = std::string(1024 - std::string_view("@example.test").size(), 'b') + "@example.test";
  const auto named = [](std::string_view given, std::string_view family) {
    return fmt::format(R"(, "name": {{"givenName": "{}", "familyName": "{}"}})", given, family);
  };
  EXPECT_EQ(outcome_of(bench_.scim("POST", "/Users", user_body(longest, address, named(longest, longest)))), "201");
  for (const auto& body : {user_body(longest + "a", "1@example.test"), user_body("two", "b" + address),
                           user_body("three", "3@example.test", named(longest + "a", "x")),
                           user_body("four", "4@example.test", named("x", longest + "a"))})
    EXPECT_EQ(outcome_of(bench_.scim("POST", "/Users", body)), "400 invalidValue");
}

// [Entra provisioning-clients 1-10] [Entra provisioning-clients 2.6-03] [rule R54] [rule R56] [rule R57]
TEST_F(ScimEntra, the_extension_is_read_however_the_documents_print_it) {
  const std::vector<std::string> notations{
      R"("urn:ietf:params:scim:schemas:extension:enterprise:2.0:user": {"costCenter": "7", "organization": "Acme"})",
      R"("urn:ietf:params:scim:schemas:extension:enterprise:2.0User": {"costCenter": "7", "organization": "Acme"})",
      R"("costCenter": "7", "organization": "Acme")",
      R"("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter": "7",
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization": "Acme")"};
  for (std::size_t i = 0; i < notations.size(); ++i) {
    const auto answer = bench_.scim(
        "POST", "/Users",
        user_body(fmt::format("user{}", i), fmt::format("user{}@example.test", i), ", " + notations[i]));
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(body_of(answer).at(enterprise_urn), json(R"({"costCenter": "7", "organization": "Acme"})"))
        << notations[i];
    EXPECT_EQ(bench_.user(id_of(answer)).at("company"), base::Json("Acme"));
  }
}

// [rule R42]: neither on create nor later.
TEST_F(ScimEntra, a_password_changes_nothing) {
  const auto id = bench_.onboard("amy.lee");
  EXPECT_THAT(bench_.events_of([&] {
    EXPECT_EQ(patch(id, R"([{"op": "replace", "value": {"password": "another long password"}}])").status,
              200);
  }),
              ElementsAre("integrationattribute_exclude"));
  EXPECT_EQ(bench_.log_in("amy.lee", "correct horse battery").status, 200);
  EXPECT_EQ(bench_.log_in("amy.lee", "another long password").status, 401);
}

// [Entra provisioning-clients 1-02] [Entra provisioning-clients 2.10-02]
// [Graph F34]
TEST_F(ScimEntra, groups_are_refused_and_nothing_happens_R25) {
  const auto group =
      R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Sales"})";
  EXPECT_THAT(bench_.events_of([&] {
    for (const auto& [method, target] : std::vector<std::pair<std::string, std::string>>{
             {"GET", filtered(R"(displayName eq "x")", "/Groups") + "&excludedAttributes=members"},
             {"POST", "/Groups"},
             {"GET", "/Groups/7"},
             {"PATCH", "/Groups/7"},
             {"PUT", "/Groups/7"},
             {"DELETE", "/Groups/7"},
             {"POST", "/Groups/.search"}}) {
      EXPECT_EQ(outcome_of(bench_.scim(method, target, group)), "403 none") << method << " " << target;
    }
  }),
              IsEmpty());
}

// [RFC7644 3.5.1] [rule R24]: Entra never puts, but a put by its key follows the same table.
TEST_F(ScimEntra, a_put_replaces_the_table_and_clears_what_it_leaves_out) {
  const auto id = bench_.provision("amy.lee");
  patch(id, R"([{"op": "Add", "path": "title", "value": "Clerk"}])");
  const auto answer = bench_.scim("PUT", "/Users/" + id,
                                  user_body("amy.lee2", "amy2@example.test", R"(, "displayName": "Amy")"));
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto body = body_of(answer);
  EXPECT_EQ(body.at("userName"), base::Json("amy.lee2"));
  EXPECT_EQ(body.at("displayName"), base::Json("Amy"));
  EXPECT_EQ(base::member(body, "title"), nullptr);
  EXPECT_EQ(base::member(body, "externalId"), nullptr);
  EXPECT_EQ(body.at("active"), base::Json(true));
  EXPECT_EQ(body, body_of(bench_.scim("GET", "/Users/" + id)));
}

// [RFC7644 3.4.2.1]: an attribute that the policy leaves out has no value; older documents ask so.
// [Entra provisioning-clients 2.5-08]
TEST_F(ScimEntra, a_filter_may_name_the_manager_and_finds_nobody) {
  const auto id = bench_.provision("amy.lee");
  EXPECT_EQ(total_of(bench_.scim("GET", filtered(fmt::format(R"(id eq {} and manager eq 7)", id)))), 0);
}

}  // namespace scim_entra_contract_test
}  // namespace directory
