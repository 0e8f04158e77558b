// The reader against a service that is told what to answer.
#include "fakes/graph/delta_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "sim/world.h"

namespace fakes::graph {
namespace delta_reader_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::SizeIs;

constexpr std::string_view first = "https://graph.example.test/v1.0/users/delta";

/// Answers in the order in which they were prepared.
class Prepared final : public base::HttpTransport {
 public:
  base::Task<base::HttpResult> send(base::HttpRequest request, base::Duration) override {
    targets.push_back(request.target);
    if (answers.empty()) co_return base::HttpResponse(500);
    auto answer = std::move(answers.front());
    answers.pop_front();
    co_return answer;
  }
  void page(std::string_view body) { answers.push_back(base::HttpResponse(200, "application/json", std::string(body))); }

  std::deque<base::HttpResponse> answers;
  std::vector<std::string> targets;
};

class Reading : public ::testing::Test {
 protected:
  Reading() : world_(sim::WorldOptions{}, carriage_), host_(&world_.add_host("reader", "reader.example.test")) {
    host_->install([](sim::Host&) { return std::make_unique<sim::ServiceProgram>(nullptr); });
    host_->start();
    reader_.emplace(service_, host_->clock(), *base::parse_uri(first));
  }
  ~Reading() override { host_->crash(); }

  /// What the reader says of one call; "read" where it is content.
  std::string read() {
    std::string outcome = "not over";
    host_->spawn("reads", keep(*reader_, outcome));
    world_.scheduler().run_until(world_.scheduler().now() + std::chrono::hours{1});
    return outcome;
  }

  Prepared service_;
  std::optional<DeltaReader> reader_;

 private:
  static base::Task<void> keep(DeltaReader& reader, std::string& outcome) {
    const auto result = co_await reader.read(base::Secret("token"));
    outcome = result ? "read" : result.error().message;
  }

  base::DirectCarriage carriage_;
  sim::World world_;
  sim::Host* host_;
};

// [Graph DL1] [Graph DL13]
TEST_F(Reading, follows_pages_also_empty_ones_until_a_delta_link) {
  service_.page(R"({"value": [{"id": "1", "displayName": "Amy"}], "@odata.nextLink": "https://graph.example.test/v1.0/users/delta?$skiptoken=a"})");
  service_.page(R"({"value": [], "@odata.nextLink": "https://graph.example.test/v1.0/users/delta?$skiptoken=b"})");
  service_.page(R"({"value": [{"id": "2"}], "@odata.deltaLink": "https://graph.example.test/v1.0/users/delta?$deltatoken=c"})");
  EXPECT_EQ(read(), "read");
  EXPECT_THAT(reader_->objects(), ElementsAre(Key("1"), Key("2")));
  EXPECT_EQ(reader_->counts().empty_pages, 1U);
  service_.page(R"({"value": [{"id": "1", "displayName": "Amelia"}], "@odata.deltaLink": "https://graph.example.test/v1.0/users/delta?$deltatoken=d"})");
  EXPECT_EQ(read(), "read");
  EXPECT_EQ(service_.targets.back(), "/v1.0/users/delta?$deltatoken=c");
  EXPECT_EQ(reader_->objects().at("1").at("displayName"), base::Json("Amelia"));
}

// [Graph DL9] [Graph DL12]
TEST_F(Reading, takes_entries_again_and_removes_what_is_removed) {
  service_.page(R"({"value": [{"id": "1", "city": "Oslo"}, {"id": "1", "city": "Oslo"}, {"id": "2"}], "@odata.deltaLink": "https://graph.example.test/d"})");
  service_.page(R"({"value": [{"id": "2", "@removed": {"reason": "changed"}}, {"id": "2", "@removed": {"reason": "deleted"}}], "@odata.deltaLink": "https://graph.example.test/d"})");
  EXPECT_EQ(read(), "read");
  EXPECT_EQ(read(), "read");
  EXPECT_THAT(reader_->objects(), ElementsAre(Key("1")));
  EXPECT_EQ(reader_->counts().repeated, 2U);
}

// [Graph DL17]
TEST_F(Reading, a_410_starts_over_at_its_location_and_forgets_what_is_not_told_again) {
  service_.page(R"({"value": [{"id": "1"}, {"id": "2"}], "@odata.deltaLink": "https://graph.example.test/d"})");
  EXPECT_EQ(read(), "read");
  base::HttpResponse gone(410);
  gone.headers.add("Location", "https://graph.example.test/v1.0/users/delta?$deltatoken=");
  service_.answers.push_back(gone);
  service_.page(R"({"value": [{"id": "2"}, {"id": "3"}], "@odata.deltaLink": "https://graph.example.test/d"})");
  EXPECT_EQ(read(), "read");
  EXPECT_EQ(service_.targets.back(), "/v1.0/users/delta?$deltatoken=");
  EXPECT_THAT(reader_->objects(), ElementsAre(Key("2"), Key("3")));
  EXPECT_EQ(reader_->counts().resyncs, 1U);
}

// [Graph DL14] [Graph DL15]
TEST_F(Reading, members_of_a_group_come_in_parts_and_go) {
  service_.page(R"({"value": [{"id": "g", "members@delta": [{"id": "1"}]}, {"id": "g", "members@delta": [{"id": "2"}]}], "@odata.deltaLink": "https://graph.example.test/d"})");
  service_.page(R"({"value": [{"id": "g", "members@delta": [{"id": "1", "@removed": {"reason": "deleted"}}]}], "@odata.deltaLink": "https://graph.example.test/d"})");
  EXPECT_EQ(read(), "read");
  EXPECT_EQ(read(), "read");
  EXPECT_THAT(reader_->members_of("g"), ElementsAre("2"));
}

// [Graph E40] [Graph T12]
TEST_F(Reading, waits_where_it_is_told_to_and_gives_up_in_the_end) {
  base::HttpResponse busy(429);
  busy.headers.add("Retry-After", "2.128");
  service_.answers.push_back(busy);
  service_.answers.push_back(base::HttpResponse(503));
  service_.page(R"({"value": [], "@odata.deltaLink": "https://graph.example.test/d"})");
  EXPECT_EQ(read(), "read");
  EXPECT_EQ(reader_->counts().waits, 2U);
  for (int i = 0; i < 9; ++i) service_.answers.push_back(base::HttpResponse(503));
  EXPECT_THAT(read(), HasSubstr("503"));
  EXPECT_THAT(service_.answers, SizeIs(0));
}

TEST_F(Reading, what_is_no_page_is_said) {
  service_.answers.push_back(base::HttpResponse(403, "application/json", R"({"error": {"code": "Authorization_RequestDenied"}})"));
  EXPECT_THAT(read(), HasSubstr("403 Authorization_RequestDenied"));
  service_.page(R"({"value": []})");
  EXPECT_THAT(read(), HasSubstr("neither a next link nor a delta link"));
}

}  // namespace delta_reader_test
}  // namespace fakes::graph
