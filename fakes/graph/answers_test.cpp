// What every answer of Graph looks like, and its error bodies.
#include <tuple>

#include "fakes/graph/graph_fixture.h"

namespace fakes::graph {
namespace answers_test {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using Answers = GraphTest;

// [Graph G1] [Graph G4]
TEST_F(Answers, contexts_name_the_version_and_host_that_the_client_used) {
  made_user("amy");
  EXPECT_EQ(at(get("/users"), "/@odata.context"), "https://graph.microsoft.com/v1.0/$metadata#users");
  EXPECT_EQ(at(get("/users/amy@example.test"), "/@odata.context"), "https://graph.microsoft.com/v1.0/$metadata#users/$entity");
  base::HttpRequest request("GET", "/beta/users");
  request.headers.set("Host", "localhost:8080");
  request.headers.set("X-Forwarded-Proto", "http");
  request.headers.set("Authorization", "Bearer all");
  EXPECT_EQ(at(service_.respond(request), "/@odata.context"), "http://localhost:8080/beta/$metadata#users");
  request.target = "/v3.0/users";
  EXPECT_EQ(outcome(service_.respond(request)), "400 BadRequest: Invalid version.");
}

// [Graph G2] [Graph G3]
TEST_F(Answers, have_the_fields_of_every_answer) {
  const auto response = send("GET", "/users", "", {{"client-request-id", "mine"}});
  EXPECT_EQ(response.headers.find("Content-Type"), "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8");
  EXPECT_EQ(response.headers.find("client-request-id"), "mine");
  EXPECT_EQ(response.headers.find("OData-Version"), "4.0");
  EXPECT_EQ(response.headers.find("Date"), "Mon, 05 Jan 2026 08:00:00 GMT");
  const auto own = get("/users/nobody");
  EXPECT_EQ(own.headers.find("client-request-id"), own.headers.find("request-id"));
  EXPECT_EQ(own.headers.find("request-id")->size(), 36U);
  EXPECT_NE(own.headers.find("request-id"), get("/users/nobody").headers.find("request-id"));
}

// [Graph E1] [Graph E2] [Graph E3]
TEST_F(Answers, errors_name_the_request_in_an_inner_error_without_a_zone) {
  const auto response = send("GET", "/users/nobody", "", {{"client-request-id", "mine"}});
  const auto request_id = std::string(*response.headers.find("request-id"));
  EXPECT_EQ(response.body, R"({"error":{"code":"Request_ResourceNotFound","message":"Resource 'nobody' does not exist or one of its queried )"
                           R"(reference-property objects are not present.","innerError":{"date":"2026-01-05T08:00:00","request-id":")" +
                               request_id + R"(","client-request-id":"mine"}}})");
}

// [Graph G5] [Graph G6]
TEST_F(Answers, users_are_found_by_name_and_groups_are_not) {
  const auto amy = made_user("amy");
  made_group("team");
  for (const auto& key : {amy, std::string("amy@example.test"), std::string("AMY@example.test")}) EXPECT_EQ(at(get("/users/" + key), "/id"), amy) << key;
  EXPECT_EQ(at(get("/users('amy@example.test')"), "/id"), amy);
  EXPECT_EQ(at(get("/users('" + amy + "')"), "/id"), amy);
  EXPECT_EQ(get("/groups/team").status, 404);
  EXPECT_EQ(get("/users/$x@example.test").status, 400);
  EXPECT_EQ(outcome(get("/users('$x@example.test')")).substr(0, 3), "404");
}

// [Graph G7] [Graph G8]
TEST_F(Answers, directory_objects_have_no_etag_and_the_last_writer_wins) {
  const auto amy = made_user("amy");
  EXPECT_FALSE(get("/users/" + amy).headers.find("ETag").has_value());
  EXPECT_EQ(get("/users/" + amy).body.find("@odata.etag"), std::string::npos);
  EXPECT_EQ(send("PATCH", "/users/" + amy, R"({"jobTitle": "a"})", {{"If-Match", "\"x\""}}).status, 204);
  EXPECT_EQ(send("PATCH", "/users/" + amy, R"({"jobTitle": "b"})", {{"If-Match", "\"x\""}}).status, 204);
  EXPECT_EQ(at(get("/users/" + amy), "/jobTitle"), "b");
}

// [Graph G9] [Graph G10]
TEST_F(Answers, changes_have_no_content_and_leave_other_properties_alone) {
  const auto amy = made_user("amy", R"(, "jobTitle": "Cook", "city": "Ulm")");
  const auto response = send("PATCH", "/users/" + amy, R"({"jobTitle": "Chef"})");
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(at(get("/users/" + amy + "?$select=jobTitle,city"), "/city"), "Ulm");
  const auto team = made_group("team");
  const auto added = send("POST", "/groups/" + team + "/members/$ref", reference(amy));
  EXPECT_EQ(added.status, 204);
  EXPECT_EQ(added.body, "");
  EXPECT_EQ(send("DELETE", "/users/" + amy).status, 204);
}

// [Graph E32]
TEST_F(Answers, a_method_that_a_place_does_not_take_is_405) {
  EXPECT_EQ(outcome(send("PUT", "/users")), "405 Request_BadRequest: Specified HTTP method is not allowed for the request target.");
  EXPECT_EQ(outcome(get("/nothing")), "400 BadRequest: Resource not found for the segment 'nothing'.");
}

// [Graph E6]
TEST_F(Answers, refusals_of_the_directory_have_codes_of_the_directory) {
  const auto amy = made_user("amy");
  const auto team = made_group("team");
  grant("none", entra::AccessToken::Kind::app, {});
  const std::tuple<const char*, std::string, std::string, std::string> cases[] = {
      {"GET", "/users/nobody", "", "all"},
      {"POST", "/users", user_body("amy"), "all"},
      {"PATCH", "/users/" + amy, R"({"displayName": null})", "all"},
      {"GET", "/users?$top=1000", "", "all"},
      {"GET", "/users/$count", "", "all"},
      {"GET", "/users?$skiptoken=x", "", "all"},
      {"PUT", "/users", "", "all"},
      {"POST", "/groups/" + team + "/members/$ref", reference("nobody"), "all"},
      {"GET", "/users", "", "none"},
      {"GET", "/users", "", "unknown"},
  };
  for (const auto& [method, place, body, token] : cases) {
    token_ = token;
    EXPECT_THAT(at(send(method, place, body), "/error/code"), MatchesRegex("(Request|Authorization|Directory)_[A-Za-z]+|InvalidAuthenticationToken")) << place;
  }
}

// [Graph E29]
TEST_F(Answers, tokens_that_do_not_serve_are_401) {
  grant("old", entra::AccessToken::Kind::app, {"User.Read.All"}).expires = clock_.now();
  grant("other", entra::AccessToken::Kind::app, {"User.Read.All"}).audience = "https://management.azure.com";
  const std::pair<const char*, const char*> cases[] = {{"", "Access token is empty."},
                                                       {"junk", "CompactToken parsing failed with error code: 80049217"},
                                                       {"old", "Lifetime validation failed, the token is expired."},
                                                       {"other", "Access token validation failure. Invalid audience."}};
  for (const auto& [token, message] : cases) {
    token_ = token;
    EXPECT_EQ(outcome(get("/users")), std::string("401 InvalidAuthenticationToken: ") + message);
  }
}

// [Graph E30]
TEST_F(Answers, a_wrong_audience_was_403_once) {
  service_.options().quirks.add(Quirk::wrong_audience_is_403);
  grant("other", entra::AccessToken::Kind::app, {"User.Read.All"}).audience = "https://management.azure.com";
  token_ = "other";
  EXPECT_EQ(get("/users").status, 403);
}

// [Graph E31]
TEST_F(Answers, conditional_access_asks_for_more_claims) {
  grant("weak", entra::AccessToken::Kind::app, {"User.Read.All"}).needs_claims = true;
  token_ = "weak";
  const auto response = get("/users");
  EXPECT_EQ(response.status, 403);
  EXPECT_THAT(std::string(response.headers.find("WWW-Authenticate").value_or("")), HasSubstr("insufficient_claims"));
}

// [Graph F8]
TEST_F(Answers, a_valid_token_can_be_refused_once) {
  service_.options().quirks.add(Quirk::valid_token_refused_once);
  EXPECT_EQ(outcome(get("/users")), "401 InvalidAuthenticationToken: Lifetime validation failed, the token is expired.");
  EXPECT_EQ(get("/users").status, 200);
}

}  // namespace answers_test
}  // namespace fakes::graph
