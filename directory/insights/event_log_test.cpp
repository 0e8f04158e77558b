// The event log by itself: which events a span of time holds, in which order, and whom they name as their
// cause.
#include "directory/insights/event_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sim/disk.h"

namespace directory {
namespace event_log_test {

using std::chrono::nanoseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class EventLogTest : public ::testing::Test {
 protected:
  void write(std::string_view type, base::Instant at, const Actor& actor = {}) {
    log_.write(type, at, actor, {"systemuser", "user-1", "amy.lee"});
  }
  std::vector<std::string> types(const EventQuery& query, base::Instant now) {
    std::vector<std::string> out;
    for (const auto& event : log_.find(query, now).events) {
      out.push_back(base::string_or(base::parse_json(event).value(), "event_type", ""));
    }
    return out;
  }
  std::vector<std::string> types(base::Instant start, base::Instant end, std::int64_t limit = 1'000) {
    return types({{EventService::directory}, start, end, limit}, end);
  }
  /// Who is named as the cause of the only event.
  base::Json cause() {
    const auto page = log_.find({{EventService::directory}, noon_, noon_ + nanoseconds{1}}, noon_);
    EXPECT_EQ(page.events.size(), 1U);
    return page.events.empty() ? base::Json{}
                               : base::parse_json(page.events.front()).value().at("initiated_by");
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

// [rule DI3] [rule DI52] [rule DI54]
TEST_F(EventLogTest, a_query_reads_the_services_it_names) {
  for (const auto service : {EventService::directory, EventService::sso, EventService::systems}) {
    Event event{std::string(service_name(service)), {}, {"systemuser", "user-1", "amy.lee"}};
    event.service = service;
    log_.write(noon_, event);
  }
  const auto found = [&](std::vector<EventService> services) {
    return types({std::move(services), noon_, noon_ + nanoseconds{1}}, noon_);
  };
  EXPECT_THAT(found({EventService::sso}), ElementsAre("sso"));
  EXPECT_THAT(found({EventService::directory, EventService::systems}), ElementsAre("directory", "systems"));
  EXPECT_THAT(found({}), IsEmpty());
}

// [rule DI7] [rule DI8]: whatever the order and the size of the pages, each event comes once.
TEST_F(EventLogTest, pages_go_on_where_the_one_before_ended) {
  std::vector<std::string> all;
  for (int i = 0; i < 7; ++i) {
    all.push_back(std::to_string(i));
    write(all.back(), noon_ + nanoseconds{i / 3});
  }
  for (const bool descending : {false, true}) {
    for (std::int64_t limit = 1; limit <= 8; ++limit) {
      EventQuery query{{EventService::directory}, noon_, noon_ + nanoseconds{9}, limit, descending};
      std::vector<std::string> read;
      for (int pages = 0; pages < 9; ++pages) {
        const auto page = types(query, noon_);
        read.insert(read.end(), page.begin(), page.end());
        query.after = log_.find(query, noon_).last;
        if (std::ssize(page) < limit) break;
      }
      if (descending) std::ranges::reverse(read);
      EXPECT_EQ(read, all) << limit;
      EXPECT_TRUE(types(query, noon_).empty()) << "the last page leads to an empty one";
    }
  }
}

// [rule DI7]: an event that is written between two pages is neither skipped nor moves the others.
TEST_F(EventLogTest, pages_bear_new_events) {
  write("a", noon_);
  write("b", noon_);
  EventQuery query{{EventService::directory}, noon_, noon_ + nanoseconds{9}, 1};
  query.after = log_.find(query, noon_).last;
  write("c", noon_);
  query.limit = 10;
  EXPECT_THAT(types(query, noon_), ElementsAre("b", "c"));
}

SearchTerm term(std::string_view text) {
  return SearchTerm::parse(base::parse_json(text).value()).value();
}

// [rule DI10]
TEST_F(EventLogTest, a_search_reads_as_many_events_as_it_needs_to_fill_a_page) {
  for (int i = 0; i < 2'500; ++i) write(i % 1'000 == 999 ? "rare" : "common", noon_ + nanoseconds{i});
  for (const auto* search :
       {R"({"and": [{"event_type": "rare"}]})", R"({"or": [{"event_type": ["rare", "none"]}]})",
        R"({"not": [{"event_type": "common"}]})",
        R"({"and": [{"event_type": "rare"}, {"resource.username": "AMY.lee"}]})"}) {
    EventQuery query{{EventService::directory}, noon_, noon_ + nanoseconds{2'500}, 10, false, term(search)};
    EXPECT_THAT(types(query, noon_), ElementsAre("rare", "rare")) << search;
    EXPECT_EQ(log_.count(query, noon_), 2) << search;
    query.limit = 1;
    EXPECT_EQ(log_.count(query, noon_), 2) << search;
    EXPECT_THAT(types(query, noon_), ElementsAre("rare")) << search;
    query.descending = true;
    EXPECT_THAT(types(query, noon_), ElementsAre("rare")) << search;
  }
  EventQuery query{{EventService::directory}, noon_, noon_ + nanoseconds{2'500}};
  EXPECT_EQ(log_.count(query, noon_), 2'500);
}

// [rule DI11]
TEST_F(EventLogTest, what_is_older_than_ninety_days_is_not_found_and_in_time_erased) {
  for (int i = 0; i < 100; ++i) write("old", noon_ + nanoseconds{i});
  const auto later = noon_ + std::chrono::days{90} + nanoseconds{50};
  const EventQuery query{{EventService::directory}, noon_, later + nanoseconds{1}};
  EXPECT_EQ(log_.find(query, later).events.size(), 50U);
  EXPECT_EQ(log_.count(query, later), 50);
  for (int i = 0; i < 16; ++i) write("new", later);
  const auto kept = db_->first("SELECT count(*) FROM events", [](Row row) { return row.integer(0); });
  EXPECT_EQ(kept, 50 + 16);
  EXPECT_EQ(log_.count(query, later), 50 + 16);
}

// [rule DI26]
TEST_F(EventLogTest, the_events_of_a_job_are_told_by_their_correlation) {
  write("before", noon_);
  {
    const auto request = log_.during(RequestOrigin{"10.1.2.3", ""});
    const auto job = log_.during(Correlation{"job-1", "user_import"});
    write("inside", noon_);
  }
  write("after", noon_);
  std::vector<std::string> jobs;
  for (const auto& text :
       log_.find({{EventService::directory}, noon_, noon_ + nanoseconds{1}}, noon_).events) {
    const auto event = base::parse_json(text).value();
    const auto* correlation = base::member(event, "correlation");
    jobs.push_back(correlation == nullptr ? "" : base::string_or(*correlation, "id", ""));
    EXPECT_EQ(base::member(event, "client_ip") != nullptr, correlation != nullptr);
  }
  EXPECT_THAT(jobs, ElementsAre("", "job-1", ""));
}

}  // namespace event_log_test
}  // namespace directory
