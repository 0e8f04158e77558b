// Bulk requests: references by bulkId in any order and in circles, limits, and that each operation is whole
// or not at all while the request as a whole is one commit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server/scim_client_fixture.h"

namespace directory {
namespace scim_bulk_contract_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string bulk_body(std::string_view operations, std::string_view more = "") {
  return fmt::format(
      R"({{"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"]{}, "Operations": [{}]}})", more,
      operations);
}

std::string post_of(std::string_view name, std::string_view more = "") {
  return fmt::format(R"({{"method": "POST", "path": "/Users", "bulkId": "{0}", "data": {1}}})", name,
                     user_body(name, fmt::format("{}@x.test", name), more));
}

std::string managed_by(std::string_view reference) {
  return fmt::format(R"(, "{}": {{"manager": {{"value": "{}"}}}})", enterprise_urn, reference);
}

class ScimBulk : public ::testing::Test {
 protected:
  base::HttpResponse bulk(std::string_view operations, std::string_view more = "") {
    return bench_.generic("POST", "/Bulk", bulk_body(operations, more));
  }
  /// The statuses of the results, and what each error says by its scimType.
  std::vector<std::string> outcomes(const base::HttpResponse& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    std::vector<std::string> out;
    const auto body = body_of(answer);
    EXPECT_EQ(body.at("schemas"), json(R"(["urn:ietf:params:scim:api:messages:2.0:BulkResponse"])"));
    for (const auto& result : body.at("Operations").as_array()) {
      auto text = base::string_or(result, "status", "");
      const auto* error = base::member(result, "response");
      if (error != nullptr) text += " " + base::string_or(*error, "scimType", "none");
      out.push_back(std::move(text));
    }
    return out;
  }
  std::vector<std::string> user_names() {
    return usernames_of(bench_.generic("GET", "/Users?sortBy=userName"));
  }
  base::Json named(std::string_view user_name) {
    const auto found =
        body_of(bench_.generic("GET", filtered(fmt::format(R"(userName eq "{}")", user_name))));
    return found.at("Resources").as_array().empty() ? base::Json(base::JsonObject{})
                                                    : found.at("Resources").at(0);
  }
  std::string manager_of(std::string_view user_name) {
    const auto user = named(user_name);
    const auto* extension = base::member(user, enterprise_urn);
    return extension == nullptr ? "" : base::string_or(extension->at("manager"), "value", "");
  }
  std::string id_of_user(std::string_view user_name) { return base::string_or(named(user_name), "id", ""); }

  ServerBench bench_;
};

// [RFC7644 3.7] [RFC7644 3.7.3]
TEST_F(ScimBulk, operations_of_every_kind_are_answered_one_by_one) {
  const auto id = id_of(bench_.generic("POST", "/Users", user_body("amy", "amy@x.test")));
  const auto gone = id_of(bench_.generic("POST", "/Users", user_body("bob", "bob@x.test")));
  const auto answer = bulk(fmt::format(
      R"({}, {{"method": "PATCH", "path": "/Users/{}", "data": {}}},
         {{"method": "PUT", "path": "/Users/{}", "data": {}}}, {{"method": "DELETE", "path": "/Users/{}"}})",
      post_of("cid"), id, patch_body(R"([{"op": "replace", "path": "title", "value": "x"}])"), id,
      user_body("amy", "amy@new.test"), gone));
  EXPECT_THAT(outcomes(answer), ElementsAre("201", "200", "200", "204"));
  EXPECT_THAT(user_names(), ElementsAre("amy", "cid"));
  const auto results = body_of(answer).at("Operations");
  EXPECT_EQ(results.at(0).at("bulkId"), base::Json("cid"));
  EXPECT_EQ(results.at(0).at("location"), named("cid").at("meta").at("location"));
  EXPECT_EQ(results.at(0).at("version"), named("cid").at("meta").at("version"));
  EXPECT_EQ(results.at(3).at("location"), base::Json("https://directory.example.test/scim/v2/Users/" + gone));
}

// [RFC7644 3.7.3]
TEST_F(ScimBulk, errors_stop_nothing_unless_the_client_says_so) {
  const auto bad = R"({"method": "POST", "path": "/Users", "bulkId": "bad", "data": {"userName": "x"}})";
  const auto operations = [&](std::string_view first, std::string_view last) {
    return fmt::format("{}, {}, {}", post_of(first), bad, post_of(last));
  };
  const auto answer = bulk(operations("a", "b"));
  EXPECT_THAT(outcomes(answer), ElementsAre("201", "400 invalidSyntax", "201"));
  EXPECT_EQ(base::member(body_of(answer).at("Operations").at(1), "location"), nullptr);
  EXPECT_THAT(outcomes(bulk(operations("c", "d"), R"(, "failOnErrors": 1)")),
              ElementsAre("201", "400 invalidSyntax"));
  EXPECT_THAT(outcomes(bulk(operations("e", "f"), R"(, "failOnErrors": 2)")),
              ElementsAre("201", "400 invalidSyntax", "201"));
  EXPECT_THAT(user_names(), ElementsAre("a", "b", "c", "e", "f"));
}

// [RFC7644 3.7.2]
TEST_F(ScimBulk, references_are_resolved_forwards_and_backwards) {
  EXPECT_THAT(outcomes(bulk(post_of("amy", managed_by("bulkId:boss")) + "," + post_of("boss") + "," +
                            post_of("bob", managed_by("bulkId:boss")))),
              ElementsAre("201", "201", "201"));
  EXPECT_FALSE(id_of_user("boss").empty());
  EXPECT_EQ(manager_of("amy"), id_of_user("boss"));
  EXPECT_EQ(manager_of("bob"), id_of_user("boss"));
}

// [RFC7644 3.7.2]: in paths and within PATCH too.
TEST_F(ScimBulk, references_stand_in_paths_and_patches) {
  const auto patch = fmt::format(
      R"({{"method": "PATCH", "path": "/Users/bulkId:amy", "data": {}}})",
      patch_body(fmt::format(R"([{{"op": "add", "path": "{}:manager", "value": {{"value": "bulkId:boss"}}}},
                                                            {{"op": "add", "path": "title", "value": "about bulkId:boss"}}])",
                             enterprise_urn)));
  EXPECT_THAT(outcomes(bulk(patch + "," + post_of("amy") + "," + post_of("boss"))),
              ElementsAre("200", "201", "201"));
  EXPECT_EQ(manager_of("amy"), id_of_user("boss"));
  EXPECT_EQ(named("amy").at("title"), base::Json("about bulkId:boss")) << "a word within a text is none";
}

// [RFC7644 3.7.1]
TEST_F(ScimBulk, references_in_a_circle_are_resolved) {
  EXPECT_THAT(outcomes(bulk(post_of("amy", managed_by("bulkId:bob")) + "," +
                            post_of("bob", managed_by("bulkId:cid")) + "," +
                            post_of("cid", managed_by("bulkId:amy")))),
              ElementsAre("201", "201", "201"));
  EXPECT_EQ(manager_of("amy"), id_of_user("bob"));
  EXPECT_EQ(manager_of("bob"), id_of_user("cid"));
  EXPECT_EQ(manager_of("cid"), id_of_user("amy"));
}

// [RFC7644 3.7.2]
TEST_F(ScimBulk, a_reference_to_nothing_is_refused_and_half_of_nothing_is_done) {
  EXPECT_THAT(outcomes(bulk(post_of("amy", managed_by("bulkId:nobody")) + "," + post_of("bob"))),
              ElementsAre("400 invalidValue", "201"));
  EXPECT_THAT(outcomes(bulk(post_of("cid", managed_by("bulkId:BOB")) + "," + post_of("bob"))),
              ElementsAre("400 invalidValue", "409 uniqueness"));
  EXPECT_THAT(outcomes(bulk(post_of("cid", managed_by("bulkId:bob")) + "," + post_of("bob"))),
              ElementsAre("409 none", "409 uniqueness"))
      << "what bob stands for was not made";
  EXPECT_THAT(user_names(), ElementsAre("bob"));
}

// [RFC7644 3.7]: one operation fails alone, with whatever it had begun.
TEST_F(ScimBulk, an_operation_that_fails_leaves_nothing_behind) {
  const auto amy = id_of(bench_.generic("POST", "/Users", user_body("amy", "amy@x.test")));
  const auto before = body_of(bench_.generic("GET", "/Users/" + amy));
  EXPECT_THAT(bench_.events_of([&] {
    EXPECT_THAT(
        outcomes(bulk(fmt::format(
            R"({{"method": "PATCH", "path": "/Users/{}", "data": {}}}, {})", amy,
            patch_body(
                R"([{"op": "replace", "path": "title", "value": "x"}, {"op": "replace", "value": {"password": "short"}}])"),
            post_of("bob")))),
        ElementsAre("400 invalidValue", "201"));
  }),
              ElementsAre("user_create", "user_activation_email"));
  EXPECT_EQ(body_of(bench_.generic("GET", "/Users/" + amy)), before);
}

// [RFC7644 3.7.3]
TEST_F(ScimBulk, operations_that_cannot_be_read_fail_alone) {
  EXPECT_THAT(outcomes(bulk(
                  R"(7, {"method": "GET", "path": "/Users"}, {"method": "POST", "path": "/Users", "data": {}},
                               {"method": "POST", "path": "Users", "bulkId": "a", "data": {}},
                               {"method": "PUT", "path": "/Users/7"}, {"method": "POST", "path": "/Nothing", "bulkId": "b", "data": {}},
                               {"method": "DELETE", "path": "/Users"}, {"method": "DELETE", "path": "/Users/7"},)" +
                  post_of("amy"))),
              ElementsAre("400 invalidSyntax", "400 invalidSyntax", "400 invalidSyntax", "400 invalidSyntax",
                          "400 invalidSyntax", "404 none", "405 none", "404 none", "201"));
}

// [RFC7644 3.7] [RFC7644 3.14]
TEST_F(ScimBulk, a_version_is_a_precondition) {
  const auto created = bench_.generic("POST", "/Users", user_body("amy", "amy@x.test"));
  const auto remove = [&](std::string_view version) {
    return fmt::format(R"({{"method": "DELETE", "path": "/Users/{}", "version": {}}})", id_of(created),
                       base::to_text(base::json_text(version)));
  };
  EXPECT_THAT(outcomes(bulk(remove("W/\"other\"") + "," + remove(header_of(created, "ETag")))),
              ElementsAre("412 none", "204"));
}

// [RFC7644 3.7.4]
TEST_F(ScimBulk, limits_are_those_that_are_published) {
  const auto config = body_of(bench_.generic("GET", "/ServiceProviderConfig")).at("bulk");
  const auto most = config.at("maxOperations").as_int64();
  const auto largest = static_cast<std::size_t>(config.at("maxPayloadSize").as_int64());
  const auto operations = [](std::int64_t count) {
    std::string text;
    for (std::int64_t i = 0; i < count; ++i) text += R"(,{"method":"DELETE","path":"/Users/7"})";
    return text.substr(1);
  };
  EXPECT_EQ(outcomes(bulk(operations(most))).size(), static_cast<std::size_t>(most));
  const auto too_many = bulk(operations(most + 1));
  EXPECT_EQ(outcome_of(too_many), "413 none");
  EXPECT_THAT(too_many.body, HasSubstr(std::to_string(most)));
  const auto body = bulk_body(operations(1));
  const auto padding = largest - body.size();
  EXPECT_EQ(bench_.generic("POST", "/Bulk", body + std::string(padding, ' ')).status, 200);
  const auto too_large = bench_.generic("POST", "/Bulk", body + std::string(padding + 1, ' '));
  EXPECT_EQ(outcome_of(too_large), "413 none");
  EXPECT_THAT(too_large.body, HasSubstr(std::to_string(largest)));
}

// [RFC7644 3.12]
TEST_F(ScimBulk, what_is_no_bulk_request_is_refused) {
  for (
      const auto* body :
      {"", "[]", "{}", R"({"Operations": []})",
       R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"]})",
       R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": {}})",
       R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [], "failOnErrors": 0})",
       R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [], "failOnErrors": "1"})"}) {
    EXPECT_EQ(outcome_of(bench_.generic("POST", "/Bulk", body)), "400 invalidSyntax") << body;
  }
  EXPECT_THAT(outcomes(bulk("")), IsEmpty());
}

// The same policy as alone. [rule R44] [rule R58]
TEST_F(ScimBulk, each_integration_keeps_to_its_policy) {
  const auto answer =
      bench_.scim("POST", "/Bulk",
                  bulk_body(post_of("amy@x.test") + "," + post_of("bob", R"(, "nickName": "B")") +
                            R"(,{"method": "POST", "path": "/Groups", "bulkId": "g", "data": {}})"));
  EXPECT_THAT(outcomes(answer), ElementsAre("400 invalidValue", "201", "403 none"));
  EXPECT_EQ(bench_.events().back().at("event_type"), base::Json("integrationattribute_exclude"));
}

}  // namespace scim_bulk_contract_test
}  // namespace directory
