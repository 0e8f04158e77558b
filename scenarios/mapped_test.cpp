// A directory of somebody else in the core's place: what it is asked, and what its answers mean.
#include "scenarios/engine/mapped.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "scenarios/engine/runner.h"
#include "scenarios/script/decode.h"

namespace scenarios {
namespace mapped_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Gives the answers that it was told to give, by method and path with query; 404 to everything else.
class Vendor final : public base::HttpService {
 public:
  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    const auto answer = answers.find(request.method + " " + request.target);
    requests.push_back(std::move(request));
    if (answer == answers.end()) co_return base::HttpResponse(404, "application/json", "{}");
    co_return base::HttpResponse(answer->second.first, "application/json", answer->second.second);
  }

  std::map<std::string, std::pair<int, std::string>> answers;
  std::vector<base::HttpRequest> requests;
};

constexpr auto who = "/users?name=amy";
constexpr auto amy_is_there = R"({"users": [{"key": 7, "status": "on", "mail": "amy@example.test", "admin": false, "tags": ["a", "b"]}]})";

class Mapped : public ::testing::Test {
 protected:
  Mapped() {
    target_.service = &vendor_;
    target_.scim_url = *base::parse_uri("https://vendor.test/tenant/scim");
    target_.scim_token = base::Secret("token-of-the-vendor");
    auto& user = target_.api.observations["directory.user"];
    user.request.path = "/users?name=${user.username}";
    user.id = "/users/0/key";
    user.fields["state"] = {"/users/0/status", {{"on", "ACTIVATED"}, {"off", "SUSPENDED"}}};
    user.fields["email"] = {"/users/0/mail", {}};
    user.fields["job_title"] = {"/users/0/tags", {}};
    user.fields["department"] = {"/users/0/admin", {{"false", "none"}}};
    options_.cast.external = &target_;
  }

  RunRecord run(std::string_view steps, std::string_view needs = "[scim, admin]") {
    const auto scenario = decode_scenario(
        fmt::format("lockstep: 1\ntitle: T\nneeds: {}\nworld: {{entra: {{job: false}}}}\ntimeline:\n  - entra.create_user: {{user: amy, assigned: false}}\n{}", needs, steps));
    EXPECT_TRUE(scenario) << scenario.error().message;
    return run_scenario(scenario.value_or(Scenario{}), options_);
  }

  /// What the expectation comes to: verdict, and what was found.
  std::pair<Verdict, std::string> look(std::string_view observation) {
    const auto record = run(fmt::format("  - expect: {{{}}}\n", observation));
    if (record.judgements.empty()) return {record.verdict, record.problem};
    return {record.verdict, record.judgements[0].found};
  }

  /// Why the script cannot be played.
  std::string lack(std::string_view steps, std::string_view needs = "[scim, admin]") {
    const auto record = run(steps, needs);
    EXPECT_EQ(record.verdict, Verdict::not_applicable);
    EXPECT_THAT(vendor_.requests, IsEmpty());
    return record.problem.substr(record.problem.find(": ") + 2);
  }

  using Found = std::pair<Verdict, std::string>;
  Vendor vendor_;
  ExternalTarget target_;
  RunOptions options_;
};

TEST_F(Mapped, an_observation_is_a_request_and_pointers_into_its_answer) {
  vendor_.answers[std::string("GET ") + who] = {200, amy_is_there};
  EXPECT_EQ(look("directory.user: {user: amy, state: ACTIVATED, email: amy@example.test}"), Found(Verdict::conforms, "state ACTIVATED, email amy@example.test"));
  EXPECT_EQ(look("directory.user: {user: amy, state: SUSPENDED}"), Found(Verdict::violates, "state ACTIVATED"));
  EXPECT_EQ(look("directory.user: {user: amy, job_title: '2', department: none}"), Found(Verdict::conforms, "department none, job_title 2"));
  EXPECT_EQ(vendor_.requests.at(0).headers.find("Authorization"), "Bearer token-of-the-vendor");
}

TEST_F(Mapped, a_value_without_a_word_is_shown_as_it_is) {
  vendor_.answers[std::string("GET ") + who] = {200, R"({"users": [{"status": "sleeping"}]})"};
  EXPECT_EQ(look("directory.user: {user: amy, state: ACTIVATED, email: x}"), Found(Verdict::violates, "state sleeping, email "));
}

TEST_F(Mapped, a_user_is_there_where_a_pointer_leads_somewhere) {
  vendor_.answers[std::string("GET ") + who] = {200, R"({"users": []})"};
  EXPECT_EQ(look("directory.user: {user: amy, exists: false}"), Found(Verdict::conforms, "it does not exist"));
  EXPECT_EQ(look("directory.user: {user: amy, state: ACTIVATED}"), Found(Verdict::violates, "it does not exist"));
  vendor_.answers.clear();
  EXPECT_EQ(look("directory.user: {user: amy, exists: false}"), Found(Verdict::conforms, "it does not exist")) << "404";
  vendor_.answers[std::string("GET ") + who] = {200, amy_is_there};
  EXPECT_EQ(look("directory.user: {user: amy, exists: false}"), Found(Verdict::violates, "it exists"));
  EXPECT_EQ(look("directory.user: {user: amy}"), Found(Verdict::conforms, "it is there"));
}

TEST_F(Mapped, what_cannot_be_seen_holds_neither_way) {
  vendor_.answers[std::string("GET ") + who] = {500, "{}"};
  for (const auto* exists : {"true", "false"}) {
    const auto [verdict, found] = look(fmt::format("directory.user: {{user: amy, exists: {}}}", exists));
    EXPECT_EQ(verdict, Verdict::violates);
    EXPECT_THAT(found, HasSubstr("cannot be seen: 500"));
  }
}

TEST_F(Mapped, counts_are_numbers_and_lists) {
  target_.api.observations["directory.user_count"].request.path = "/scim/v2/Users?count=1";
  target_.api.observations["directory.user_count"].fields["count"] = {"/totalResults", {}};
  vendor_.answers["GET /tenant/scim/Users?count=1"] = {200, R"({"totalResults": 3})"};
  EXPECT_EQ(look("directory.user_count: {count: 3}"), Found(Verdict::conforms, "count 3"));
  EXPECT_EQ(look("directory.user_count: {count: 4}"), Found(Verdict::violates, "count 3"));
  auto& events = target_.api.observations["directory.events"];
  events.request.path = "/log?about=${user.id}&type=${type}";
  events.fields["count"] = {"/entries", {}};
  vendor_.answers[std::string("GET ") + who] = {200, amy_is_there};
  vendor_.answers["GET /log?about=7&type=user_create"] = {200, R"({"entries": [{}, {}]})"};
  vendor_.answers["GET /log?about=7&type=other"] = {200, R"({"entries": []})"};
  EXPECT_EQ(look("directory.events: {user: amy, type: user_create}"), Found(Verdict::conforms, "2"));
  EXPECT_EQ(look("directory.events: {user: amy, type: user_create, count: 2}"), Found(Verdict::conforms, "count 2"));
  EXPECT_EQ(look("directory.events: {user: amy, type: other}").first, Verdict::violates);
  EXPECT_EQ(look("directory.events: {user: amy, type: other, count: 0}").first, Verdict::conforms);
}

TEST_F(Mapped, a_path_is_written_as_people_read_it_and_sent_encoded) {
  target_.api.observations["directory.user"].request.path = R"(/scim/v2/Users?filter=userName eq "${user.email}")";
  const auto record = run("  - admin.create_user: {user: bo, email: \"b&o+\\\"1\\\"@example.test\"}\n  - expect: {directory.user: {user: bo, exists: false}}\n");
  EXPECT_THAT(record.problem, HasSubstr("admin.create_user"));
  target_.api.verbs["admin.create_user"] = {"POST", "/people/${user.name}", {}};
  vendor_.answers["POST /people/bo"] = {201, "{}"};
  EXPECT_EQ(run("  - admin.create_user: {user: bo, email: \"b&o+\\\"1\\\"@example.test\"}\n  - expect: {directory.user: {user: bo, exists: false}}\n").verdict, Verdict::conforms);
  ASSERT_THAT(vendor_.requests, SizeIs(2));
  EXPECT_EQ(vendor_.requests[1].target, "/tenant/scim/Users?filter=userName%20eq%20%22b%26o%2B%221%22%40example.test%22");
}

TEST_F(Mapped, a_verb_is_a_request_with_the_scripts_values) {
  target_.api.verbs["admin.create_user"] = {
      "PUT", "/people", R"({"login": "${username}", "who": "${user.name} <${user.email}>", "surname": "${surname}", "given": "${given_name}", "roles": ["plain"], "count": 1})"};
  vendor_.answers["PUT /people"] = {201, "{}"};
  const auto record = run("  - admin.create_user: {user: bo, username: bobby, surname: \"O'Hara\"}\n");
  EXPECT_EQ(record.verdict, Verdict::conforms) << record.problem;
  ASSERT_THAT(vendor_.requests, SizeIs(1));
  EXPECT_EQ(vendor_.requests[0].body, R"({"login":"bobby","who":"bo <bo@example.test>","surname":"O'Hara","roles":["plain"],"count":1})");
  EXPECT_EQ(vendor_.requests[0].headers.find("Content-Type"), "application/json");
}

TEST_F(Mapped, an_id_is_asked_for_before_it_is_sent) {
  target_.api.verbs["admin.suspend_user"] = {"PATCH", "/people/${user.id}", R"({"id": "${user.id}", "active": false})"};
  vendor_.answers[std::string("GET ") + who] = {200, amy_is_there};
  vendor_.answers["PATCH /people/7"] = {204, ""};
  EXPECT_EQ(run("  - admin.suspend_user: {user: amy}\n").verdict, Verdict::conforms);
  ASSERT_THAT(vendor_.requests, SizeIs(2));
  EXPECT_EQ(vendor_.requests[1].body, R"({"id":"7","active":false})");
  vendor_.answers.clear();
  const auto nobody = run("  - admin.suspend_user: {user: amy}\n    outcome: refused\n");
  EXPECT_EQ(nobody.verdict, Verdict::conforms);
}

TEST_F(Mapped, what_the_target_refuses_is_refused) {
  target_.api.verbs["admin.suspend_user"] = {"POST", "/suspend/${user.name}", ""};
  vendor_.answers["POST /suspend/amy"] = {409, R"({"message": "suspended already"})"};
  const auto record = run("  - admin.suspend_user: {user: amy}\n    outcome: refused\n");
  EXPECT_EQ(record.verdict, Verdict::conforms);
  EXPECT_EQ(record.steps.at(1).outcome, "refused: 409 suspended already");
}

TEST_F(Mapped, what_is_not_mapped_is_not_applicable) {
  EXPECT_EQ(lack("  - admin.suspend_user: {user: amy}\n"), "admin.suspend_user, which is not mapped");
  EXPECT_EQ(lack("  - expect: {directory.user_count: {count: 1}}\n"), "directory.user_count, which is not mapped");
  EXPECT_EQ(lack("  - expect: {directory.user: {user: amy, password: pending}}\n"), "password of directory.user, which is not mapped");
  EXPECT_EQ(lack("expect:\n  - directory.user: {user: amy, surname: Lee}\n"), "surname of directory.user, which is not mapped");
  EXPECT_EQ(lack("", "[scim, admin, portal]"), "portal");
  EXPECT_EQ(lack("", "[]"), "a list of needs");
  target_.api = {};
  EXPECT_EQ(lack("", "[scim, admin]"), "admin");
  EXPECT_EQ(lack("  - expect: {directory.user: {user: amy}}\n", "[scim]"), "directory.user, which is not mapped");
}

TEST_F(Mapped, the_target_is_made_ready_for_what_can_be_played_alone) {
  int ready = 0;
  options_.prepare = [&] {
    EXPECT_THAT(vendor_.requests, IsEmpty());
    ++ready;
    return std::string{};
  };
  lack("  - admin.suspend_user: {user: amy}\n");
  EXPECT_EQ(ready, 0);
  vendor_.answers[std::string("GET ") + who] = {200, amy_is_there};
  EXPECT_EQ(run("  - expect: {directory.user: {user: amy}}\n").verdict, Verdict::conforms);
  EXPECT_EQ(ready, 1);
  vendor_.requests.clear();
  options_.prepare = [] { return std::string("the target's reset came to 500"); };
  const auto record = run("  - expect: {directory.user: {user: amy}}\n");
  EXPECT_EQ(record.verdict, Verdict::error);
  EXPECT_EQ(record.problem, "the target's reset came to 500");
  EXPECT_THAT(vendor_.requests, IsEmpty());
}

TEST(NamesIn, are_those_in_braces) {
  EXPECT_THAT(names_in("/a/${user.id}?b=${c}&$d={e}").value(), ElementsAre("user.id", "c"));
  EXPECT_THAT(names_in("none").value(), IsEmpty());
  EXPECT_FALSE(names_in("/a/${user.id"));
}

}  // namespace mapped_test
}  // namespace scenarios
