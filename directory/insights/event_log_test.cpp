// The event log by itself: which events a span of time holds, in which order, and whom they name as their
// cause.
#include "directory/insights/event_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sim/disk.h"

namespace directory {
namespace {

using std::chrono::nanoseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class EventLogTest : public ::testing::Test {
 protected:
  void write(std::string_view type, base::Instant at, const Actor& actor = {}) {
    log_.write(type, at, actor, {"systemuser", "user-1", "amy.lee"});
  }
  std::vector<std::string> types(base::Instant start, base::Instant end, std::int64_t limit = 1'000) {
    std::vector<std::string> out;
    for (const auto& event : log_.read(start, end, limit))
      out.push_back(base::string_or(event, "event_type", ""));
    return out;
  }
  /// Who is named as the cause of the only event.
  base::Json cause() {
    const auto events = log_.read(noon_, noon_ + nanoseconds{1}, 1'000);
    EXPECT_EQ(events.size(), 1U);
    return events.empty() ? base::Json{} : events.front().at("initiated_by");
  }

  sim::SimulatedDisk disk_{base::Rng(1), {}};
  std::unique_ptr<Database> db_ = Database::open(disk_, base::Rng(2)).value();
  EventLog log_{*db_, base::Rng(3), "organization-1"};
  base::Instant noon_ = base::parse_rfc3339("2026-01-05T12:00:00Z").value();
};

// [rule DI8]
TEST_F(EventLogTest, a_span_holds_its_start_and_not_its_end) {
  write("before", noon_ - nanoseconds{1});
  write("start", noon_);
  write("within", noon_ + nanoseconds{1});
  write("end", noon_ + nanoseconds{2});
  EXPECT_THAT(types(noon_, noon_ + nanoseconds{2}), ElementsAre("start", "within"));
  EXPECT_THAT(types(noon_, noon_), IsEmpty());
}

// [rule DI8]: a clock that was set back does not hide what is older.
TEST_F(EventLogTest, events_come_by_time_and_at_one_time_as_they_were_written) {
  write("third", noon_ + nanoseconds{1});
  write("first", noon_);
  write("second", noon_);
  EXPECT_THAT(types(noon_, noon_ + nanoseconds{2}), ElementsAre("first", "second", "third"));
}

TEST_F(EventLogTest, the_limit_keeps_the_earliest_DI5) {
  for (const auto* type : {"a", "b", "c"}) write(type, noon_);
  EXPECT_THAT(types(noon_, noon_ + nanoseconds{1}, 2), ElementsAre("a", "b"));
}

// [rule DI20]
TEST_F(EventLogTest, what_is_rolled_back_with_its_change_is_no_event) {
  db_->begin();
  write("undone", noon_);
  db_->roll_back();
  EXPECT_THAT(types(noon_, noon_ + nanoseconds{1}), IsEmpty());
}

// [rule DI22] [rule D31]
TEST_F(EventLogTest, an_integration_is_named_as_the_source) {
  write("x", noon_, {Actor::Kind::integration, "admin-1", "ops@example.test", "entra"});
  EXPECT_EQ(cause(), base::parse_json(R"({"type": "admin", "id": "admin-1", "email": "ops@example.test",
                                          "source": "jumpcloud:scim", "source_metadata": {"name": "entra"}})")
                         .value());
}

TEST_F(EventLogTest, an_admin_and_a_user_are_told_apart_DI22) {
  write("x", noon_, {Actor::Kind::admin, "admin-1", "ops"});
  EXPECT_EQ(cause(), base::parse_json(R"({"type": "admin", "id": "admin-1", "email": "ops"})").value());
  db_->run("DELETE FROM events");
  write("x", noon_, {Actor::Kind::user, "user-1", "amy.lee"});
  EXPECT_EQ(cause(),
            base::parse_json(R"({"type": "systemuser", "id": "user-1", "username": "amy.lee"})").value());
}

}  // namespace
}  // namespace directory
