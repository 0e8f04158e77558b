#include "bench/load/wire.h"

#include <gmock/gmock.h>

namespace bench::load {
namespace wire_test {

using ::testing::HasSubstr;

const Names names{"lockstep-load-", "abc123", "example.com", true};

Endpoint endpoint() {
  Endpoint out;
  out.base = *base::parse_uri("https://directory.example/scim/v2/");
  out.authorization = base::Secret("Bearer secret");
  out.headers.emplace_back("X-Tenant", base::Secret("acme"));
  return out;
}

Ids ids() { return {{"u-1", "u-2"}, {"g-1"}}; }

base::HttpRequest request(const Step& step, const base::JsonObject& read = {}) { return request_of(step, endpoint(), names, ids(), read); }

base::HttpResponse answer(int status, std::string body = {}) { return {status, "application/scim+json", std::move(body)}; }

// [Entra provisioning-clients 2.1-20] [Entra provisioning-clients 2.1-18]
TEST(Wire, entra_looks_a_user_up) {
  const auto sent = request({.operation = Operation::look_up_user});
  EXPECT_EQ(sent.method, "GET");
  EXPECT_EQ(sent.target, "/scim/v2/Users?filter=userName+eq+%22lockstep-load-abc123-00001%40example.com%22");
  EXPECT_EQ(sent.headers.find("Authorization"), "Bearer secret");
  EXPECT_EQ(sent.headers.find("X-Tenant"), "acme");
  EXPECT_EQ(sent.headers.find("User-Agent"), std::nullopt);
}

// [Okta provisioning-clients 4.3-01] [Okta provisioning-clients 4.1-01]
TEST(Wire, okta_looks_a_user_up) {
  const auto sent = request({.operation = Operation::look_up_user, .dialect = Dialect::okta, .user = 1});
  EXPECT_EQ(sent.target, "/scim/v2/Users?filter=userName%20eq%20%22lockstep-load-abc123-00002%40example.com%22&startIndex=1&count=100");
  EXPECT_EQ(sent.headers.find("User-Agent"), "Okta SCIM Client 1.0.0");
}

// [Entra provisioning-clients 2.6-01] [Okta provisioning-clients 4.3-06]
TEST(Wire, creations_are_in_each_clients_words) {
  const auto entra = base::parse_json(request({.operation = Operation::create_user}).body);
  EXPECT_EQ(base::string_or(*entra, "userName", ""), "lockstep-load-abc123-00001@example.com");
  EXPECT_TRUE(entra->as_object().contains("roles"));
  EXPECT_FALSE(entra->as_object().contains("password"));
  const auto okta = base::parse_json(request({.operation = Operation::create_user, .dialect = Dialect::okta}).body);
  EXPECT_TRUE(okta->as_object().contains("password"));
  EXPECT_EQ(base::string_or(*okta, "locale", ""), "en-US");
}

// [Entra provisioning-clients 2.7-04] [Entra provisioning-clients 2.7-05]
TEST(Wire, entra_changes_a_user_in_its_dialect) {
  Step department{.operation = Operation::update_user};
  department.department = "Sales";
  EXPECT_EQ(request(department).body,
            R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Replace",)"
            R"("path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"Sales"}]})");
  Step disabled{.operation = Operation::update_user};
  disabled.active = false;
  EXPECT_THAT(request(disabled).body, HasSubstr(R"({"op":"Replace","path":"active","value":"False"})"));
}

// [Entra provisioning-clients 2.10-01] [Entra provisioning-clients 2.10-03]
TEST(Wire, entra_fills_an_empty_group) {
  const auto created = request({.operation = Operation::create_group});
  EXPECT_EQ(created.target, "/scim/v2/Groups");
  EXPECT_THAT(created.body, Not(HasSubstr("members")));
  const auto filled = request({.operation = Operation::add_member, .user = 1});
  EXPECT_EQ(filled.method, "PATCH");
  EXPECT_EQ(filled.target, "/scim/v2/Groups/g-1");
  EXPECT_THAT(filled.body, HasSubstr(R"("Operations":[{"op":"Add","path":"members","value":[{"$ref":null,"value":"u-2"}]}])"));
}

// [Okta provisioning-clients 4.4-02]
TEST(Wire, okta_replaces_a_user_by_what_it_has_read) {
  Step step{.operation = Operation::replace_user, .dialect = Dialect::okta};
  step.department = "Sales";
  const auto sent = request(step, {{"id", "u-1"}, {"displayName", "Before"}, {"nickName", "kept"}});
  EXPECT_EQ(sent.method, "PUT");
  EXPECT_EQ(sent.target, "/scim/v2/Users/u-1");
  EXPECT_EQ(sent.body, R"({"id":"u-1","displayName":"Test of Sales","nickName":"kept"})");
}

TEST(Wire, what_has_no_id_cannot_be_asked_for) {
  const Ids none{{""}, {""}};
  EXPECT_TRUE(can_be_sent({.operation = Operation::create_user}, none));
  EXPECT_FALSE(can_be_sent({.operation = Operation::read_user}, none));
  EXPECT_FALSE(can_be_sent({.operation = Operation::add_member}, none));
  EXPECT_TRUE(can_be_sent({.operation = Operation::add_member}, ids()));
}

TEST(Wire, answers_are_right_or_say_why_not) {
  using Kind = Reading::Kind;
  const Step look_up{.operation = Operation::look_up_user};
  EXPECT_EQ(reading_of(look_up, answer(200, R"({"totalResults":0})"), ids()).kind, Kind::right);
  EXPECT_EQ(reading_of(look_up, answer(200, R"({"totalResults":1})"), ids()).kind, Kind::wrong);
  // [Entra provisioning-clients 2.1-04] [Okta provisioning-clients 4.3-03]
  EXPECT_EQ(reading_of(look_up, answer(404), ids()).kind, Kind::status);
  EXPECT_EQ(reading_of({.operation = Operation::look_up_user, .dialect = Dialect::okta}, answer(404), ids()).kind, Kind::right);
  const Step creation{.operation = Operation::create_user};
  EXPECT_EQ(reading_of(creation, answer(201, R"({"id":"u-1"})"), ids()).kind, Kind::right);
  EXPECT_EQ(reading_of(creation, answer(201, R"({})"), ids()).kind, Kind::wrong);
  EXPECT_EQ(reading_of(creation, answer(201, "<html>"), ids()).kind, Kind::wrong);
  EXPECT_EQ(reading_of(creation, answer(500, "oops"), ids()).why, "500 oops");
  EXPECT_EQ(reading_of({.operation = Operation::read_user}, answer(200, R"({"id":"u-2"})"), ids()).kind, Kind::wrong);
  EXPECT_EQ(reading_of({.operation = Operation::update_user}, answer(204), ids()).kind, Kind::right);
  EXPECT_EQ(reading_of({.operation = Operation::replace_user}, answer(204), ids()).kind, Kind::status);
}

// [Okta provisioning-clients 4.7-01] [Okta provisioning-clients 4.7-04]
TEST(Wire, pages_follow_until_all_is_read) {
  Step page{.operation = Operation::list_users, .dialect = Dialect::okta};
  EXPECT_EQ(request(page).target, "/scim/v2/Users?startIndex=1&count=100");
  const auto first = base::parse_json(R"({"totalResults":3,"itemsPerPage":2,"Resources":[{"id":"a"},{"id":"b"}]})");
  const auto next = next_page(page, *first);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->start, 3U);
  const auto last = base::parse_json(R"({"totalResults":3,"itemsPerPage":1,"Resources":[{"id":"c"}]})");
  EXPECT_EQ(next_page(*next, *last), std::nullopt);
  EXPECT_EQ(reading_of(page, answer(200, base::to_text(*first)), ids()).kind, Reading::Kind::right);
  EXPECT_EQ(reading_of(page, answer(200, R"({"totalResults":3,"itemsPerPage":100,"Resources":[{"id":"c"}]})"), ids()).kind, Reading::Kind::wrong);
  EXPECT_EQ(reading_of(*next, answer(200, R"({"totalResults":3,"itemsPerPage":0})"), ids()).kind, Reading::Kind::wrong);
}

}  // namespace wire_test
}  // namespace bench::load
