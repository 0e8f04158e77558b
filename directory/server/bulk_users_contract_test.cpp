// Many users in one request: where they come from decides their state, and each has a result of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server_test_fixture.h"

namespace directory {
namespace bulk_users_contract_test {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

const std::string route = "/api/v2/bulk/users";

class BulkUsers : public ::testing::Test {
 protected:
  base::HttpResponse post(std::string body, std::string_view source = "") {
    auto fields = bench_.admin_fields();
    if (!source.empty()) fields.push_back({"creation-source", std::string(source)});
    return bench_.ask("POST", route, std::move(fields), std::move(body));
  }
  std::string job_of(const base::HttpResponse& answer) {
    EXPECT_EQ(answer.status, 201) << answer.body;
    return base::string_or(body_of(answer), "jobId", "");
  }
  base::JsonArray results(const std::string& job, std::string_view query = "?limit=100") {
    return body_of(bench_.admin("GET", route + "/" + job + "/results" + std::string(query))).as_array();
  }
  base::Json found(std::string_view username) {
    const auto list =
        body_of(bench_.admin("GET", fmt::format("/api/systemusers?filter=username:$eq:{}", username)));
    return list.at("totalCount") == base::Json(0) ? base::Json() : list.at("results").at(0);
  }
  static std::string user(std::string_view name, std::string_view more = "") {
    return fmt::format(R"({{"username": "{0}", "email": "{0}@example.test"{1}}})", name, more);
  }

  ServerBench bench_;
};

// [rule D5] [rule D5a] [rule D31]
TEST_F(BulkUsers, the_source_decides_the_default_state_and_is_remembered) {
  ASSERT_EQ(bench_
                .change_settings(
                    R"({"newSystemUserStateDefaults": {"manualEntry": "ACTIVATED", "csvImport": "STAGED",
                                     "applicationImport": "ACTIVATED"}})")
                .status,
            200);
  job_of(post("[" + user("plain") + "]"));
  job_of(post("[" + user("csv") + "]", "jumpcloud:bulk"));
  EXPECT_EQ(found("plain").at("state"), base::Json("STAGED"));
  EXPECT_EQ(found("plain").at("creationSource"), base::Json("jumpcloud:bulk"));
  EXPECT_EQ(found("csv").at("state"), base::Json("STAGED"));
  for (const auto* source : {"gapps", "o365", "workday", "scim", "custom_integration"}) {
    job_of(post("[" + user(source) + "]", fmt::format("jumpcloud:{}", source)));
    EXPECT_EQ(found(source).at("state"), base::Json("ACTIVATED")) << source;
    EXPECT_EQ(found(source).at("creationSource"), base::Json(fmt::format("jumpcloud:{}", source)));
  }
  job_of(post("[" + user("explicit", R"(, "state": "ACTIVATED")") + "]"));
  EXPECT_EQ(found("explicit").at("state"), base::Json("ACTIVATED")) << "a state that is given counts";
}

// [rule D5a]
TEST_F(BulkUsers, a_source_that_there_is_not_is_refused) {
  for (const auto* source : {"bulk", "jumpcloud:", "jumpcloud:manual", "JUMPCLOUD:BULK", " "}) {
    EXPECT_EQ(post("[" + user("amy") + "]", source).status, 400) << source;
  }
  EXPECT_TRUE(found("amy").is_null());
}

// [rule D5a] [rule D121]
TEST_F(BulkUsers, each_user_has_a_result_and_one_that_is_refused_stops_no_other) {
  const auto job = job_of(post(fmt::format("[{}, {}, {}, 5, {}, {}]", user("amy"), user("amy"), user("a b"),
                                           user("bob", R"(, "password": "short")"), user("cleo"))));
  const auto all = results(job);
  ASSERT_THAT(all, SizeIs(6));
  const std::vector<std::string> expected{"finished", "failed", "failed", "failed", "failed", "finished"};
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(base::string_or(all[i], "status", ""), expected[i]) << i;
    EXPECT_EQ(base::string_or(all[i], "statusMsg", "").empty(), expected[i] == "finished") << i;
    EXPECT_TRUE(base::parse_rfc3339(base::string_or(all[i], "createdAt", "")).has_value()) << i;
  }
  EXPECT_EQ(all[0].at("persistedFields"), json(R"({"username": "amy", "email": "amy@example.test"})"));
  EXPECT_EQ(all[0].at("meta").at("systemUserId"), found("amy").at("_id"));
  EXPECT_EQ(body_of(bench_.admin("GET", "/api/systemusers")).at("totalCount"), base::Json(2));
  EXPECT_THAT(results(job, ""), SizeIs(6));
  EXPECT_THAT(results(job, "?skip=4&limit=1"), ElementsAre(all[4]));
  EXPECT_EQ(bench_.admin("GET", route + "/nothing/results").status, 404);
}

// [rule DI26] [rule DI40]
TEST_F(BulkUsers, the_events_of_a_job_belong_together) {
  const auto before = bench_.events().size();
  const auto job = job_of(post(fmt::format("[{}, {}]", user("amy", R"(, "state": "STAGED")"), user("bob"))));
  const auto events = bench_.events();
  std::vector<std::string> types;
  for (auto i = before; i < events.size(); ++i) {
    types.push_back(base::string_or(events[i], "event_type", ""));
    EXPECT_EQ(events[i].at("correlation"),
              json(fmt::format(R"({{"id": "{}", "type": "user_import"}})", job)));
  }
  EXPECT_THAT(types, ElementsAre("user_create", "user_create", "user_activation_email"));
}

// [rule D8]
TEST_F(BulkUsers, passwords_are_taken_and_kept_nowhere_in_the_results) {
  const auto job = job_of(post("[" + user("amy", R"(, "password": "correct horse battery")") + "]"));
  EXPECT_EQ(bench_.log_in("amy", "correct horse battery").status, 200);
  EXPECT_THAT(base::to_text(results(job)), Not(HasSubstr("correct horse")));
  for (const auto& [name, bytes] : bench_.directory_host->disk().contents()) {
    EXPECT_EQ(bytes.find("correct horse battery"), std::string::npos) << name;
  }
}

TEST_F(BulkUsers, a_list_is_neither_empty_nor_endless_D5a) {
  std::string many = user("user0");
  for (int i = 1; i < 200; ++i) many += ", " + user(fmt::format("user{}", i));
  for (const auto& body : {std::string(), std::string("[]"), std::string("{}"), std::string("["),
                           "[" + many + ", " + user("amy") + "]"}) {
    EXPECT_EQ(post(body).status, 400) << body.substr(0, 40);
  }
  EXPECT_EQ(post("[" + std::string(4 << 20, ' ') + user("amy") + "]").status, 413);
  const auto job = job_of(post("[" + many + "]"));
  EXPECT_THAT(results(job), SizeIs(100));
  EXPECT_THAT(results(job, "?skip=100&limit=100"), SizeIs(100));
}

TEST_F(BulkUsers, results_are_forgotten_after_a_month_D5a) {
  const auto job = job_of(post("[" + user("amy") + "]"));
  bench_.run_for(std::chrono::days{31});
  job_of(post("[" + user("bob") + "]"));
  EXPECT_EQ(bench_.admin("GET", route + "/" + job + "/results").status, 404);
}

}  // namespace bulk_users_contract_test
}  // namespace directory
