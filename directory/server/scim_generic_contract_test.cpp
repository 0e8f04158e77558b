// All of RFC 7643's User, as an integration without a vendor's policy is served: attributes without a column,
// POST, PUT and PATCH in the RFC's forms, userNames of any shape.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server/scim_client_fixture.h"

namespace directory {
namespace scim_generic_contract_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Everything that a User can hold. [RFC7643 8.2, 8.3]
constexpr std::string_view full_user = R"({
  "schemas": ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "urn:ietf:params:scim:schemas:core:2.0:User"],
  "externalId": "MixedCase-701984", "userName": "bjensen@example.com",
  "name": {"formatted": "Ms. Barbara J Jensen, III", "familyName": "Jensen", "givenName": "Barbara",
           "middleName": "Jane", "honorificPrefix": "Ms.", "honorificSuffix": "III"},
  "displayName": "Babs Jensen", "nickName": "Babs", "profileUrl": "https://login.example.com/bjensen",
  "emails": [{"value": "bjensen@example.com", "type": "work", "primary": true},
             {"value": "babs@jensen.example", "type": "home"}],
  "addresses": [{"type": "work", "streetAddress": "100 Universal City Plaza", "locality": "Hollywood", "region": "CA",
                 "postalCode": "91608", "country": "US", "formatted": "100 Universal City Plaza\nHollywood", "primary": true}],
  "phoneNumbers": [{"value": "555-555-5555", "type": "work"}, {"value": "555-555-4444", "type": "mobile"}],
  "ims": [{"value": "someaimhandle", "type": "aim"}],
  "photos": [{"value": "https://photos.example.com/F", "type": "photo"}],
  "userType": "Employee", "title": "Tour Guide", "preferredLanguage": "en-US", "locale": "en-US",
  "timezone": "America/Los_Angeles", "active": true,
  "roles": [{"value": "admin", "primary": true}], "entitlements": [{"value": "seat"}],
  "x509Certificates": [{"value": "MIIDQzCCAqygAwIBAgICEAA="}],
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "701984", "costCenter": "4130",
    "organization": "Universal Studios", "division": "Theme Park", "department": "Tour Operations",
    "manager": {"value": "26118915-6090-4610-87e4-49d8ca9f808d"}}})";

class ScimGeneric : public ::testing::Test {
 protected:
  base::HttpResponse post(std::string_view body) {
    return bench_.generic("POST", "/Users", std::string(body));
  }
  base::HttpResponse patch(const std::string& id, std::string_view operations) {
    return bench_.generic("PATCH", "/Users/" + id, patch_body(operations));
  }
  base::Json resource(const std::string& id) { return body_of(bench_.generic("GET", "/Users/" + id)); }
  std::string create(std::string_view user_name, std::string_view more = "") {
    return id_of(post(user_body(user_name, fmt::format("{}@x.test", user_name), more)));
  }

  ServerBench bench_;
};

/// The members of `expected` are all in `actual`, whatever else is.
void expect_holds(const base::Json& actual, const base::Json& expected) {
  for (const auto& member : expected.as_object()) {
    const auto* found = base::member(actual, std::string_view(member.key().data(), member.key().size()));
    ASSERT_NE(found, nullptr) << member.key();
    if (member.key() != "schemas") EXPECT_EQ(*found, member.value()) << member.key();
  }
}

// Attributes

// [RFC7643 4.1] [RFC7643 4.3] [RFC7644 3.3]
TEST_F(ScimGeneric, every_attribute_of_the_schema_comes_back_as_it_was_sent) {
  const auto created = post(full_user);
  ASSERT_EQ(created.status, 201) << created.body;
  expect_holds(body_of(created), json(full_user));
  EXPECT_EQ(resource(id_of(created)), body_of(created));
  EXPECT_EQ(body_of(created).at("schemas"), json(R"(["urn:ietf:params:scim:schemas:core:2.0:User",
                     "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"])"));
}

// [RFC7643 4.1] [rule R45] [rule R46] [rule R47] [rule R57]: the directory's own attributes follow from it.
TEST_F(ScimGeneric, what_the_directory_has_columns_for_is_the_directorys) {
  const auto user = bench_.user(id_of(post(full_user)));
  EXPECT_EQ(user.at("username"), base::Json("bjensen"));
  EXPECT_EQ(user.at("email"), base::Json("bjensen@example.com"));
  EXPECT_EQ(user.at("firstname"), base::Json("Barbara"));
  EXPECT_EQ(user.at("employeeIdentifier"), base::Json("701984"));
}

TEST_F(ScimGeneric, a_changed_address_of_the_directory_shows_in_its_place) {
  const auto id = id_of(post(full_user));
  ASSERT_EQ(bench_.admin("PUT", "/api/systemusers/" + id, R"({"email": "new@example.com"})").status, 200);
  EXPECT_EQ(resource(id).at("emails"), json(R"([{"value": "new@example.com", "type": "work", "primary": true},
                                                 {"value": "babs@jensen.example", "type": "home"}])"));
}

// [RFC7643 4.1.1]
TEST_F(ScimGeneric, a_password_is_taken_and_never_shown) {
  const auto created = post(user_body("amy", "amy@x.test", R"(, "password": "correct horse battery")"));
  ASSERT_EQ(created.status, 201);
  EXPECT_EQ(bench_.log_in("amy", "correct horse battery").status, 200);
  const auto id = id_of(created);
  for (const auto& answer :
       {created, bench_.generic("GET", "/Users/" + id + "?attributes=password"),
        bench_.generic("GET", "/Users?attributes=password"),
        bench_.generic("PUT", "/Users/" + id + "?attributes=password",
                       user_body("amy", "amy@x.test", R"(, "password": "correct horse battery")"))}) {
    EXPECT_TRUE(answer.ok());
    EXPECT_THAT(answer.body, Not(HasSubstr("correct horse")));
    EXPECT_THAT(answer.body, Not(HasSubstr("password")));
  }
}

// [RFC7644 3.3]: unknown and read-only attributes are not taken over; nothing is what null and [] are.
// [RFC7643 2.5]
TEST_F(ScimGeneric, what_is_not_the_clients_to_set_is_left_out) {
  const auto body = body_of(post(user_body(
      "amy", "amy@x.test",
      R"(, "noSuch": 1, "id": "mine", "groups": [{"value": "7"}], "meta": {"version": "x"}, "nickName": null,
         "phoneNumbers": [], "title": "")")));
  for (const auto* name : {"noSuch", "groups", "nickName", "phoneNumbers", "title"})
    EXPECT_EQ(base::member(body, name), nullptr) << name;
  EXPECT_NE(body.at("id"), base::Json("mine"));
}

// [RFC7643 3]: a resource names its schema.
TEST_F(ScimGeneric, a_body_without_its_schema_is_refused) {
  EXPECT_EQ(outcome_of(post(R"({"userName": "amy", "emails": [{"value": "amy@x.test"}]})")),
            "400 invalidSyntax");
  const auto id = create("amy");
  EXPECT_EQ(
      outcome_of(bench_.generic("PATCH", "/Users/" + id,
                                R"({"Operations": [{"op": "replace", "path": "title", "value": "x"}]})")),
      "400 invalidSyntax");
}

// [rule R47]: the directory has no user without an address, and the schema says so.
TEST_F(ScimGeneric, an_address_is_required_unless_the_user_name_is_one) {
  EXPECT_EQ(
      outcome_of(post(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "amy"})")),
      "400 invalidValue");
  const auto created =
      post(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "amy@x.test"})");
  ASSERT_EQ(created.status, 201) << created.body;
  EXPECT_EQ(body_of(created).at("emails"),
            json(R"([{"value": "amy@x.test", "type": "work", "primary": true}])"));
  const auto schema = body_of(bench_.generic("GET", "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User"));
  for (const auto& attribute : schema.at("attributes").as_array()) {
    const auto name = base::string_or(attribute, "name", "");
    EXPECT_EQ(attribute.at("required"), base::Json(name == "userName" || name == "emails")) << name;
  }
}

// [RFC7643 4.1.1]: any userName; the username behind it gives way.
TEST_F(ScimGeneric, user_names_of_any_shape_are_kept_and_unique_without_regard_to_case) {
  std::vector<std::string> usernames;
  for (const auto* name : {"amy", "amy@a.test", "Amy Lee", "7", "\xE5\x90\x8D\xE5\x89\x8D", "AMY@B.TEST"}) {
    const auto created = post(user_body(name, fmt::format("{}@mail.test", usernames.size())));
    ASSERT_EQ(created.status, 201) << created.body;
    EXPECT_EQ(body_of(created).at("userName"), base::Json(name));
    usernames.push_back(base::string_or(bench_.user(id_of(created)), "username", ""));
  }
  EXPECT_THAT(usernames, ElementsAre("amy", "amy2", "Amy_Lee", "u7", "u_", "AMY3"));
  for (const auto* taken : {"AMY", "amy@A.test", "amy lee"})
    EXPECT_EQ(outcome_of(post(user_body(taken, "other@mail.test"))), "409 uniqueness") << taken;
  EXPECT_EQ(outcome_of(post(user_body(std::string(1025, 'a'), "other@mail.test"))), "400 invalidValue");
}

TEST_F(ScimGeneric, what_is_kept_beside_a_user_is_bounded) {
  const auto more = [](std::size_t size) {
    return fmt::format(R"(, "nickName": "{}")", std::string(size, 'x'));
  };
  EXPECT_EQ(post(user_body("amy", "amy@x.test", more(60'000))).status, 201);
  EXPECT_EQ(outcome_of(post(user_body("bob", "bob@x.test", more(70'000)))), "400 invalidValue");
}

// Managers

// [RFC7643 4.3]
TEST_F(ScimGeneric, a_manager_who_is_a_user_is_shown_with_reference_and_name) {
  const auto boss = create("boss", R"(, "displayName": "The Boss")");
  const auto id = create("amy");
  const auto answer = patch(
      id, fmt::format(
              R"([{{"op": "add", "path": "{}:manager", "value": {{"value": "{}", "displayName": "x"}}}}])",
              enterprise_urn, boss));
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(
      body_of(answer).at(enterprise_urn).at("manager"),
      json(fmt::format(
          R"({{"value": "{0}", "$ref": "https://directory.example.test/scim/v2/Users/{0}", "displayName": "The Boss"}})",
          boss)));
  ASSERT_EQ(patch(id, fmt::format(R"([{{"op": "replace", "path": "{}:manager", "value": {{"value": ""}}}}])",
                                  enterprise_urn))
                .status,
            200);
  EXPECT_EQ(base::member(resource(id), enterprise_urn), nullptr);
}

// PUT

// [RFC7644 3.5.1]
TEST_F(ScimGeneric, a_put_replaces_everything_that_is_the_clients) {
  const auto id = id_of(post(full_user));
  const auto before = resource(id);
  const auto answer =
      bench_.generic("PUT", "/Users/" + id,
                     user_body("bjensen@example.com", "b@x.test", R"(, "nickName": "B", "id": "other")"));
  ASSERT_EQ(answer.status, 200) << answer.body;
  auto body = body_of(answer).as_object();
  EXPECT_EQ(body.at("id"), before.at("id"));
  EXPECT_EQ(body.at("meta").at("created"), before.at("meta").at("created"));
  EXPECT_EQ(body.at("active"), base::Json(true));
  for (const auto* name : {"meta", "id", "schemas", "active"}) body.erase(name);
  EXPECT_EQ(base::Json(body), json(R"({"userName": "bjensen@example.com", "nickName": "B",
      "emails": [{"primary": true, "type": "work", "value": "b@x.test"}]})"));
}

// [RFC7644 3.5.1]
TEST_F(ScimGeneric, a_put_of_what_was_read_changes_nothing_at_all) {
  const auto id = id_of(post(full_user));
  const auto before = resource(id);
  EXPECT_THAT(bench_.events_of([&] {
    EXPECT_EQ(bench_.generic("PUT", "/Users/" + id, base::to_text(before)).status, 200);
  }),
              IsEmpty());
  EXPECT_EQ(resource(id), before);
}

// [RFC7644 3.5.1]
TEST_F(ScimGeneric, a_put_that_is_refused_changes_nothing) {
  const auto id = id_of(post(full_user));
  create("taken");
  const auto before = resource(id);
  EXPECT_EQ(outcome_of(bench_.generic("PUT", "/Users/" + id, user_body("TAKEN", "b@x.test"))),
            "409 uniqueness");
  EXPECT_EQ(outcome_of(bench_.generic("PUT", "/Users/" + id, user_body("", "b@x.test"))), "400 invalidValue");
  EXPECT_EQ(
      outcome_of(bench_.generic("PUT", "/Users/" + id, user_body("bjensen@example.com", "taken@x.test"))),
      "409 uniqueness");
  EXPECT_EQ(resource(id), before);
  EXPECT_EQ(outcome_of(bench_.generic("PUT", "/Users/00919288221112222", user_body("new", "new@x.test"))),
            "404 none");
  EXPECT_EQ(total_of(bench_.generic("GET", filtered(R"(userName eq "new")"))), 0) << "PUT creates nobody";
}

// PATCH

// [RFC7644 3.5.2.1] [RFC7644 3.5.2.2] [RFC7644 3.5.2.3] [RFC7643 2.4]
TEST_F(ScimGeneric, values_of_lists_come_go_and_change_one_by_one) {
  const auto id = id_of(post(full_user));
  ASSERT_EQ(patch(id, R"([
      {"op": "add", "path": "emails", "value": [{"value": "third@x.test", "type": "other", "primary": true}]},
      {"op": "replace", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "555-0000"},
      {"op": "remove", "path": "phoneNumbers[type eq \"work\"]"},
      {"op": "remove", "path": "emails[type eq \"home\"]"},
      {"op": "add", "path": "nickName", "value": "B"},
      {"op": "remove", "path": "ims"}])")
                .status,
            200);
  const auto body = resource(id);
  EXPECT_EQ(body.at("emails"), json(R"([{"value": "bjensen@example.com", "type": "work", "primary": false},
                                         {"value": "third@x.test", "type": "other", "primary": true}])"))
      << body.at("emails");
  EXPECT_EQ(body.at("phoneNumbers"), json(R"([{"value": "555-0000", "type": "mobile"}])"));
  EXPECT_EQ(body.at("nickName"), base::Json("B"));
  EXPECT_EQ(base::member(body, "ims"), nullptr);
  EXPECT_EQ(bench_.user(id).at("email"), base::Json("third@x.test"));
}

// [RFC7644 3.5.2] [RFC7644 3.12]
TEST_F(ScimGeneric, refusals_of_a_patch_carry_the_words_of_the_rfc) {
  const auto id = id_of(post(full_user));
  const auto before = resource(id);
  for (const auto& [operation, expected] : std::vector<std::pair<std::string_view, std::string_view>>{
           {R"({"op": "replace", "path": "noSuchAttribute", "value": "x"})", "400 invalidPath"},
           {R"({"op": "replace", "path": "a..b", "value": "x"})", "400 invalidPath"},
           {R"({"op": "replace", "path": "emails[type eq", "value": "x"})", "400 invalidPath"},
           {R"({"op": "replace", "path": "emails[type eq \"nope\"].value", "value": "x@y.z"})",
            "400 noTarget"},
           {R"({"op": "replace", "path": "id", "value": "x"})", "400 mutability"},
           {R"({"op": "replace", "path": "meta.created", "value": "x"})", "400 mutability"},
           {R"({"op": "add", "path": "groups", "value": [{"value": "x"}]})", "400 mutability"},
           {R"({"op": "remove", "path": "userName"})", "400 mutability"},
           {R"({"op": "remove", "path": "emails"})", "400 mutability"},
           {R"({"op": "replace", "path": "active", "value": "maybe"})", "400 invalidValue"},
           {R"({"op": "remove"})", "400 noTarget"},
           {R"({"op": "move", "path": "title", "value": "x"})", "400 invalidSyntax"}}) {
    const auto operations =
        fmt::format(R"([{{"op": "replace", "path": "title", "value": "other"}}, {}])", operation);
    EXPECT_EQ(outcome_of(patch(id, operations)), expected) << operation;
    EXPECT_EQ(resource(id), before) << operation;
  }
}

// [RFC7644 3.5.2.1]: the version must not move either.
TEST_F(ScimGeneric, adding_what_is_there_changes_nothing) {
  const auto id = id_of(post(full_user));
  const auto before = resource(id);
  EXPECT_THAT(bench_.events_of([&] {
    ASSERT_EQ(
        patch(id,
              R"([{"op": "add", "path": "phoneNumbers", "value": {"value": "555-555-5555", "type": "work"}},
                            {"op": "add", "path": "nickName", "value": "Babs"}])")
            .status,
        200);
  }),
              IsEmpty());
  EXPECT_EQ(resource(id), before);
}

// [rule DI40] [rule DI24]
TEST_F(ScimGeneric, a_change_beside_the_columns_is_one_event_and_a_new_version) {
  const auto id = create("amy");
  const auto before = resource(id);
  EXPECT_THAT(bench_.events_of([&] {
    patch(
        id,
        R"([{"op": "add", "path": "nickName", "value": "Babs"}, {"op": "add", "path": "title", "value": "Clerk"},
                  {"op": "add", "path": "roles", "value": [{"value": "admin"}]}])");
  }),
              ElementsAre("user_update"));
  EXPECT_EQ(
      bench_.events().back().at("changes"),
      json(
          R"([{"field": "jobTitle", "to": "Clerk"}, {"field": "nickName", "to": "Babs"}, {"field": "roles"}])"));
  EXPECT_NE(resource(id).at("meta").at("version"), before.at("meta").at("version"));
}

// Deleting

// [RFC7644 3.6]
TEST_F(ScimGeneric, a_deleted_user_is_gone_with_everything_beside_it) {
  const auto id = id_of(post(full_user));
  ASSERT_EQ(bench_.generic("DELETE", "/Users/" + id).status, 204);
  for (const auto* method : {"GET", "PUT", "PATCH", "DELETE"})
    EXPECT_EQ(bench_.generic(method, "/Users/" + id, std::string(full_user)).status, 404) << method;
  EXPECT_EQ(total_of(bench_.generic("GET", filtered(R"(emails.value eq "babs@jensen.example")"))), 0);
  const auto again = id_of(post(full_user));
  EXPECT_NE(again, id);
}

// Media types

// [RFC7644 3.1] [RFC7644 3.8]
TEST_F(ScimGeneric, bodies_are_scim_or_json_and_nothing_else) {
  int number = 0;
  for (const auto* type :
       {"application/scim+json", "application/json", "Application/SCIM+JSON; charset=utf-8", ""}) {
    const auto name = fmt::format("user{}", ++number);
    EXPECT_EQ(
        bench_.generic("POST", "/Users", user_body(name, name + "@x.test"), {{"Content-Type", type}}).status,
        201)
        << type;
  }
  for (const auto* type :
       {"text/xml", "text/plain", "application/scim+jsonx", "application/x-www-form-urlencoded"}) {
    EXPECT_EQ(outcome_of(
                  bench_.generic("POST", "/Users", user_body("amy", "amy@x.test"), {{"Content-Type", type}})),
              "415 none")
        << type;
  }
  const auto read = bench_.generic("GET", "/Users", {}, {{"Accept", "application/json"}});
  EXPECT_EQ(read.status, 200);
  EXPECT_THAT(header_of(read, "Content-Type"), ::testing::StartsWith("application/scim+json"));
}

// [RFC7644 3.8]
TEST_F(ScimGeneric, text_of_any_script_comes_back_as_it_was) {
  const std::string name =
      "Z\xC3\xBC"
      "e\xCC\x81 \xE5\x90\x8D\xE5\x89\x8D \xF0\x9F\x98\x80 \\\"";
  const auto escaped = base::to_text(base::Json(name));
  const auto id = create("amy", fmt::format(R"(, "nickName": {0}, "displayName": {0})", escaped));
  EXPECT_EQ(resource(id).at("nickName"), base::Json(name));
  EXPECT_EQ(resource(id).at("displayName"), base::Json(name));
}

}  // namespace scim_generic_contract_test
}  // namespace directory
