// The SCIM interface as a provisioning client meets it: who may ask, creating, finding, paging, refusals.
// What PATCH and DELETE do is in scim_changes_contract_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "directory/server/scim_client_fixture.h"
#include "directory/users/user.h"

namespace directory {
namespace scim_contract_test {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

// Who may ask

const std::vector<std::pair<std::string, std::string>>& every_endpoint() {
  static const std::vector<std::pair<std::string, std::string>> endpoints{
      {"GET", "/scim/v2/Users"},      {"POST", "/scim/v2/Users"},
      {"GET", "/scim/v2/Users/1"},    {"PATCH", "/scim/v2/Users/1"},
      {"DELETE", "/scim/v2/Users/1"}, {"GET", "/scim/v2/ServiceProviderConfig"},
      {"PUT", "/scim/v2/Users/1"},    {"POST", "/scim/v2/Users/.search"},
      {"POST", "/scim/v2/.search"},   {"POST", "/scim/v2/Bulk"},
      {"GET", "/scim/v2/Schemas"},    {"GET", "/scim/v2/ResourceTypes"},
      {"GET", "/scim/v2/Groups"},     {"GET", "/scim/v2/Me"},
  };
  return endpoints;
}

// [RFC7644 2] [RFC7644 3.12] [rule R31]
TEST(ScimAccess, needs_the_token_of_the_integration) {
  ServerBench bench;
  const std::vector<ServerBench::Fields> wrong{
      {},
      {{"Authorization", ""}},
      {{"Authorization", "Bearer"}},
      {{"Authorization", "Bearer "}},
      {{"Authorization", "Bearer of-something-else"}},
      {{"Authorization", "Bearer token-of-the-entra-integration "}},
      {{"Authorization", "Bearer token-of-the-entra-integratio"}},
      {{"Authorization", "Basic token-of-the-entra-integration"}},
      {{"Authorization", "token-of-the-entra-integration"}},
  };
  for (const auto& [method, target] : every_endpoint()) {
    for (const auto& fields : wrong) {
      const auto answer = bench.ask(method, target, fields);
      EXPECT_EQ(answer.status, 401) << method << " " << target;
      EXPECT_THAT(header_of(answer, "WWW-Authenticate"), StartsWith("Bearer"));
      EXPECT_EQ(scim_type_of(answer), "none");
    }
  }
}

// [RFC7644 2]
TEST(ScimAccess, a_key_for_another_purpose_opens_nothing) {
  ServerBench bench;
  for (const auto* key : {&bench.keys.admin_key, &bench.keys.connect_key}) {
    for (const auto& fields : {ServerBench::Fields{{"Authorization", "Bearer " + key->reveal()}},
                               ServerBench::Fields{{"x-api-key", key->reveal()}}}) {
      EXPECT_EQ(bench.ask("GET", "/scim/v2/Users", fields).status, 401);
    }
  }
}

// [RFC7235 2.1]: a scheme has no letter case.
TEST(ScimAccess, the_scheme_is_read_in_any_letter_case) {
  ServerBench bench;
  EXPECT_EQ(
      bench.ask("GET", "/scim/v2/Users", {{"authorization", "bearer token-of-the-entra-integration"}}).status,
      200);
}

// [Entra provisioning-clients 1-16]
TEST(ScimAccess, the_token_may_come_as_an_api_key) {
  ServerBench bench;
  EXPECT_EQ(bench.ask("GET", "/scim/v2/Users", {{"x-api-key", "token-of-the-entra-integration"}}).status,
            200);
}

// [RFC7644 5]: what it says of itself is what it does.
TEST(ScimAccess, the_service_provider_config_tells_the_truth) {
  ServerBench bench;
  const auto answer = bench.scim("GET", "/ServiceProviderConfig");
  ASSERT_EQ(answer.status, 200);
  const auto config = body_of(answer);
  for (const auto* name : {"patch", "sort", "etag"})
    EXPECT_EQ(config.at(name), json(R"({"supported": true})")) << name;
  EXPECT_EQ(config.at("changePassword"), json(R"({"supported": false})"));
  EXPECT_EQ(config.at("bulk"),
            json(R"({"supported": true, "maxOperations": 1000, "maxPayloadSize": 1048576})"));
  EXPECT_EQ(config.at("filter"), json(R"({"supported": true, "maxResults": 200})"));
  EXPECT_EQ(config.at("authenticationSchemes").at(0).at("type"), base::Json("oauthbearertoken"));
}

// [RFC7231 6.5.5] [RFC7644 3.12]
TEST(ScimAccess, other_methods_are_refused_with_those_that_are_not) {
  ServerBench bench;
  const auto post = bench.scim("POST", "/Users/1", "{}");
  EXPECT_EQ(post.status, 405);
  EXPECT_EQ(scim_type_of(post), "none");
  for (const auto* method : {"GET", "PUT", "PATCH", "DELETE"})
    EXPECT_THAT(header_of(post, "Allow"), HasSubstr(method));
  for (const auto& [method, target] :
       std::vector<std::pair<std::string, std::string>>{{"DELETE", "/Users"},
                                                        {"POST", "/ServiceProviderConfig"},
                                                        {"PUT", "/Schemas"},
                                                        {"PATCH", "/ResourceTypes/User"}}) {
    const auto answer = bench.scim(method, target);
    EXPECT_EQ(answer.status, 405) << method << " " << target;
    EXPECT_EQ(scim_type_of(answer), "none");
  }
  const auto nothing = bench.scim("GET", "/Nothing");
  EXPECT_EQ(nothing.status, 404);
  EXPECT_EQ(scim_type_of(nothing), "none");
}

// Creating

// [RFC7643 3.1]: a location is an address that the client can use.
TEST(ScimCreate, says_the_location_as_the_client_reached_it_where_an_edge_of_ours_tells) {
  ServerBench bench;
  bench.world().network().bind("localhost:8080", *bench.directory_host);
  const auto location_for = [&](std::string_view name) {
    const ServerBench::Fields edge{{"Authorization", "Bearer token-of-the-entra-integration"}, {"Content-Type", "application/scim+json"},
                                   {"Host", "localhost:8080"}, {"X-Forwarded-Proto", "http"}};
    const auto answer = bench.ask("POST", "/scim/v2/Users", edge, user_body(name, fmt::format("{}@example.test", name)));
    const auto location = header_of(answer, "Location");
    EXPECT_EQ(body_of(answer).at("meta").at("location"), base::Json(location)) << answer.body;
    return location.substr(0, location.rfind('/'));
  };
  EXPECT_EQ(location_for("amy.lee"), "https://directory.example.test/scim/v2/Users") << "by default nobody is believed";
  bench.settings().locations_follow_requests = true;
  bench.restart_directory();
  EXPECT_EQ(location_for("bob.ray"), "http://localhost:8080/scim/v2/Users");
}

// [RFC7644 3.3] [rule R24]
// [Entra provisioning-clients 2.1-06, 2.6-04, 7.1-33]
TEST(ScimCreate, answers_201_with_location_etag_and_the_resource) {
  ServerBench bench;
  const auto answer = bench.scim(
      "POST", "/Users", user_body("amy.lee", "amy.lee@example.test", R"(, "displayName": "Amy Lee")"));
  ASSERT_EQ(answer.status, 201) << answer.body;
  const auto body = body_of(answer);
  const auto id = base::string_or(body, "id", "");
  EXPECT_THAT(id, Not(IsEmpty()));
  EXPECT_EQ(header_of(answer, "Location"), "https://directory.example.test/scim/v2/Users/" + id);
  EXPECT_EQ(body.at("meta").at("location"), base::Json(header_of(answer, "Location")));
  EXPECT_THAT(header_of(answer, "ETag"), StartsWith("W/\""));
  EXPECT_EQ(body.at("meta").at("version"), base::Json(header_of(answer, "ETag")));
  EXPECT_THAT(header_of(answer, "Content-Type"), StartsWith("application/scim+json"));
  EXPECT_EQ(body.at("displayName"), base::Json("Amy Lee"));
  EXPECT_EQ(body.at("active"), base::Json(true));

  const auto read = bench.scim("GET", "/Users/" + id);
  EXPECT_EQ(read.status, 200);
  EXPECT_EQ(body_of(read), body);
  EXPECT_EQ(header_of(read, "ETag"), header_of(answer, "ETag"));
}

// [RFC7644 3.3]: what is the provider's to set is not taken from the client.
// [Entra provisioning-clients 1-07]
TEST(ScimCreate, the_id_and_the_meta_of_the_client_are_not_taken) {
  ServerBench bench;
  const auto body =
      body_of(bench.scim("POST", "/Users",
                         user_body("amy.lee", "amy.lee@example.test",
                                   R"(, "id": "mine", "meta": {"resourceType": "Group", "version": "x"})")));
  EXPECT_NE(body.at("id"), base::Json("mine"));
  EXPECT_EQ(body.at("meta").at("resourceType"), base::Json("User"));
}

// [rule R42] [rule D14] [rule D31] [rule D8]
// [Entra provisioning-clients 1-13]
TEST(ScimCreate, a_new_user_waits_for_a_password_R42) {
  ServerBench bench;
  const auto user = bench.user(bench.provision("amy.lee"));
  EXPECT_EQ(user.at("activated"), base::Json(false));
  EXPECT_EQ(user.at("password_expired"), base::Json(false));
  EXPECT_EQ(user.at("creationSource"), base::Json("jumpcloud:scim"));
  EXPECT_EQ(base::member(user, "password_date"), nullptr);
}

// [rule R42]: a password in the body changes nothing, since Entra has none to pass.
TEST(ScimCreate, a_password_is_not_taken_over) {
  ServerBench bench;
  const auto answer =
      bench.scim("POST", "/Users",
                 user_body("amy.lee", "amy.lee@example.test", R"(, "password": "correct horse battery")"));
  ASSERT_EQ(answer.status, 201);
  EXPECT_THAT(answer.body, Not(HasSubstr("correct horse")));
  EXPECT_EQ(bench.log_in("amy.lee", "correct horse battery").status, 401);
}

// [rule R4] [rule D6]
TEST(ScimCreate, a_new_user_takes_the_default_state_R4) {
  for (const auto state : {UserState::staged, UserState::activated}) {
    BenchOptions options;
    options.directory.settings.new_user_states.manual_entry = state;
    ServerBench bench(options);
    EXPECT_EQ(bench.user(bench.provision("amy.lee")).at("state"), base::Json(std::string(state_name(state))));
  }
}

TEST(ScimCreate, a_user_who_comes_inactive_is_suspended_R49) {
  ServerBench bench;
  const auto answer =
      bench.scim("POST", "/Users", user_body("amy.lee", "amy.lee@example.test", R"(, "active": false)"));
  ASSERT_EQ(answer.status, 201);
  EXPECT_EQ(body_of(answer).at("active"), base::Json(false));
  EXPECT_EQ(bench.user(base::string_or(body_of(answer), "id", "")).at("state"), base::Json("SUSPENDED"));
  bench.settle();
  EXPECT_THAT(bench.mails_to("amy.lee@example.test"), IsEmpty());
}

// [RFC7644 3.3] [RFC7643 4.1.1] [rule D21] [rule F39]
TEST(ScimCreate, a_username_is_taken_in_any_letter_case) {
  ServerBench bench;
  bench.provision("amy.lee");
  for (const auto* name : {"amy.lee", "Amy.Lee", "AMY.LEE"}) {
    const auto answer = bench.scim("POST", "/Users", user_body(name, "other@example.test"));
    EXPECT_EQ(answer.status, 409) << name;
    EXPECT_EQ(scim_type_of(answer), "uniqueness") << name;
  }
}

// [rule D21]
TEST(ScimCreate, an_email_is_taken_in_any_letter_case) {
  ServerBench bench;
  bench.provision("amy.lee");
  const auto answer = bench.scim("POST", "/Users", user_body("someone.else", "AMY.LEE@Example.test"));
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(scim_type_of(answer), "uniqueness");
}

// [rule D20]
TEST(ScimCreate, an_employee_identifier_is_taken) {
  ServerBench bench;
  const auto* number =
      R"(, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "A-7"})";
  ASSERT_EQ(bench.scim("POST", "/Users", user_body("amy.lee", "amy.lee@example.test", number)).status, 201);
  const auto answer = bench.scim("POST", "/Users", user_body("bob", "bob@example.test", number));
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(scim_type_of(answer), "uniqueness");
}

// [RFC7644 3.3]: and whoever was refused is not there.
TEST(ScimCreate, an_email_address_as_username_is_refused_R44) {
  ServerBench bench;
  const auto answer = bench.scim("POST", "/Users", user_body("amy.lee@example.test", "amy.lee@example.test"));
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(scim_type_of(answer), "invalidValue");
  EXPECT_EQ(total_of(bench.scim("GET", "/Users")), 0);
  EXPECT_EQ(bench.scim("POST", "/Users", user_body("amy.lee", "amy.lee@example.test")).status, 201);
}

// [rule R36]: the default mapping sends the user principal name.
TEST(ScimCreate, a_required_attribute_that_is_missing_or_bad_is_refused) {
  ServerBench bench;
  for (const auto& body : {std::string("{}"), std::string(R"({"userName": "amy.lee"})"),
                           std::string(R"({"emails": [{"value": "amy.lee@example.test"}]})"),
                           user_body("amy lee", "amy.lee@example.test"), user_body("amy.lee", "no address"),
                           user_body(std::string(1025, 'a'), "amy.lee@example.test"),
                           user_body("amy.lee", "amy.lee@example.test", R"(, "active": "maybe")")}) {
    const auto answer = bench.scim("POST", "/Users", body);
    EXPECT_EQ(answer.status, 400) << body.substr(0, 80);
    EXPECT_EQ(scim_type_of(answer), "invalidValue") << body.substr(0, 80);
  }
  EXPECT_EQ(total_of(bench.scim("GET", "/Users")), 0);
}

TEST(ScimCreate, manager_and_groups_are_ignored_R26) {
  ServerBench bench;
  const auto answer = bench.scim("POST", "/Users",
                                 user_body("amy.lee", "amy.lee@example.test",
                                           R"(, "groups": [{"value": "7"}], "manager": {"value": "7"},
                   "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "7"}, "department": "Sales"})"));
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_THAT(answer.body, Not(HasSubstr("manager")));
  EXPECT_THAT(answer.body, Not(HasSubstr("groups")));
  EXPECT_THAT(answer.body, HasSubstr("Sales"));
}

// [RFC7644 3.3] [RFC7644 3.12]
TEST(ScimCreate, a_body_that_cannot_be_read_is_refused) {
  ServerBench bench;
  const std::string too_deep = R"({"a": )" + std::string(70, '[') + std::string(70, ']') + "}";
  for (const auto& body : {std::string(), std::string("{\"schemas\":"), std::string("[]"),
                           std::string("\"x\""), std::string("null"), std::string("{'a': 1}"), too_deep}) {
    const auto answer = bench.scim("POST", "/Users", body);
    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_EQ(scim_type_of(answer), "invalidSyntax") << body;
  }
}

TEST(ScimCreate, a_body_has_at_most_a_mebibyte) {
  ServerBench bench;
  const auto body = user_body("amy.lee", "amy.lee@example.test");
  const std::string most = body + std::string((1 << 20) - body.size(), ' ');
  EXPECT_EQ(bench.scim("POST", "/Users", most + " ").status, 413);
  EXPECT_EQ(bench.scim("POST", "/Users", most).status, 201);
}

// Finding

// [Entra provisioning-clients 2.1-02] [Entra provisioning-clients 2.1-20] [RFC7644 3.4.2.2]
TEST(ScimLookup, finds_a_user_by_each_attribute_that_clients_match_on) {
  ServerBench bench;
  const auto id = bench.provision("amy.lee");
  bench.provision("bob");
  for (const auto& target :
       {std::string("/Users?filter=userName+eq+%22amy.lee%22"), filtered(R"(userName eq "amy.lee")"),
        filtered(R"(USERNAME EQ "AMY.LEE")"), filtered(R"(externalId eq "entra-amy.lee")"),
        filtered("externalId eq entra-amy.lee"), filtered(R"(emails.value eq "amy.lee@example.test")"),
        filtered(R"(emails eq "Amy.Lee@example.test")"), filtered(fmt::format(R"(id eq "{}")", id)),
        filtered(fmt::format(R"(id eq "{}" and userName eq "amy.lee")", id))}) {
    const auto answer = bench.scim("GET", target);
    EXPECT_EQ(answer.status, 200) << target;
    EXPECT_EQ(total_of(answer), 1) << target;
    EXPECT_EQ(usernames_of(answer), std::vector<std::string>{"amy.lee"}) << target;
  }
}

// [RFC7644 3.4.2.2]: id and externalId are case-exact. [RFC7643 3.1]
TEST(ScimLookup, the_letter_case_of_ids_counts) {
  ServerBench bench;
  bench.provision("amy.lee");
  EXPECT_EQ(total_of(bench.scim("GET", filtered(R"(externalId eq "ENTRA-amy.lee")"))), 0);
}

TEST(ScimLookup, several_users_may_share_an_external_id) {
  ServerBench bench;
  for (const auto* name : {"amy", "bob"}) {
    ASSERT_EQ(bench
                  .scim("POST", "/Users",
                        user_body(name, fmt::format("{}@example.test", name), R"(, "externalId": "same")"))
                  .status,
              201);
  }
  EXPECT_EQ(total_of(bench.scim("GET", filtered(R"(externalId eq "same")"))), 2);
  EXPECT_EQ(usernames_of(bench.scim("GET", filtered(R"(externalId eq "same" and userName eq "bob")"))),
            std::vector<std::string>{"bob"});
}

// [Entra provisioning-clients 2.1-04] [Entra provisioning-clients 2.2-02] [RFC7644 3.4.2] [rule R32]
TEST(ScimLookup, no_match_is_an_empty_list_and_no_error) {
  ServerBench bench;
  bench.provision("amy.lee");
  for (const auto* filter : {R"(userName eq "3fb6a4c2-5c0e-4a0e-8f0e-0d6a2b9b7a11")", R"(id eq "")",
                             R"(userName eq "amy.lee" and externalId eq "x")"}) {
    const auto answer = bench.scim("GET", filtered(filter));
    EXPECT_EQ(answer.status, 200) << filter;
    const auto body = body_of(answer);
    EXPECT_EQ(body.at("schemas"), json(R"(["urn:ietf:params:scim:api:messages:2.0:ListResponse"])"));
    EXPECT_EQ(body.at("totalResults"), base::Json(0));
    EXPECT_EQ(body.at("Resources"), json("[]"));
  }
}

// [RFC7644 3.4.2.2]
// [Entra provisioning-clients 7.1-18]
TEST(ScimLookup, a_filter_that_is_not_supported_is_refused_and_never_widens) {
  ServerBench bench;
  bench.provision("amy.lee");
  for (const auto* filter :
       {"", "userName", R"(userName like "amy")", R"(noSuch eq "x")", R"(userName eq "amy.lee" or)",
        R"(userName eq true)", R"(password eq "x")", R"(password pr)", R"(not (password sw "x"))",
        R"(userName eq "amy.lee" and noSuch eq "x")", R"(name eq "Amy")", R"(active gt true)"}) {
    const auto answer = bench.scim("GET", filtered(filter));
    EXPECT_EQ(answer.status, 400) << filter;
    EXPECT_EQ(scim_type_of(answer), "invalidFilter") << filter;
  }
}

// [Entra provisioning-clients 2.1-05] [RFC7644 3.4.1]
TEST(ScimLookup, an_unknown_id_is_404) {
  ServerBench bench;
  bench.provision("amy.lee");
  for (const auto* id : {"00919288221112222", "%27%20OR%201=1", "amy.lee", "%00", "..%2F"}) {
    EXPECT_THAT(bench.scim("GET", std::string("/Users/") + id).status, ::testing::AnyOf(404, 400)) << id;
  }
  const auto answer = bench.scim("GET", "/Users/00919288221112222");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(scim_type_of(answer), "none");
}

// Paging

class ScimPaging : public ::testing::Test {
 protected:
  ScimPaging() {
    for (int i = 0; i < 7; ++i) bench_.provision(fmt::format("user{}", i));
  }

  base::HttpResponse page(std::string_view query) {
    return bench_.scim("GET", "/Users?" + std::string(query));
  }

  ServerBench bench_;
};

// [RFC7644 3.4.2.4]
TEST_F(ScimPaging, gives_the_part_that_is_asked_for) {
  const auto answer = page("startIndex=3&count=2");
  const auto body = body_of(answer);
  EXPECT_EQ(body.at("totalResults"), base::Json(7));
  EXPECT_EQ(body.at("startIndex"), base::Json(3));
  EXPECT_EQ(body.at("itemsPerPage"), base::Json(2));
  EXPECT_EQ(usernames_of(answer), (std::vector<std::string>{"user2", "user3"}));
}

// [RFC7644 3.4.2.4]
TEST_F(ScimPaging, keeps_to_the_text_at_its_edges) {
  struct Edge {
    std::string_view query;
    std::size_t users;
    std::int64_t start_index;
  };
  for (const auto& edge :
       {Edge{"startIndex=0&count=2", 2, 1}, Edge{"startIndex=-5&count=2", 2, 1}, Edge{"count=0", 0, 1},
        Edge{"count=-3", 0, 1}, Edge{"startIndex=7", 1, 7}, Edge{"startIndex=8", 0, 8},
        Edge{"startIndex=17&count=5", 0, 17}, Edge{"count=100000", 7, 1},
        Edge{"startIndex=9223372036854775807&count=200", 0, INT64_MAX}, Edge{"foo=bar", 7, 1}}) {
    const auto answer = page(edge.query);
    EXPECT_EQ(answer.status, 200) << edge.query;
    const auto body = body_of(answer);
    EXPECT_THAT(usernames_of(answer), SizeIs(edge.users)) << edge.query;
    EXPECT_EQ(body.at("itemsPerPage"), base::Json(edge.users)) << edge.query;
    EXPECT_EQ(body.at("totalResults"), base::Json(7)) << edge.query;
    EXPECT_EQ(body.at("startIndex"), base::Json(edge.start_index)) << edge.query;
  }
}

TEST_F(ScimPaging, also_pages_what_a_filter_selects) {
  const auto query = "filter=" + base::percent_encode(R"(userName eq "user4")");
  EXPECT_THAT(usernames_of(page(query + "&startIndex=2")), IsEmpty());
  EXPECT_THAT(usernames_of(page(query + "&count=0")), IsEmpty());
  EXPECT_EQ(total_of(page(query + "&startIndex=9223372036854775807")), 1);
}

// [RFC7644 3.4.2.4]
TEST_F(ScimPaging, a_walk_in_steps_of_any_size_meets_everybody_once) {
  for (int step = 1; step <= 8; ++step) {
    std::multiset<std::string> met;
    for (int start = 1; start <= 7; start += step) {
      for (auto& name : usernames_of(page(fmt::format("startIndex={}&count={}", start, step))))
        met.insert(std::move(name));
    }
    EXPECT_THAT(met, SizeIs(7)) << step;
    EXPECT_THAT((std::set<std::string>(met.begin(), met.end())), SizeIs(7)) << step;
  }
}

TEST_F(ScimPaging, what_is_no_number_is_refused) {
  for (const auto* query :
       {"startIndex=x", "count=", "count=1.5", "startIndex=1x", "count=99999999999999999999"}) {
    const auto answer = page(query);
    EXPECT_EQ(answer.status, 400) << query;
    EXPECT_EQ(scim_type_of(answer), "invalidValue") << query;
  }
}

TEST(ScimPagingLimit, a_page_holds_two_hundred_users_as_the_config_says) {
  ServerBench bench;
  for (int i = 0; i < 205; ++i) bench.provision(fmt::format("user{}", i));
  const auto answer = bench.scim("GET", "/Users?count=100000");
  EXPECT_THAT(usernames_of(answer), SizeIs(200));
  EXPECT_EQ(total_of(answer), 205);
  EXPECT_THAT(usernames_of(bench.scim("GET", "/Users?startIndex=201")), SizeIs(5));
}

}  // namespace scim_contract_test
}  // namespace directory
