// Batches: several requests in one.
#include "fakes/graph/graph_fixture.h"

namespace fakes::graph {
namespace batch_test {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class Batches : public GraphTest {
 protected:
  base::HttpResponse batch(const std::string& requests) { return send("POST", "/$batch", R"({"requests": [)" + requests + "]}"); }
  static std::string item(const std::string& id, const std::string& url, const std::string& more = "") {
    return R"({"id": ")" + id + R"(", "method": "GET", "url": ")" + url + "\"" + more + "}";
  }
  static std::string creation(const std::string& id, const std::string& name, const std::string& more = "") {
    return R"({"id": ")" + id + R"(", "method": "POST", "url": "/users", "headers": {"Content-Type": "application/json"}, "body": )" + user_body(name) + more + "}";
  }
  /// `id status` of each answer.
  static std::vector<std::string> statuses(const base::HttpResponse& response) {
    std::vector<std::string> out;
    const auto body = json(response);
    const auto* answers = base::member(body, "responses");
    if (answers == nullptr) return {"no responses: " + response.body};
    for (const auto& answer : answers->get_array()) out.push_back(at(answer, "/id") + " " + at(answer, "/status"));
    return out;
  }
};

// [Graph B1] [Graph B2]
TEST_F(Batches, answer_each_request_with_status_headers_and_body) {
  const auto response = batch(creation("a", "amy") + "," + item("b", "/users/nobody") + "," + item("c", "/users?$select=displayName"));
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(statuses(response), ElementsAre("a 201", "b 404", "c 200"));
  EXPECT_EQ(at(response, "/responses/0/body/displayName"), "amy");
  EXPECT_EQ(at(response, "/responses/0/body/@odata.context"), "https://graph.microsoft.com/v1.0/$metadata#users/$entity");
  EXPECT_EQ(at(response, "/responses/1/body/error/code"), "Request_ResourceNotFound");
  EXPECT_EQ(at(response, "/responses/2/headers/OData-Version"), "4.0");
  EXPECT_EQ(at(response, "/responses/2/body/value/0/displayName"), "amy");
  std::string many;
  for (int i = 0; i < 21; ++i) many += (i == 0 ? "" : ",") + item(std::to_string(i), "/organization");
  EXPECT_EQ(batch(many).status, 400);
  EXPECT_EQ(statuses(batch(many.substr(0, many.rfind(",{")))).size(), 20U);
  for (const std::string body : {"{", "[]", "{}", R"({"requests": []})", R"({"requests": [{"id": "1"}]})"}) EXPECT_EQ(send("POST", "/$batch", body).status, 400) << body;
}

// [Graph B2] [Graph F18]
TEST_F(Batches, answers_may_come_in_another_order) {
  service_.options().quirks.add(Quirk::batch_shuffled);
  std::string many;
  std::vector<std::string> sorted;
  for (int i = 10; i < 20; ++i) {
    many += (i == 10 ? "" : ",") + item(std::to_string(i), "/organization");
    sorted.push_back(std::to_string(i) + " 200");
  }
  const auto got = statuses(batch(many));
  EXPECT_NE(got, sorted);
  EXPECT_THAT(got, ::testing::UnorderedElementsAreArray(sorted));
}

// [Graph B3]
TEST_F(Batches, a_body_needs_a_content_type) {
  auto without = creation("a", "amy");
  const std::string headers = R"("headers": {"Content-Type": "application/json"}, )";
  without.erase(without.find(headers), headers.size());
  EXPECT_THAT(statuses(batch(without)), ElementsAre("a 400"));
  EXPECT_EQ(get("/users/amy@example.test").status, 404);
}

// [Graph B4] [Graph B8] [Graph E32]
TEST_F(Batches, urls_are_relative_and_batches_do_not_nest) {
  const auto nested = R"({"id": "c", "method": "POST", "url": "/$batch", "headers": {"Content-Type": "application/json"}, "body": {"requests": []}})";
  const auto response = batch(item("a", "https://graph.microsoft.com/v1.0/users") + "," + item("b", "users") + "," + nested + "," +
                              R"({"id": "d", "method": "PUT", "url": "/users", "atomicityGroup": "g"})");
  EXPECT_THAT(statuses(response), ElementsAre("a 400", "b 200", "c 400", "d 405"));
  EXPECT_EQ(at(response, "/responses/3/body/error/message"), "Specified HTTP method is not allowed for the request target.");
}

// [Graph B5]
TEST_F(Batches, ids_are_unique_in_any_letter_case) { EXPECT_EQ(batch(item("a", "/users") + "," + item("A", "/users")).status, 400); }

// [Graph B6] [Graph E45] [Graph F18]
TEST_F(Batches, what_depends_on_a_failure_fails) {
  const auto response = batch(creation("c", "cat", R"(, "dependsOn": ["b"])") + "," + item("a", "/users/nobody") + "," + creation("b", "bob", R"(, "dependsOn": ["a"])") +
                              "," + creation("d", "dan") + "," + item("e", "/users/dan@example.test", R"(, "dependsOn": ["d"])"));
  EXPECT_THAT(statuses(response), ElementsAre("c 424", "a 404", "b 424", "d 201", "e 200"));
  EXPECT_EQ(get("/users/bob@example.test").status, 404);
  EXPECT_EQ(batch(item("a", "/users", R"(, "dependsOn": ["x"])")).status, 400);
  EXPECT_EQ(batch(item("a", "/users", R"(, "dependsOn": ["b"])") + "," + item("b", "/users", R"(, "dependsOn": ["a"])")).status, 400);
}

// [Graph B7]
TEST_F(Batches, once_a_request_could_depend_on_one_other) {
  const auto two = item("a", "/users") + "," + item("b", "/users") + "," + item("c", "/users", R"(, "dependsOn": ["a", "b"])");
  EXPECT_THAT(statuses(batch(two)), ElementsAre("a 200", "b 200", "c 200"));
  service_.options().quirks.add(Quirk::batch_one_dependency);
  EXPECT_EQ(batch(two).status, 400);
}

// [Graph B8]
TEST_F(Batches, are_no_transactions) {
  const auto response = batch(creation("a", "amy") + "," + creation("b", "amy"));
  EXPECT_THAT(statuses(response), ElementsAre("a 201", "b 400"));
  EXPECT_EQ(get("/users/amy@example.test").status, 200);
}

// [Graph B9] [Graph B10] [Graph F18]
TEST_F(Batches, each_request_is_throttled_by_itself) {
  Service service(clock_, base::Rng(2), tenant_, tokens_, nullptr, {.limits = {.units_of_small = {2, std::chrono::seconds{10}}}});
  base::HttpRequest request("POST", "/v1.0/$batch");
  request.headers.set("Authorization", "Bearer all");
  request.body = R"({"requests": [)" + item("a", "/organization") + "," + item("b", "/organization") + "," + item("c", "/organization") + "]}";
  const auto response = service.respond(request);
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(statuses(response), ElementsAre("a 200", "b 200", "c 429"));
  EXPECT_EQ(at(response, "/responses/2/headers/Retry-After"), "5");
  service.options().quirks.add(Quirk::batch_throttled_as_a_whole);
  EXPECT_EQ(service.respond(request).status, 424);
}

}  // namespace batch_test
}  // namespace fakes::graph
