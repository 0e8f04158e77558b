// Microsoft's public SCIM validator against an integration without a policy: its 24 required tests and the
// seven that it calls previews, in its own dialect of lower-case operations and real booleans.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server/scim_client_fixture.h"

namespace directory {
namespace scim_validator_contract_test {

using ::testing::HasSubstr;
using ::testing::Not;

/// What the validator makes up. [Entra provisioning-clients 3.1-05]
constexpr std::string_view generated =
    R"({"userName": "veda@leannon.example", "active": true, "displayName": "XSEJ", "title": "NBFU",
  "emails": [{"type": "work", "value": "veda@leannon.example", "primary": true}], "preferredLanguage": "se-NO",
  "name": {"givenName": "Eli", "familyName": "Ryann", "formatted": "Kaylin", "middleName": "Dion", "honorificPrefix": "Cole",
           "honorificSuffix": "Gus"},
  "addresses": [{"type": "work", "formatted": "IKLF", "streetAddress": "4 Kub Path", "locality": "AYXP", "region": "CLLL",
                 "postalCode": "hz9 2fz", "primary": true, "country": "CN"}],
  "phoneNumbers": [{"type": "work", "value": "81-6210", "primary": true}, {"type": "mobile", "value": "82-6210"},
                   {"type": "fax", "value": "83-6210"}],
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "UWHS", "department": "PXCI",
    "costCenter": "PKZF", "organization": "EUEA", "division": "VJGZ", "manager": {"value": "RIVI"}},
  "roles": [{"primary": "True", "display": "NBPY", "value": "DUHD", "type": "LHBC"}], "userType": "FIGR", "nickName": "TZUM",
  "locale": "QYIR", "timezone": "Africa/Kinshasa", "profileUrl": "https://leannon.example/veda",
  "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]})";

class ScimValidator : public ::testing::Test {
 protected:
  base::HttpResponse ask(std::string method, std::string target, std::string body = {}) {
    return bench_.generic(std::move(method), std::move(target), std::move(body),
                          {{"Content-Type", "application/scim+json; charset=utf-8"}});
  }
  base::HttpResponse patch(const std::string& path, std::string_view operations) {
    return ask("PATCH", path, patch_body(operations));
  }
  std::string create_user() { return "/Users/" + id_of(ask("POST", "/Users", std::string(generated))); }
  std::string create_group(std::string_view name = "Sales") {
    return "/Groups/" +
           id_of(ask(
               "POST", "/Groups",
               fmt::format(
                   R"({{"displayName": "{}", "externalId": "8e5b", "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"]}})",
                   name)));
  }
  base::Json read(const std::string& path) { return body_of(ask("GET", path)); }
  std::string manager_of(const std::string& path) {
    const auto user = read(path);
    const auto* manager = base::member(user.at(enterprise_urn), "manager");
    return manager == nullptr ? "" : base::string_or(*manager, "value", "");
  }

  ServerBench bench_;
};

// [Entra provisioning-clients 3.1-06] [Entra provisioning-clients 3.1-07]
TEST_F(ScimValidator, case01_and_case02_a_user_is_created_found_and_not_created_twice) {
  ASSERT_EQ(ask("POST", "/Users", std::string(generated)).status, 201);
  const auto list = body_of(ask("GET", "/Users?filter=userName+eq+%22veda%40leannon.example%22"));
  EXPECT_EQ(list.at("totalResults"), base::Json(1));
  auto expected = json(generated).as_object();
  expected["roles"].as_array()[0].as_object()["primary"] = true;  // stored as the boolean that it means
  for (const auto& member : expected) {
    if (member.key() != "schemas")
      EXPECT_EQ(list.at("Resources").at(0).at(member.key()), member.value()) << member.key();
  }
  EXPECT_EQ(ask("POST", "/Users", std::string(generated)).status, 409);
}

// [Entra provisioning-clients 3.1-08] [Entra provisioning-clients 3.1-09] [Entra provisioning-clients 3.1-10]
TEST_F(ScimValidator, case03_to_case05_filters_find_who_is_there_in_any_letter_case_and_nobody_else) {
  const auto user = read(create_user());
  for (const auto* name : {"veda%40leannon.example", "VEDA%40LEANNON.EXAMPLE"}) {
    const auto list = body_of(ask("GET", fmt::format("/Users?filter=userName+eq+%22{}%22", name)));
    EXPECT_EQ(list.at("schemas"), json(R"(["urn:ietf:params:scim:api:messages:2.0:ListResponse"])"));
    EXPECT_EQ(list.at("totalResults"), base::Json(1));
    EXPECT_EQ(list.at("Resources").at(0), user);
  }
  EXPECT_EQ(total_of(ask("GET", "/Users?filter=userName+eq+%22nonexistentveda%22")), 0);
}

// [Entra provisioning-clients 3.1-11]
TEST_F(ScimValidator, case06_every_attribute_is_replaced_by_its_path) {
  const auto path = create_user();
  struct Step {
    std::string path;
    std::string value = R"("new")";
  };
  std::vector<Step> steps{{"displayName"},
                          {"title"},
                          {"preferredLanguage"},
                          {"userType"},
                          {"nickName"},
                          {"locale"},
                          {"timezone", R"("America/Araguaina")"},
                          {"profileUrl", R"("https://new.example")"},
                          {R"(emails[type eq \"work\"].value)", R"("new@x.test")"},
                          {R"(emails[type eq \"work\"].primary)", "true"}};
  for (const auto* name :
       {"givenName", "familyName", "formatted", "middleName", "honorificPrefix", "honorificSuffix"})
    steps.push_back({fmt::format("name.{}", name)});
  for (const auto* name : {"formatted", "streetAddress", "locality", "region", "postalCode"})
    steps.push_back({fmt::format(R"(addresses[type eq \"work\"].{})", name)});
  steps.push_back({R"(addresses[type eq \"work\"].country)", R"("DE")"});
  steps.push_back({R"(addresses[type eq \"work\"].primary)", "true"});
  for (const auto* type : {"work", "mobile", "fax"})
    steps.push_back({fmt::format(R"(phoneNumbers[type eq \"{}\"].value)", type)});
  for (const auto* name : {"employeeNumber", "department", "costCenter", "organization", "division"})
    steps.push_back({fmt::format("{}:{}", enterprise_urn, name)});
  for (const auto* name : {"display", "value", "type"})
    steps.push_back({fmt::format(R"(roles[primary eq \"True\"].{})", name)});
  std::string operations;
  for (const auto& step : steps) {
    operations += fmt::format(R"({}{{"op": "replace", "path": "{}", "value": {}}})",
                              operations.empty() ? "" : ",", step.path, step.value);
  }
  const auto answer = patch(path, fmt::format("[{}]", operations));
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto user = read(path);
  EXPECT_EQ(user.at("emails"), json(R"([{"type": "work", "value": "new@x.test", "primary": true}])"));
  EXPECT_EQ(user.at("addresses"),
            json(R"([{"type": "work", "formatted": "new", "streetAddress": "new", "locality": "new",
      "region": "new", "postalCode": "new", "primary": true, "country": "DE"}])"));
  EXPECT_EQ(user.at("phoneNumbers"), json(R"([{"type": "work", "value": "new", "primary": true},
      {"type": "mobile", "value": "new"}, {"type": "fax", "value": "new"}])"));
  EXPECT_EQ(user.at("roles"),
            json(R"([{"primary": true, "display": "new", "value": "new", "type": "new"}])"));
  for (const auto* name :
       {"givenName", "familyName", "formatted", "middleName", "honorificPrefix", "honorificSuffix"})
    EXPECT_EQ(user.at("name").at(name), base::Json("new")) << name;
  for (const auto* name : {"displayName", "title", "preferredLanguage", "userType", "nickName", "locale"})
    EXPECT_EQ(user.at(name), base::Json("new")) << name;
  for (const auto* name : {"employeeNumber", "department", "costCenter", "organization", "division"})
    EXPECT_EQ(user.at(enterprise_urn).at(name), base::Json("new")) << name;
}

// [Entra provisioning-clients 3.1-12] [Entra provisioning-clients 3.1-13]
TEST_F(ScimValidator, case07_and_case08_the_name_changes_without_path_and_a_disabled_user_stays_visible) {
  const auto path = create_user();
  ASSERT_EQ(patch(path, R"([{"op": "replace", "value": {"userName": "renamed@leannon.example"}}])").status,
            200);
  EXPECT_EQ(read(path).at("userName"), base::Json("renamed@leannon.example"));
  ASSERT_EQ(patch(path, R"([{"op": "replace", "path": "active", "value": false}])").status, 200);
  EXPECT_EQ(read(path).at("active"), base::Json(false));
  const auto list = body_of(ask("GET", "/Users?filter=userName+eq+%22renamed%40leannon.example%22"));
  EXPECT_EQ(list.at("Resources").at(0).at("active"), base::Json(false));
}

// [Entra provisioning-clients 3.1-14] [Entra provisioning-clients 3.1-25]
TEST_F(ScimValidator, case09_to_case11_a_manager_is_added_replaced_and_removed) {
  const auto path = create_user();
  const auto does = [&](std::string_view op, std::string_view value) {
    return patch(path, fmt::format(R"([{{"op": "{}", "path": "{}:manager", "value": {}}}])", op,
                                   enterprise_urn, value))
        .status;
  };
  EXPECT_EQ(does("add", R"({"value": "first"})"), 200);
  EXPECT_EQ(manager_of(path), "first");
  EXPECT_EQ(does("replace", R"({"value": "second"})"), 200);
  EXPECT_EQ(manager_of(path), "second");
  EXPECT_EQ(does("replace", R"("third")"), 200) << "as a raw string";
  EXPECT_EQ(manager_of(path), "third");
  EXPECT_EQ(does("replace", R"({"value": ""})"), 200);
  EXPECT_EQ(manager_of(path), "");
}

// [Entra provisioning-clients 3.1-15] [Entra provisioning-clients 3.1-20]
TEST_F(ScimValidator, case12_P3_and_P4_a_deleted_user_is_gone_and_cannot_be_deleted_again) {
  const auto path = create_user();
  EXPECT_EQ(ask("DELETE", path).status, 204);
  EXPECT_EQ(ask("GET", path).status, 404);
  EXPECT_EQ(ask("DELETE", path).status, 404);
  EXPECT_EQ(ask("DELETE", "/Users/5171a35d82074e068ce2").status, 404);
}

// [Entra provisioning-clients 3.1-16] [Entra provisioning-clients 3.1-17]
TEST_F(ScimValidator, case13_to_case19_groups_are_created_once_and_found_without_their_members) {
  const auto path = create_group();
  const auto user = create_user();
  patch(path,
        fmt::format(R"([{{"op": "add", "path": "members", "value": [{{"value": "{}"}}]}}])", user.substr(7)));
  EXPECT_THAT(ask("GET", path + "?excludedAttributes=members").body, Not(HasSubstr("members")));
  const auto without = ask("GET", "/Groups?excludedAttributes=members&filter=displayName+eq+%22Sales%22");
  EXPECT_EQ(total_of(without), 1);
  EXPECT_THAT(without.body, Not(HasSubstr("members")));
  EXPECT_EQ(total_of(ask("GET", "/Groups?filter=displayName+eq+%22Sales%22")), 1);
  EXPECT_EQ(total_of(ask("GET", "/Groups?filter=displayName+eq+%22nonexistentSales%22")), 0);
  EXPECT_EQ(total_of(ask("GET", "/Groups?filter=displayName+eq+%22SALES%22")), 1);
  EXPECT_EQ(ask("POST", "/Groups",
                R"({"displayName": "Sales", "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"]})")
                .status,
            409);
}

// [Entra provisioning-clients 3.1-18] [Entra provisioning-clients 3.1-19] [Entra provisioning-clients 3.1-20]
TEST_F(ScimValidator, case20_to_case24_and_P5_to_P7_groups_change_and_go) {
  const auto path = create_group();
  const auto user = create_user().substr(7);
  const auto members = [&] { return base::member(read(path), "members") != nullptr; };
  EXPECT_EQ(patch(path, R"([{"op": "replace", "value": {"externalId": "new"}}])").status, 200);
  EXPECT_EQ(patch(path, R"([{"op": "replace", "value": {"displayName": "Vendors"}}])").status, 200);
  EXPECT_EQ(read(path).at("externalId"), base::Json("new"));
  EXPECT_EQ(read(path).at("displayName"), base::Json("Vendors"));
  EXPECT_EQ(
      patch(path,
            fmt::format(R"([{{"op": "replace", "path": "members", "value": [{{"value": "{}"}}]}}])", user))
          .status,
      200);
  EXPECT_TRUE(members());
  EXPECT_EQ(
      patch(path, fmt::format(R"([{{"op": "remove", "path": "members[value eq \"{}\"]"}}])", user)).status,
      200);
  EXPECT_FALSE(members());
  EXPECT_EQ(patch(path, fmt::format(R"([{{"op": "add", "path": "members", "value": [{{"value": "{0}"}}]}},
                                        {{"op": "remove", "path": "members[value eq \"{0}\"]"}}])",
                                    user))
                .status,
            200);
  EXPECT_FALSE(members());
  EXPECT_EQ(ask("DELETE", path).status, 204);
  EXPECT_EQ(ask("GET", path).status, 404);
  EXPECT_EQ(ask("DELETE", path).status, 404);
  EXPECT_EQ(ask("DELETE", "/Groups/5171a35d82074e068ce2").status, 404);
}

// [Entra provisioning-clients 3.1-20]
TEST_F(ScimValidator, P1_and_P2_several_operations_on_several_attributes_and_on_one) {
  const auto path = create_user();
  EXPECT_EQ(
      patch(
          path,
          R"([{"op": "add", "path": "displayName", "value": "x"}, {"op": "replace", "path": "title", "value": "y"}])")
          .status,
      200);
  EXPECT_EQ(
      patch(path,
            R"([{"op": "remove", "path": "nickName"}, {"op": "add", "path": "nickName", "value": "z"}])")
          .status,
      200);
  EXPECT_EQ(read(path).at("displayName"), base::Json("x"));
  EXPECT_EQ(read(path).at("title"), base::Json("y"));
  EXPECT_EQ(read(path).at("nickName"), base::Json("z"));
}

// [Entra provisioning-clients 3.1-02]
TEST_F(ScimValidator, any_time_zone_is_taken_and_what_is_required_is_not_removed) {
  const auto path = create_user();
  EXPECT_EQ(patch(path, R"([{"op": "replace", "path": "timezone", "value": "Antarctica/Troll"}])").status, 200);
  EXPECT_EQ(read(path).at("timezone"), base::Json("Antarctica/Troll"));
  EXPECT_THAT(outcome_of(patch(path, R"([{"op": "remove", "path": "userName"}])")), ::testing::StartsWith("400 "));
  EXPECT_EQ(read(path).at("userName"), base::Json("veda@leannon.example"));
}

// [Entra provisioning-clients 3.1-21]
TEST_F(ScimValidator, attributes_are_replaced_without_a_path) {
  const auto path = create_user();
  ASSERT_EQ(patch(path, R"([{"op": "replace", "value": {"displayName": "new", "title": "new", "name": {"givenName": "New"}}}])").status,
            200);
  EXPECT_EQ(ask("GET", path).status, 200);
  EXPECT_EQ(read(path).at("title"), base::Json("new"));
  EXPECT_EQ(read(path).at("name").at("givenName"), base::Json("New"));
  EXPECT_EQ(read(path).at("name").at("familyName"), base::Json("Ryann"));
}

// What a filter does not select is made for the vendors' own integrations; without a policy it is noTarget, as RFC 7644 has it.

// [Entra provisioning-clients 3.1-24]
TEST_F(ScimValidator, names_and_addresses_that_were_not_there_are_added_by_their_paths) {
  const auto path = "/Users/" + id_of(bench_.okta("POST", "/Users", user_body("bare@leannon.example", "bare@leannon.example")));
  ASSERT_EQ(bench_.okta("PATCH", path, patch_body(R"([{"op": "add", "path": "name.givenName", "value": "Eli"},
                            {"op": "add", "path": "name.familyName", "value": "Ryann"},
                            {"op": "add", "path": "emails[type eq \"home\"].value", "value": "eli@home.example"}])"))
                .status,
            200);
  const auto user = body_of(bench_.okta("GET", path));
  EXPECT_EQ(user.at("name"), json(R"({"givenName": "Eli", "familyName": "Ryann"})"));
  EXPECT_THAT(base::to_text(user.at("emails")), HasSubstr("eli@home.example"));
}

// [Entra provisioning-clients 3.1-23]
TEST_F(ScimValidator, a_type_that_nobody_lists_is_a_type_and_a_text_is_no_boolean) {
  const auto path = "/Users/" + id_of(bench_.okta("POST", "/Users", user_body("bare@leannon.example", "bare@leannon.example")));
  const auto adds = [&](std::string_view part, std::string_view value) {
    return outcome_of(bench_.okta(
        "PATCH", path,
        patch_body(fmt::format(R"([{{"op": "add", "path": "emails[type eq \"untyped\"].{}", "value": "{}"}}])", part, value))));
  };
  EXPECT_EQ(adds("value", "x@leannon.example"), "200");
  EXPECT_EQ(adds("primary", "QWRT"), "400 invalidValue");
  EXPECT_THAT(bench_.okta("GET", path).body, HasSubstr("untyped"));
}

// [Entra provisioning-clients 3.1-25]
TEST_F(ScimValidator, an_empty_list_of_operations_is_refused) {
  EXPECT_EQ(outcome_of(patch(create_user(), "[]")), "400 invalidSyntax");
}

}  // namespace scim_validator_contract_test
}  // namespace directory
