// Errors, requests, pages and callers, without an org behind them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "fakes/okta/api/answer.h"
#include "fakes/okta/api/caller.h"
#include "fakes/okta/api/quirks.h"

namespace fakes::okta::api {
namespace messages_test {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// [Okta provisioning-clients 5.1-07]
TEST(ApiErrors, codes_up_to_34_have_the_documented_status) {
  const std::map<std::string, int> documented{
      {"E0000001", 400}, {"E0000003", 400}, {"E0000004", 401}, {"E0000005", 403}, {"E0000006", 403}, {"E0000007", 404}, {"E0000008", 404},
      {"E0000009", 500}, {"E0000011", 401}, {"E0000014", 403}, {"E0000016", 403}, {"E0000017", 403}, {"E0000018", 400}, {"E0000020", 400},
      {"E0000021", 400}, {"E0000022", 405}, {"E0000031", 400}, {"E0000032", 403}, {"E0000033", 400}, {"E0000034", 403}};
  for (const auto& [text, status] : documented) {
    const auto code = find_error_code(text);
    ASSERT_TRUE(code.has_value()) << text;
    EXPECT_EQ(info_of(*code).status, status) << text;
  }
}

// E0000041 is documented without a status and is not raised. [Okta provisioning-clients 5.1-08]
TEST(ApiErrors, codes_from_38_on_have_the_documented_status) {
  const std::map<std::string, int> documented{
      {"E0000038", 403}, {"E0000047", 429}, {"E0000053", 400}, {"E0000059", 400}, {"E0000060", 501}, {"E0000062", 409}, {"E0000064", 401},
      {"E0000068", 403}, {"E0000069", 403}, {"E0000075", 403}, {"E0000076", 405}, {"E0000079", 403}, {"E0000080", 403}, {"E0000081", 403},
      {"E0000112", 409}, {"E0000117", 403}, {"E0000124", 400}, {"E0000125", 400}};
  for (const auto& [text, status] : documented) {
    const auto code = find_error_code(text);
    ASSERT_TRUE(code.has_value()) << text;
    EXPECT_EQ(info_of(*code).status, status) << text;
  }
  EXPECT_EQ(all_errors().size(), 20 + documented.size());
  EXPECT_FALSE(find_error_code("E0000041").has_value());
}

// [Okta provisioning-clients 5.1-05, 5.1-06]
TEST(ApiErrors, an_error_has_code_summary_link_id_and_causes) {
  const auto body = error_body(invalid("login", "An object with this field already exists in the current organization").error(), "oae1");
  EXPECT_EQ(base::to_text(body),
            R"({"errorCode":"E0000001","errorSummary":"Api validation failed: login","errorLink":"E0000001","errorId":"oae1",)"
            R"("errorCauses":[{"errorSummary":"login: An object with this field already exists in the current organization"}]})");
  EXPECT_EQ(no_such("User", "00u1").error().summary, "Not found: Resource not found: 00u1 (User)");
}

base::HttpRequest to(std::string target) {
  base::HttpRequest request("GET", std::move(target));
  request.headers.set("Host", "acme.okta.com");
  return request;
}

TEST(ApiRequests, are_bounded) {
  EXPECT_EQ(read_request(to("/api/v1/users?q=" + std::string(longest_target, 'a'))).error().http_status(), 414);
  auto large = to("/api/v1/users");
  large.body = std::string(longest_body + 1, ' ');
  EXPECT_EQ(read_request(large).error().http_status(), 413);
  large.body.pop_back();
  EXPECT_TRUE(read_request(large).has_value());
  EXPECT_EQ(text_of(read_request(to("/api/%zz")).error().code), "E0000020");
}

// [Okta provisioning-clients 5.1-01, 5.1-07]
TEST(ApiRequests, speak_json) {
  auto request = to("/api/v1/users");
  request.headers.set("Accept", "text/html");
  EXPECT_EQ(text_of(read_request(request).error().code), "E0000021");
  request.headers.set("Accept", "text/html, application/json;q=0.5");
  EXPECT_TRUE(read_request(request).has_value());
  request.body = R"({"a": 1})";
  EXPECT_EQ(text_of(read_object(*read_request(request)).error().code), "E0000018");
  request.headers.set("Content-Type", "application/xml");
  EXPECT_EQ(text_of(read_object(*read_request(request)).error().code), "E0000021");
  request.headers.set("Content-Type", "application/json; charset=utf-8");
  EXPECT_TRUE(read_object(*read_request(request)).has_value());
  for (const auto* broken : {"", "[]", "{", "{\"a\": }", "null"}) {
    request.body = broken;
    EXPECT_EQ(text_of(read_object(*read_request(request)).error().code), "E0000003") << broken;
  }
}

// [Okta provisioning-clients 5.2-15]
TEST(ApiRequests, say_in_their_content_type_what_answers_leave_out) {
  auto request = to("/api/v1/users");
  request.headers.set("Content-Type", R"(application/json; okta-response="omitCredentialsLinks, omitTransitioningToStatus")");
  const auto read = read_request(request);
  EXPECT_FALSE(read->omits("omitCredentials"));
  EXPECT_TRUE(read->omits("omitCredentialsLinks"));
  EXPECT_TRUE(read->omits("omitTransitioningToStatus"));
}

std::vector<std::string> links_of(const base::HttpResponse& response) {
  std::vector<std::string> out;
  for (const auto& header : response.headers) {
    if (header.name == "Link") out.push_back(header.value);
  }
  return out;
}

// [Okta provisioning-clients 5.1-09]
TEST(ApiPages, are_linked_to_themselves_and_to_the_next) {
  const auto request = read_request(to("/api/v1/users?limit=2&filter=status%20eq%20%22ACTIVE%22"));
  Listing first(*read_page(*request, {}));
  EXPECT_TRUE(first.add("a", {}));
  EXPECT_TRUE(first.add("b", {}));
  EXPECT_FALSE(first.add("c", {}));
  const auto links = links_of(first.answer(*request));
  ASSERT_EQ(links.size(), 2U);
  EXPECT_EQ(links[0], "<https://acme.okta.com/api/v1/users?limit=2&filter=status%20eq%20%22ACTIVE%22>; rel=\"self\"");
  EXPECT_THAT(links[1], StartsWith("<https://acme.okta.com/api/v1/users?limit=2&filter=status%20eq%20%22ACTIVE%22&after="));
  EXPECT_THAT(links[1], HasSubstr(">; rel=\"next\""));

  const auto target = links[1].substr(1 + std::string("https://acme.okta.com").size());
  const auto next = read_request(to(target.substr(0, target.find('>'))));
  Listing second(*read_page(*next, {}));
  EXPECT_EQ(second.after(), "b");
  EXPECT_TRUE(second.add("c", {}));
  EXPECT_EQ(links_of(second.answer(*next)).size(), 1U);
}

TEST(ApiPages, have_a_limit_that_is_a_number_and_a_cursor_of_their_own) {
  const auto limit = [](const std::string& text) { return read_page(*read_request(to("/api/v1/users?limit=" + text)), {200, 500}); };
  EXPECT_EQ(read_page(*read_request(to("/api/v1/users")), {200, 500})->limit, 200U);
  EXPECT_EQ(limit("7")->limit, 7U);
  EXPECT_EQ(limit("501")->limit, 500U);
  EXPECT_EQ(limit("99999999999999999999999")->limit, 500U);
  for (const auto* wrong : {"0", "-1", "", "7a", "a"}) EXPECT_EQ(text_of(limit(wrong).error().code), "E0000001") << wrong;
  const auto groups = read_request(to("/api/v1/groups"));
  const auto foreign = read_request(to("/api/v1/users?after=" + make_cursor(*groups, "b")));
  EXPECT_EQ(text_of(read_page(*foreign, {}).error().code), "E0000001");
  EXPECT_EQ(text_of(read_page(*read_request(to("/api/v1/users?after=!!")), {}).error().code), "E0000001");
}

class Callers : public ::testing::Test {
 protected:
  std::string outcome(const std::string& authorization, std::string_view scope) {
    base::Headers headers;
    headers.set("Authorization", authorization);
    const auto caller = caller_of(headers, book_, now_);
    if (!caller) return text_of(caller.error().code);
    const auto allowed = allow(*caller, {scope});
    return allowed ? "fine" : text_of(allowed.error().code);
  }
  base::Instant now_{std::chrono::hours{10}};
  TokenBook book_{base::Rng(1)};
};

// [Okta provisioning-clients 5.1-01]
TEST_F(Callers, have_an_api_token_behind_ssws) {
  const auto token = book_.add_api_token("sync", "00u1");
  EXPECT_EQ(outcome("SSWS " + token.reveal(), "okta.users.manage"), "fine");
  EXPECT_EQ(outcome("ssws " + token.reveal(), "okta.users.read"), "fine");
  EXPECT_EQ(outcome("Bearer " + token.reveal(), "okta.users.read"), "E0000011");
  EXPECT_EQ(outcome(token.reveal(), "okta.users.read"), "E0000011");
  EXPECT_EQ(outcome("", "okta.users.read"), "E0000011");
  const auto reader = book_.add_api_token("watch", "00u2", false);
  EXPECT_EQ(outcome("SSWS " + reader.reveal(), "okta.users.read"), "fine");
  EXPECT_EQ(outcome("SSWS " + reader.reveal(), "okta.users.manage"), "E0000006");
  book_.revoke_api_token(token);
  EXPECT_EQ(outcome("SSWS " + token.reveal(), "okta.users.read"), "E0000011");
}

// [Okta provisioning-clients 5.1-01]
TEST_F(Callers, have_an_access_token_that_ends_and_allows_what_its_scopes_say) {
  Caller caller;
  caller.kind = Caller::Kind::access_token;
  caller.scopes = {"okta.users.read", "okta.groups.manage"};
  caller.expires = now_ + std::chrono::hours{1};
  book_.add_access_token("abc", caller);
  EXPECT_EQ(outcome("Bearer abc", "okta.users.read"), "fine");
  EXPECT_EQ(outcome("Bearer abc", "okta.users.manage"), "E0000006");
  EXPECT_EQ(outcome("Bearer abc", "okta.groups.read"), "fine");
  EXPECT_EQ(outcome("Bearer abc", "okta.logs.read"), "E0000006");
  EXPECT_EQ(outcome("SSWS abc", "okta.users.read"), "E0000011");
  now_ += std::chrono::hours{1};
  EXPECT_EQ(outcome("Bearer abc", "okta.users.read"), "E0000011");
}

TEST(ApiQuirks, are_found_by_name_in_the_order_of_the_enumeration) {
  std::size_t index = 0;
  for (const auto& info : all_quirks()) {
    EXPECT_EQ(static_cast<std::size_t>(info.quirk), index++) << info.name;
    EXPECT_EQ(find_quirk(info.name), info.quirk);
    EXPECT_FALSE(info.source.empty());
  }
  EXPECT_EQ(index, static_cast<std::size_t>(Quirk::hooks_deliver_twice) + 1);
  EXPECT_FALSE(find_quirk("nothing").has_value());
}

}  // namespace messages_test
}  // namespace fakes::okta::api
