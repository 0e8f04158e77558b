// What the provider without quirks answers, by the rules of RFC 7644 and 7643, and that a refusal changes
// nothing.
#include "fakes/scim/provider.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "fakes/scim/provider_fixture.h"

namespace fakes::scim {
namespace provider_test {

using ::testing::HasSubstr;
using ::testing::Not;

// [RFC7644 3.3]
TEST_F(ProviderTest, creates_what_can_be_read_at_its_location) {
  const auto response =
      send("POST", "/Users", user("amy", R"(, "id": "mine", "nickName": null, "roles": [], "unknown": 1)"));
  const auto amy = json(response);
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.headers.find("Content-Type"), "application/scim+json");
  const auto id = at(amy, "/id");
  EXPECT_NE(id, "mine");
  EXPECT_EQ(at(amy, "/meta/location"), "https://scim.example.test/scim/v2/Users/" + id);
  EXPECT_EQ(response.headers.find("Location"), at(amy, "/meta/location"));
  EXPECT_EQ(response.headers.find("ETag"), at(amy, "/meta/version"));
  EXPECT_EQ(at(amy, "/meta/resourceType"), "User");
  EXPECT_EQ(at(amy, "/active"), "true");
  for (const auto* name : {"/nickName", "/roles", "/unknown"}) EXPECT_EQ(at(amy, name), "none") << name;
  EXPECT_EQ(get("/Users/" + id), amy);
}

// [RFC7644 3.12]
TEST_F(ProviderTest, refuses_with_the_words_of_the_text_and_changes_nothing) {
  const auto amy = made("/Users", user("amy"));
  const auto before = provider_.dump();
  struct Case {
    std::string method, place, body, outcome;
  };
  const Case cases[] = {
      {"POST", "/Users", user("AMY"), "409 uniqueness"},
      {"POST", "/Users", user(""), "400 invalidValue"},
      {"POST", "/Users", user("bob", R"(, "active": "maybe")"), "400 invalidValue"},
      {"POST", "/Users", R"({"userName": "bob"})", "400 invalidValue"},
      {"POST", "/Users", "{", "400 invalidSyntax"},
      {"POST", "/Users", "[]", "400 invalidSyntax"},
      {"POST", "/Groups", group("team", R"([{"value": "nobody"}])"), "400 invalidValue"},
      {"PUT", "/Users/nobody", user("bob"), "404"},
      {"PUT", "/Users/" + amy, R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"]})",
       "400 invalidValue"},
      {"PATCH", "/Users/" + amy, patch(R"([{"op": "replace", "path": "title", "value": "x"},
                                                            {"op": "remove", "path": "userName"}])"),
       "400 mutability"},
      {"PATCH", "/Users/" + amy, patch(R"([{"op": "remove"}])"), "400 noTarget"},
      {"DELETE", "/Users/nobody", "", "404"},
      {"DELETE", "/Groups/" + amy, "", "404"},
      {"GET", "/Users?filter=userName", "", "400 invalidFilter"},
      {"GET", "/Users?filter=password%20eq%20%22x%22", "", "403 sensitive"},
      {"GET", "/Users?count=many", "", "400 invalidValue"},
      {"GET", "/v1/Users", "", "400 invalidVers"},
      {"GET", "/Users/%00", "", "404"},
      {"GET", "/Me", "", "501"},
      {"GET", "/Nothing", "", "404"},
      {"DELETE", "/Users", "", "405"},
      {"POST", "/Schemas", "{}", "405"},
      {"GET", "/Schemas?filter=id%20pr", "", "403"}};
  for (const auto& one : cases) {
    const auto response = send(one.method, one.place, one.body);
    EXPECT_EQ(outcome(response), one.outcome) << one.method << " " << one.place << " " << one.body;
    EXPECT_EQ(at(json(response), "/schemas/0"), "urn:ietf:params:scim:api:messages:2.0:Error") << one.place;
    EXPECT_EQ(at(json(response), "/status"), one.outcome.substr(0, 3)) << one.place;
  }
  EXPECT_EQ(provider_.dump(), before);
}

// [RFC7644 2] [RFC7643 5]
TEST_F(ProviderTest, asks_who_is_there_and_what_they_may) {
  made("/Groups", group("team"));
  EXPECT_EQ(send("GET", "/Users", "", {}, "").status, 401);
  EXPECT_EQ(send("GET", "/Users", "", {}, "alle").status, 401);
  EXPECT_EQ(send("GET", "/Users", "", {{"Authorization", "Basic all"}}).status, 401);
  EXPECT_THAT(std::string(*send("GET", "/Users", "", {}, "").headers.find("WWW-Authenticate")),
              HasSubstr("Bearer"));
  EXPECT_EQ(send("GET", "/ServiceProviderConfig", "", {}, "").status, 200);
  EXPECT_EQ(send("GET", "/Groups", "", {}, "groups").status, 200);
  EXPECT_EQ(send("GET", "/Users", "", {}, "groups").status, 403);
  EXPECT_EQ(send("POST", "/Groups", group("other"), {}, "groups").status, 403);
  EXPECT_EQ(send("POST", "/Users", "<user/>", {{"Content-Type", "application/xml"}}).status, 415);
}

// [RFC7643 9.2] [RFC7643 4.1.1]
TEST_F(ProviderTest, neither_shows_a_password_nor_keeps_it) {
  const auto id = made("/Users", user("amy", R"(, "password": "t1meMa$heen")"));
  EXPECT_THAT(provider_.dump(), Not(HasSubstr("t1meMa$heen")));
  EXPECT_EQ(at(get("/Users/" + id + "?attributes=password"), "/password"), "none");
  const auto sealed = provider_.dump();
  EXPECT_EQ(send("PUT", "/Users/" + id, user("amy")).status, 200);
  EXPECT_EQ(provider_.dump(), sealed) << "a replacement without the password leaves it";
}

// [RFC7644 3.5.1]
TEST_F(ProviderTest, replaces_what_can_be_written_and_keeps_the_rest) {
  const std::string badge =
      R"(, "urn:example:params:scim:schemas:extension:badge:2.0:User": {"badgeNumber": ")";
  const auto id = made("/Users", user("amy", R"(, "title": "Guide")" + badge + R"(7"})"));
  const auto before = get("/Users/" + id);
  EXPECT_EQ(at(json(send("PUT", "/Users/" + id, base::to_text(before))), "/meta/version"),
            at(before, "/meta/version"));
  const auto after = json(send("PUT", "/Users/" + id, user("amy", R"(, "id": "x", "nickName": "Am")")));
  EXPECT_EQ(at(after, "/title"), "none");
  EXPECT_EQ(at(after, "/nickName"), "Am");
  EXPECT_EQ(at(after, "/id"), id);
  EXPECT_EQ(at(after, "/urn:example:params:scim:schemas:extension:badge:2.0:User/badgeNumber"), "7");
  EXPECT_NE(at(after, "/meta/version"), at(before, "/meta/version"));
  EXPECT_EQ(at(after, "/meta/created"), at(before, "/meta/created"));
  EXPECT_EQ(outcome(send("PUT", "/Users/" + id, user("amy", badge + R"(8"})"))), "400 mutability");
}

// [RFC7643 4.1.2] [RFC7643 4.2] [RFC7644 3.6]
TEST_F(ProviderTest, knows_who_is_in_which_group) {
  const auto amy = made("/Users", user("amy"));
  const auto inner = made("/Groups", group("inner", R"([{"value": ")" + amy + R"("}])"));
  const auto outer = made("/Groups", group("outer", R"([{"value": ")" + inner + R"("}])"));
  send("PATCH", "/Groups/" + inner,
       patch(R"([{"op": "add", "path": "members", "value": [{"value": ")" + outer + R"("}]}])"));
  const auto shown = get("/Users/" + amy);
  EXPECT_EQ(at(shown, "/groups/0/value"), inner);
  EXPECT_EQ(at(shown, "/groups/0/type"), "direct");
  EXPECT_EQ(at(shown, "/groups/1/value"), outer);
  EXPECT_EQ(at(shown, "/groups/1/type"), "indirect");
  EXPECT_EQ(at(shown, "/groups/2"), "none");
  EXPECT_EQ(at(get("/Groups/" + inner), "/members/0/$ref"), "https://scim.example.test/scim/v2/Users/" + amy);
  EXPECT_EQ(send("DELETE", "/Users/" + amy).status, 204);
  EXPECT_EQ(at(get("/Groups/" + inner), "/members/0/value"), outer);
  EXPECT_EQ(at(get("/Groups/" + inner), "/members/1"), "none");
  EXPECT_EQ(send("GET", "/Users/" + amy).status, 404);
}

// [RFC7644 3.14]
TEST_F(ProviderTest, changes_only_the_version_that_is_meant) {
  const auto id = made("/Users", user("amy"));
  const auto tag = at(get("/Users/" + id), "/meta/version");
  EXPECT_EQ(send("GET", "/Users/" + id, "", {{"If-None-Match", tag}}).status, 304);
  EXPECT_EQ(send("PUT", "/Users/" + id, user("amy", R"(, "title": "x")"), {{"If-Match", tag}}).status, 200);
  EXPECT_EQ(send("PUT", "/Users/" + id, user("amy", R"(, "title": "y")"), {{"If-Match", tag}}).status, 412);
  EXPECT_EQ(send("DELETE", "/Users/" + id, "", {{"If-Match", tag}}).status, 412);
  EXPECT_EQ(send("GET", "/Users/" + id, "", {{"If-None-Match", tag}}).status, 200);
  EXPECT_EQ(send("DELETE", "/Users/" + id, "", {{"If-Match", "*"}}).status, 204);
}

// [RFC7644 4]
TEST_F(ProviderTest, describes_itself_whole) {
  const auto config = get("/ServiceProviderConfig");
  for (const auto* feature : {"patch", "bulk", "filter", "changePassword", "sort", "etag"}) {
    EXPECT_EQ(at(config, std::string("/") + feature + "/supported"), "true") << feature;
  }
  EXPECT_EQ(at(get("/ResourceTypes?count=1"), "/Resources/1/endpoint"), "/Groups");
  EXPECT_EQ(at(get("/ResourceTypes/Group"), "/schema"), "urn:ietf:params:scim:schemas:core:2.0:Group");
  EXPECT_EQ(at(get("/Schemas"), "/totalResults"), "4");
  EXPECT_EQ(at(get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User"), "/name"), "User");
  EXPECT_EQ(send("GET", "/Schemas/urn:none").status, 404);
}

TEST(Quirks, have_names_of_their_own_in_the_order_of_the_enumeration) {
  std::set<std::string_view> names;
  std::set<std::string_view> texts;
  int next = 0;
  for (const auto& quirk : all_quirks()) {
    EXPECT_EQ(static_cast<int>(quirk.quirk), next++) << quirk.name;
    EXPECT_TRUE(names.insert(quirk.name).second) << quirk.name;
    EXPECT_TRUE(texts.insert(quirk.what).second) << quirk.what;
    EXPECT_EQ(find_quirk(quirk.name), quirk.quirk);
  }
  EXPECT_EQ(find_quirk("no_such"), std::nullopt);
}

}  // namespace provider_test
}  // namespace fakes::scim
