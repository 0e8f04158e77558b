// Requests that are ready together share one commit, and nothing leaves before what it saw is synced.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "directory/in_process_fixture.h"

namespace directory {
namespace group_commit_test {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Options quiet(Commits commits) {
  Options options;
  options.settings.activation_mail = ActivationMail::on_request;
  options.commits = commits;
  return options;
}

Options with_mail(Commits commits) {
  Options options;
  options.commits = commits;
  return options;
}

std::ptrdiff_t syncs(const std::vector<std::string>& notes) { return std::ranges::count(notes, "sync"); }

class GroupCommit : public ::testing::Test {
 protected:
  GroupCommit() { core_.notes.clear(); }

  void begin_creates(int count) {
    for (int i = 0; i < count; ++i) core_.begin("create", core_.create(fmt::format("user{}", i)));
  }

  InProcess core_{quiet(Commits::grouped)};
};

TEST_F(GroupCommit, requests_that_are_ready_together_share_one_sync_and_wait_for_it) {
  core_.answer_to(core_.create("first"));  // a fresh log is synced once more than the next commits are
  core_.notes.clear();
  begin_creates(3);
  core_.run();
  EXPECT_THAT(core_.notes, ElementsAre("sync", "create 201", "create 201", "create 201"));
}

TEST_F(GroupCommit, requests_that_come_later_are_committed_later) {
  core_.answer_to(core_.create("first"));
  core_.notes.clear();
  for (int i = 0; i < 2; ++i) {
    core_.begin("create", core_.create(fmt::format("user{}", i)));
    core_.run();
  }
  EXPECT_THAT(core_.notes, ElementsAre("sync", "create 201", "sync", "create 201"));
}

TEST_F(GroupCommit, an_answer_that_saw_what_is_not_synced_waits_for_it) {
  core_.answer_to(core_.create("first"));
  core_.notes.clear();
  core_.begin("create", core_.create("amy.lee"));
  const auto list = core_.begin("list", core_.scim("GET", "/Users?filter=userName%20eq%20%22amy.lee%22"));
  core_.run();
  EXPECT_THAT(core_.notes, ElementsAre("sync", "create 201", "list 200"));
  EXPECT_THAT(list->body, HasSubstr("amy.lee"));
}

TEST_F(GroupCommit, an_answer_with_nothing_to_wait_for_does_not_wait) {
  core_.begin("list", core_.scim("GET", "/Users"));
  core_.run();
  EXPECT_THAT(core_.notes, ElementsAre("list 200"));
}

TEST_F(GroupCommit, a_refusal_takes_back_its_own_writes_alone) {
  core_.begin("create", core_.create("amy.lee"));
  core_.begin("create", core_.create("amy.lee"));
  core_.begin("create", core_.create("bob.ray"));
  core_.run();
  core_.stop();
  core_.start();
  EXPECT_THAT(core_.notes, AllOf(Contains("create 201").Times(2), Contains("create 409")));
  EXPECT_THAT(core_.answer_to(core_.scim("GET", "/Users")).body,
              AllOf(HasSubstr("\"totalResults\":2"), HasSubstr("amy.lee"), HasSubstr("bob.ray")));
  const auto events = core_.answer_to(InProcess::with(
      "x-api-key", core_.keys.admin_key.reveal(), "POST", "/insights/directory/v1/events",
      R"({"service": ["directory"], "start_time": "2026-01-01T00:00:00Z", "limit": 100, "search_term": {"and": [{"event_type": "user_create"}]}})"));
  std::size_t created = 0;
  for (auto at = events.body.find("user_create"); at != std::string::npos; at = events.body.find("user_create", at + 1)) {
    ++created;
  }
  EXPECT_EQ(created, 2U) << events.body;
}

TEST_F(GroupCommit, when_the_sync_fails_nothing_of_the_group_is_acknowledged_or_shown) {
  core_.disk.refuses_to_sync = true;
  begin_creates(2);
  core_.begin("list", core_.scim("GET", "/Users"));
  core_.run();
  EXPECT_THAT(core_.notes, AllOf(Contains("create 503").Times(2), Contains("list 503"), Not(Contains(HasSubstr("20")))));
  EXPECT_THAT(core_.server->failure(), Not(IsEmpty()));
}

TEST_F(GroupCommit, is_as_repeatable_as_single_commits) {
  const auto digest = [] {
    InProcess core{with_mail(Commits::grouped)};
    for (int i = 0; i < 5; ++i) core.begin("create", core.create(fmt::format("user{}", i % 3)));
    core.scheduler.run_until(core.scheduler.now() + std::chrono::hours{1});
    return core.scheduler.digest();
  };
  EXPECT_EQ(digest(), digest());
}

/// A disk that syncs by itself while requests go on.
class SyncBeside : public GroupCommit {
 protected:
  SyncBeside() {
    core_.answer_to(core_.create("first"));
    core_.answer_to(core_.create("second"));
    core_.disk.syncs_beside = true;
    core_.notes.clear();
  }
};

TEST_F(SyncBeside, no_answer_leaves_before_its_own_sync_is_over) {
  begin_creates(2);
  core_.run();
  EXPECT_THAT(core_.notes, ElementsAre("sync begins"));
  core_.begin("late", core_.create("late"));
  core_.run();
  EXPECT_THAT(core_.notes, ElementsAre("sync begins")) << "one after the other";
  core_.disk.end_sync();
  core_.run();
  EXPECT_THAT(core_.notes, ElementsAre("sync begins", "sync begins", "create 201", "create 201"));
  core_.disk.end_sync();
  core_.run();
  EXPECT_EQ(core_.notes.back(), "late 201");
}

TEST_F(SyncBeside, what_is_read_meanwhile_waits_as_well) {
  begin_creates(1);
  core_.run();
  core_.begin("list", core_.scim("GET", "/Users"));
  core_.run();
  EXPECT_THAT(core_.notes, ElementsAre("sync begins"));
  core_.disk.end_sync();
  core_.run();
  EXPECT_THAT(core_.notes, AllOf(Contains("create 201"), Contains("list 200")));
}

TEST_F(SyncBeside, a_sync_that_fails_is_told_to_all_who_wait) {
  begin_creates(1);
  core_.run();
  core_.begin("late", core_.create("late"));
  core_.run();
  core_.disk.end_sync(base::DiskStatus::io_error);
  core_.run();
  EXPECT_THAT(core_.notes, ElementsAre("sync begins", "create 503", "late 503"));
  EXPECT_THAT(core_.server->failure(), HasSubstr("sync of the log"));
}

TEST_F(SyncBeside, a_commit_that_cannot_wait_ends_the_sync_first) {
  begin_creates(1);
  core_.run();
  ASSERT_TRUE(core_.server->adopt({}, IntegrationKind::generic).has_value());
  core_.notes.clear();
  core_.disk.end_sync();
  core_.run();
  EXPECT_THAT(core_.notes, ElementsAre("create 201"));
  core_.disk.syncs_beside = false;
  core_.stop();
  core_.start();
  EXPECT_EQ(core_.server->failure(), "");
}

/// The log is begun anew and copied back on the way; whatever was answered is there after a restart.
TEST_F(SyncBeside, goes_round_the_log) {
  for (int i = 0; i < 700; ++i) {
    const auto answer = core_.begin("create", core_.create(fmt::format("user{}", i)));
    core_.run();
    if (core_.notes.back() == "sync begins") core_.disk.end_sync();
    core_.run();
    ASSERT_EQ(answer->status, 201) << i;
  }
  EXPECT_THAT(core_.notes, Contains("sync")) << "the log came to its end";
  core_.disk.syncs_beside = false;
  core_.stop();
  core_.start();
  EXPECT_THAT(core_.answer_to(core_.scim("GET", "/Users")).body, HasSubstr("\"totalResults\":702"));
}

TEST(Outbound, a_mail_leaves_after_the_change_that_caused_it_is_synced) {
  InProcess core{with_mail(Commits::grouped)};
  core.notes.clear();
  core.begin("create", core.create("amy.lee"));
  core.run();
  const auto sent = std::ranges::find(core.notes, "sent to mail.example.test");
  ASSERT_NE(sent, core.notes.end());
  EXPECT_EQ(core.notes.front(), "sync");
  EXPECT_EQ(*(sent - 1), "sync") << "the digest of the token in the mail is stored first";
}

TEST(Outbound, mail_that_a_crash_left_queued_is_sent_and_holds_up_nobody) {
  InProcess core{with_mail(Commits::grouped)};
  core.relay_status = 503;
  core.answer_to(core.create("amy.lee"));
  core.stop();
  core.relay_status = 202;
  core.scheduler.advance_to(core.scheduler.now() + std::chrono::hours{2});
  core.start();
  core.notes.clear();
  EXPECT_EQ(core.answer_to(core.create("bob.ray")).status, 201);
  EXPECT_THAT(core.notes, Contains("sent to mail.example.test").Times(2));
}

TEST(SingleCommits, each_request_is_synced_by_itself) {
  InProcess core{quiet(Commits::each)};
  core.notes.clear();
  for (int i = 0; i < 3; ++i) core.begin("create", core.create(fmt::format("user{}", i)));
  core.run();
  EXPECT_GE(syncs(core.notes), 3);
  EXPECT_THAT(core.notes, Contains("create 201").Times(3));
}

TEST(SettledTransport, sends_only_once_the_open_group_is_committed) {
  std::vector<std::string> notes;
  base::Scheduler scheduler;
  NotedDisk disk{notes};
  auto db = Database::open(disk, base::Rng{1});
  ASSERT_TRUE(db.has_value());
  CommitGroup group(**db, scheduler);
  const int status = 202;
  NotedTransport onward{notes, status};
  SettledTransport transport(group, onward);
  const auto scope = scheduler.make_scope("party");
  struct Sender {
    static base::Task<void> send(base::HttpTransport& transport, std::vector<std::string>& notes) {
      const base::HttpRequest request("GET", *base::parse_uri("https://idp.example.test/"));
      const auto result = co_await transport.send(request, std::chrono::seconds{1});
      notes.emplace_back(result ? "answered" : "not sent");
    }
  };
  notes.clear();
  group.begin_part();
  group.end_part(true);
  base::spawn(scheduler, scope, "sends", Sender::send(transport, notes));
  scheduler.run_until(scheduler.now());
  EXPECT_THAT(notes, IsEmpty());
  ASSERT_TRUE(group.commit());
  scheduler.run_until(scheduler.now());
  EXPECT_THAT(notes, ElementsAre("sent to idp.example.test", "answered"));

  notes.clear();
  disk.refuses_to_sync = true;
  group.begin_part();
  (*db)->run("CREATE TABLE t (a)");
  group.end_part(true);
  base::spawn(scheduler, scope, "sends", Sender::send(transport, notes));
  scheduler.run_until(scheduler.now());
  ASSERT_FALSE(group.commit());
  scheduler.run_until(scheduler.now());
  EXPECT_THAT(notes, Contains("not sent"));
  EXPECT_THAT(notes, Not(Contains(HasSubstr("sent to"))));
}

}  // namespace group_commit_test
}  // namespace directory
