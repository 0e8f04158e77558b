// Reads that lag behind writes.
#include <set>

#include "fakes/graph/graph_fixture.h"

namespace fakes::graph {
namespace lag_test {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class LaggingReads : public GraphTest {
 protected:
  base::HttpResponse ask(std::string method, const std::string& place, std::string body = "", bool advanced = false) {
    base::HttpRequest request(std::move(method), "/v1.0" + place);
    request.headers.set("Host", "graph.microsoft.com");
    request.headers.set("Authorization", "Bearer " + token_);
    if (advanced) request.headers.set("ConsistencyLevel", "eventual");
    request.body = std::move(body);
    return lagging_.respond(request);
  }
  std::string create(const std::string& place, const std::string& body) { return at(ask("POST", place, body), "/id"); }

  Service lagging_{clock_, base::Rng(3), tenant_, tokens_, nullptr, {.lag = {std::chrono::seconds{5}, std::chrono::seconds{10}}}};
};

// [Graph C1] [Graph C5] [Graph F1] [Graph E24] [Graph U34]
TEST_F(LaggingReads, a_new_object_is_not_found_for_a_while) {
  const auto response = ask("POST", "/users", user_body("amy"));
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(at(response, "/displayName"), "amy") << "the answer to a write can be trusted";  // [Graph C2]
  const auto amy = at(response, "/id");
  EXPECT_EQ(at(ask("GET", "/users/" + amy), "/error/code"), "Request_ResourceNotFound");
  EXPECT_EQ(ask("GET", "/users/amy@example.test").status, 404);
  EXPECT_EQ(ask("PATCH", "/users/" + amy, R"({"jobTitle": "x"})").status, 404);
  EXPECT_THAT(each(ask("GET", "/users"), "/id"), IsEmpty());
  EXPECT_THAT(each(ask("GET", filtered("/users", "displayName eq 'amy'")), "/id"), IsEmpty());
  pass(std::chrono::seconds{4});
  EXPECT_EQ(ask("GET", "/users/" + amy).status, 404);
  pass(std::chrono::seconds{6});
  EXPECT_EQ(ask("GET", "/users/" + amy).status, 200);
  EXPECT_THAT(each(ask("GET", filtered("/users", "displayName eq 'amy'")), "/id"), ElementsAre(amy));
}

// [Graph F1] [Graph E26]
TEST_F(LaggingReads, a_reference_to_a_new_object_is_not_valid) {
  const auto team = create("/groups", group_body("team"));
  pass(std::chrono::seconds{10});
  const auto amy = create("/users", user_body("amy"));
  EXPECT_EQ(outcome(ask("POST", "/groups/" + team + "/members/$ref", reference(amy))), "400 Request_BadRequest: Not a valid reference update.");
  const auto late = create("/groups", group_body("late"));
  EXPECT_EQ(ask("POST", "/groups/" + late + "/members/$ref", reference(amy)).status, 404);
  pass(std::chrono::seconds{10});
  EXPECT_EQ(ask("POST", "/groups/" + late + "/members/$ref", reference(amy)).status, 204);
}

// [Graph F2] [Graph C1]
TEST_F(LaggingReads, properties_and_members_are_old_for_a_while) {
  const auto amy = create("/users", user_body("amy", R"(, "jobTitle": "Cook")"));
  const auto team = create("/groups", group_body("team"));
  pass(std::chrono::seconds{10});
  EXPECT_EQ(ask("PATCH", "/users/" + amy, R"({"jobTitle": "Chef"})").status, 204);
  EXPECT_EQ(ask("POST", "/groups/" + team + "/members/$ref", reference(amy)).status, 204);
  EXPECT_EQ(at(ask("GET", "/users/" + amy), "/jobTitle"), "Cook");
  EXPECT_THAT(each(ask("GET", "/groups/" + team + "/members"), "/id"), IsEmpty());
  EXPECT_THAT(each(ask("GET", "/users/" + amy + "/memberOf"), "/id"), IsEmpty());
  pass(std::chrono::seconds{10});
  EXPECT_EQ(at(ask("GET", "/users/" + amy), "/jobTitle"), "Chef");
  EXPECT_THAT(each(ask("GET", "/groups/" + team + "/members"), "/id"), ElementsAre(amy));
  EXPECT_THAT(each(ask("GET", "/users/" + amy + "/memberOf"), "/id"), ElementsAre(team));
}

// [Graph C5]
TEST_F(LaggingReads, a_deleted_group_is_seen_for_a_while) {
  const auto team = create("/groups", group_body("team"));
  pass(std::chrono::seconds{10});
  EXPECT_EQ(ask("DELETE", "/groups/" + team).status, 204);
  EXPECT_EQ(ask("GET", "/groups/" + team).status, 200);
  EXPECT_EQ(ask("PATCH", "/groups/" + team, R"({"description": "x"})").status, 404);
  pass(std::chrono::seconds{10});
  EXPECT_EQ(ask("GET", "/groups/" + team).status, 404);
  EXPECT_EQ(ask("GET", "/directory/deletedItems/" + team).status, 200);
}

// [Graph C4]
TEST_F(LaggingReads, each_change_takes_its_own_time_and_the_latest_value_stays) {
  const auto amy = create("/users", user_body("amy"));
  pass(std::chrono::seconds{10});
  for (int i = 0; i < 20; ++i) ask("PATCH", "/users/" + amy, R"({"jobTitle": ")" + std::to_string(i) + "\"}");
  pass(std::chrono::seconds{10});
  EXPECT_EQ(at(ask("GET", "/users/" + amy), "/jobTitle"), "19");
}

// [Graph C3]
TEST_F(LaggingReads, an_app_meets_several_replicas_and_a_user_sees_one_state) {
  Service service(clock_, base::Rng(3), tenant_, tokens_, nullptr, {.lag = {std::chrono::seconds{1}, std::chrono::seconds{60}}, .replicas = 4});
  const auto amy = made_user("amy");
  grant_user("amy", amy, {"User.Read"});
  std::set<int> of_app;
  std::set<int> of_user;
  const auto ask_as = [&](const std::string& token) {
    base::HttpRequest request("GET", "/v1.0/users/" + amy);
    request.headers.set("Authorization", "Bearer " + token);
    return service.respond(request).status;
  };
  for (int i = 0; i < 60; ++i) {
    of_app.insert(ask_as("all"));
    of_app.insert(ask_as("all"));
    of_user.insert(ask_as("amy"));
    if (of_app.size() == 2) break;
    pass(std::chrono::seconds{1});
  }
  EXPECT_EQ(of_app, (std::set<int>{200, 404}));
  // Between the first replica that knows of it and the last, both answers come, one after the other.
  std::vector<int> answers;
  for (int i = 0; i < 40; ++i) answers.push_back(ask_as("all"));
  EXPECT_THAT(answers, ::testing::AllOf(Contains(200), Contains(404)));
  EXPECT_EQ(of_user, std::set<int>{200});
}

// [Graph C2]
TEST_F(LaggingReads, who_acts_for_a_user_sees_more) {
  const auto amy = create("/users", user_body("amy"));
  grant_user("amy", amy, {"User.Read"});
  token_ = "amy";
  EXPECT_EQ(ask("GET", "/me").status, 200);
}

// [Graph DL19]
TEST_F(LaggingReads, delta_queries_tell_a_change_when_it_can_be_seen) {
  const auto link = place_of(at(ask("GET", "/users/delta"), "/@odata.deltaLink"));
  const auto amy = create("/users", user_body("amy"));
  const auto early = ask("GET", link);
  EXPECT_THAT(each(early, "/id"), IsEmpty());
  pass(std::chrono::seconds{10});
  EXPECT_THAT(each(ask("GET", place_of(at(early, "/@odata.deltaLink"))), "/id"), ElementsAre(amy));
}

// [Graph C6] [Graph E27] [Graph F3]
TEST_F(LaggingReads, delta_queries_may_tell_what_cannot_be_written_yet) {
  lagging_.options().quirks.add(Quirk::delta_ahead_of_writes);
  const auto link = place_of(at(ask("GET", "/users/delta"), "/@odata.deltaLink"));
  const auto amy = create("/users", user_body("amy"));
  EXPECT_THAT(each(ask("GET", link), "/id"), ElementsAre(amy));
  EXPECT_EQ(outcome(ask("PATCH", "/users/" + amy, R"({"jobTitle": "x"})")),
            "404 Directory_ObjectNotFound: Unable to read the company information from the directory.");
  pass(std::chrono::seconds{10});
  EXPECT_EQ(ask("PATCH", "/users/" + amy, R"({"jobTitle": "x"})").status, 204);
}

// [Graph C7]
TEST_F(LaggingReads, the_index_of_advanced_queries_lags_by_itself) {
  Service service(clock_, base::Rng(3), tenant_, tokens_, nullptr, {.index_lag = {std::chrono::seconds{30}, std::chrono::seconds{30}}});
  const auto amy = made_user("amy");
  const auto send_to = [&](const std::string& place, bool advanced) {
    base::HttpRequest request("GET", "/v1.0" + place);
    request.headers.set("Authorization", "Bearer all");
    if (advanced) request.headers.set("ConsistencyLevel", "eventual");
    return service.respond(request);
  };
  EXPECT_EQ(send_to("/users/" + amy, false).status, 200);
  EXPECT_EQ(send_to("/users/$count", true).body, "0");
  EXPECT_THAT(each(send_to(filtered("/users", "displayName ne 'x'", "&$count=true"), true), "/id"), IsEmpty());
  pass(std::chrono::seconds{30});
  EXPECT_EQ(send_to("/users/$count", true).body, "1");
}

}  // namespace lag_test
}  // namespace fakes::graph
