// A directory whose disk fails: it never says of anything that it is done which is not, and never shows
// anything that is not so. Once the store has failed, every answer is 503 until the directory starts anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server_test_fixture.h"
#include "directory/store/checksums.h"
#include "directory/store/doomed_disk_fixture.h"

namespace directory {
namespace disk_faults_test {

using ::testing::AnyOf;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

/// The people that a client was told of, and those of whom it cannot know.
class Client {
 public:
  explicit Client(ServerBench& bench) : bench_(&bench) {}

  /// Creates somebody and gives them a second name; the last status.
  int bring(const std::string& name) {
    const auto created = bench_->scim(
        "POST", "/Users",
        fmt::format(R"({{"userName": "{0}", "emails": [{{"value": "{0}@example.test"}}]}})", name));
    note(created.status, 201);
    if (created.status != 201) return created.status;
    told_.push_back(name + " ''");
    const auto renamed =
        bench_->scim("PATCH", "/Users/" + base::string_or(body_of(created), "id", ""),
                     fmt::format(R"({{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                         "Operations": [{{"op": "replace", "path": "displayName", "value": "{} the second"}}]}})",
                                 name));
    note(renamed.status, 200);
    if (renamed.status == 200) told_.back() = fmt::format("{0} '{0} the second'", name);
    return renamed.status;
  }

  /// Asks once more for everything; whether it was shown, and then it was right.
  bool sees_everything() {
    const auto list = bench_->scim("GET", "/Users?count=100");
    note(list.status, 200);
    if (list.status == 200) EXPECT_THAT(people_in(list), IsSupersetOf(told_));
    return list.status == 200;
  }

  static std::vector<std::string> people_in(const base::HttpResponse& list) {
    std::vector<std::string> people;
    const auto body = body_of(list);
    const auto* resources = base::member(body, "Resources");
    if (resources == nullptr) return people;
    for (const auto& resource : resources->as_array()) {
      people.push_back(fmt::format("{} '{}'", base::string_or(resource, "userName", ""),
                                   base::string_or(resource, "displayName", "")));
    }
    return people;
  }

  [[nodiscard]] const std::vector<std::string>& told() const { return told_; }
  [[nodiscard]] bool refused() const { return refused_; }

 private:
  void note(int status, int wanted) {
    if (refused_) {
      EXPECT_EQ(status, 503) << "a store that failed answers once more";
    } else {
      EXPECT_THAT(status, AnyOf(wanted, 503));
    }
    refused_ = refused_ || status == 503;
  }

  ServerBench* bench_;
  std::vector<std::string> told_;
  bool refused_ = false;
};

/// A later generation starts an hour later, and draws other ids.
BenchOptions on(base::Disk& disk, int generation = 1) {
  BenchOptions options;
  options.seed = static_cast<std::uint64_t>(generation);
  options.start += std::chrono::hours{generation - 1};
  options.disk = &disk;
  return options;
}

sim::SimulatedDisk make_disk() {
  return sim::SimulatedDisk(base::Rng(1).fork("disk"), {});
}

/// After a restart everything that was told is there; what was not, is there whole or not at all.
void expect_kept_word(const Client& client, base::Disk& disk, const std::string& where) {
  {
    const auto db = Database::open(disk, base::Rng(9));
    ASSERT_TRUE(db.has_value()) << where << ": " << db.error().message;
    EXPECT_THAT((*db)->integrity_check(), IsEmpty()) << where;
  }
  ServerBench bench(on(disk, 2));
  const auto people = Client::people_in(bench.scim("GET", "/Users?count=100"));
  auto told = client.told();
  // The last request may have happened although its answer was 503.
  if (people != told && !told.empty() && told.back().ends_with("''")) {
    const auto name = told.back().substr(0, told.back().find(' '));
    told.back() = fmt::format("{0} '{0} the second'", name);
  }
  EXPECT_THAT(people, IsSupersetOf(told)) << where;
  EXPECT_LE(people.size(), told.size() + 1) << where;
  const auto creations = std::ranges::count_if(bench.events(), [](const base::Json& event) {
    return base::string_or(event, "event_type", "") == "user_create";
  });
  EXPECT_EQ(static_cast<std::size_t>(creations), people.size())
      << where << ": an event without its change, or the reverse";
  EXPECT_EQ(Client(bench).bring("latecomer"), 200) << where;
}

constexpr int number_of_people = 5;

void bring_people(Client& client) {
  for (int i = 1; i <= number_of_people; ++i) client.bring(fmt::format("person{}", i));
}

TEST(DiskFaults, any_single_operation_that_fails_ends_the_answers_and_breaks_no_word) {
  int operations = 0;
  {
    auto disk = make_disk();
    DoomedDisk counted(disk, DoomedDisk::never, DoomedDisk::Fate::io_error);
    ServerBench bench(on(counted));
    const auto before = counted.operations();
    Client client(bench);
    bring_people(client);
    operations = counted.operations() - before;
  }
  ASSERT_GT(operations, 50);
  for (const auto fate : {DoomedDisk::Fate::io_error, DoomedDisk::Fate::full}) {
    for (int nth = 1; nth <= operations; ++nth) {
      const auto where =
          fmt::format("operation {}, {}", nth, fate == DoomedDisk::Fate::full ? "full" : "failed");
      auto disk = make_disk();
      DoomedDisk doomed(disk, DoomedDisk::never, fate);
      ServerBench bench(on(doomed));
      doomed.doom(nth, fate);
      Client client(bench);
      bring_people(client);
      EXPECT_FALSE(client.sees_everything()) << where;
      EXPECT_TRUE(client.refused()) << where;
      disk.cut_power();
      expect_kept_word(client, disk, where);
    }
  }
}

// What a failed sync was to write may be lost although the next sync succeeds: it must not be tried.
TEST(DiskFaults, after_a_sync_that_failed_nothing_is_acknowledged_although_syncs_succeed_again) {
  auto disk = make_disk();
  ServerBench bench(on(disk));
  Client client(bench);
  ASSERT_EQ(client.bring("person1"), 200);
  disk.faults().syncs_fail = true;
  EXPECT_EQ(client.bring("person2"), 503);
  disk.faults().syncs_fail = false;
  const auto syncs = disk.syncs();
  EXPECT_EQ(client.bring("person3"), 503);
  EXPECT_FALSE(client.sees_everything());
  EXPECT_EQ(bench.admin("GET", "/api/systemusers").status, 503);
  EXPECT_EQ(disk.syncs(), syncs);
  disk.cut_power(sim::PowerCut::keeps_all);
  expect_kept_word(client, disk, "failed sync");
}

TEST(DiskFaults, a_full_disk_ends_the_answers_until_there_is_room_and_a_restart) {
  auto disk = make_disk();
  ServerBench bench(on(disk));
  Client client(bench);
  bring_people(client);
  ASSERT_FALSE(client.refused());
  disk.faults().full = true;
  EXPECT_EQ(client.bring("too-many"), 503);
  EXPECT_FALSE(client.sees_everything());
  disk.faults().full = false;
  EXPECT_FALSE(client.sees_everything()) << "nothing has told the directory";
  disk.cut_power();
  bench.restart_directory();
  Client again(bench);
  EXPECT_EQ(again.bring("latecomer"), 200);
  EXPECT_TRUE(again.sees_everything());
}

TEST(DiskFaults, a_restart_on_a_full_disk_shows_what_is_there) {
  auto disk = make_disk();
  std::vector<std::string> told;
  {
    ServerBench bench(on(disk));
    Client client(bench);
    bring_people(client);
    bench.settle();  // no mail is left to be sent
    disk.cut_power();
    told = client.told();
  }
  disk.faults().full = true;
  ServerBench bench(on(disk, 2));
  EXPECT_THAT(Client::people_in(bench.scim("GET", "/Users?count=100")), IsSupersetOf(told));
  EXPECT_EQ(
      bench.scim("POST", "/Users", R"({"userName": "new", "emails": [{"value": "n@example.test"}]})").status,
      503);
}

// The answer that the directory gives while its power is gone reaches nobody.
TEST(DiskFaults, power_that_fails_inside_any_change_is_a_connection_lost) {
  bool kept = false;
  bool lost = false;
  bool survived = false;
  for (std::uint64_t change = 1; !survived; ++change) {
    ASSERT_LT(change, 1'000U);
    BenchOptions options;
    options.seed = change;
    ServerBench bench(std::move(options));
    bench.directory_host->crash_inside_change(change);
    const auto pending = bench.send("POST", "/scim/v2/Users", bench.scim_fields(),
                                    R"({"userName": "amy", "emails": [{"value": "amy@example.test"}]})");
    bench.settle();
    ASSERT_TRUE(pending->result.has_value());
    survived = bench.directory_host->up();
    EXPECT_THAT(pending->status(), AnyOf(0, 201)) << change;
    if (survived) break;
    if (pending->status() == 0)
      EXPECT_EQ((*pending->result).error().kind, base::TransportFailure::Kind::reset);
    bench.directory_host->start();
    const auto people = Client::people_in(bench.scim("GET", "/Users"));
    if (pending->status() == 201) EXPECT_EQ(people.size(), 1U) << change;
    (people.empty() ? lost : kept) = true;
    EXPECT_EQ(bench.events().empty(), people.empty()) << change;
  }
  EXPECT_TRUE(lost && kept);
}

/// Everything that can be asked without changing anything, as one text; empty where the answer is 503.
std::string shown(ServerBench& bench) {
  std::string all;
  for (const auto* target : {"/api/systemusers?limit=100", "/api/systems", "/api/v2/usergroups"}) {
    const auto answer = bench.admin("GET", target);
    EXPECT_THAT(answer.status, AnyOf(200, 503)) << target;
    if (answer.status == 503) return {};
    all += answer.body;
  }
  const auto list = bench.scim("GET", "/Users?count=100");
  EXPECT_THAT(list.status, AnyOf(200, 503));
  return list.status == 503 ? std::string() : all + list.body;
}

TEST(DiskFaults, a_damaged_page_is_never_shown) {
  auto disk = make_disk();
  {
    ServerBench bench(on(disk));
    Client client(bench);
    bring_people(client);
    bench.settle();
  }
  const auto files = disk.contents();
  std::string truth;
  {
    ServerBench bench(on(disk, 2));
    truth = shown(bench);
  }
  ASSERT_FALSE(truth.empty());
  int refused = 0;
  for (std::size_t page = 0; page < files.at(database_file).size() / page_size; ++page) {
    auto damaged = make_disk();
    damaged.load(files);
    ASSERT_TRUE(
        damaged.damage(database_file, page * page_size + 70 + page % 4'000, static_cast<int>(page % 8)));
    auto options = on(damaged, 2);
    options.may_refuse_to_start = true;
    ServerBench bench(std::move(options));
    if (bench.directory_host->service() == nullptr) {
      ++refused;
      continue;
    }
    const auto seen = shown(bench);
    if (seen.empty()) {
      ++refused;
      EXPECT_EQ(shown(bench), "") << "a store that failed answers once more";
      EXPECT_EQ(
          bench.scim("POST", "/Users", R"({"userName": "new", "emails": [{"value": "n@example.test"}]})")
              .status,
          503);
    } else {
      EXPECT_EQ(seen, truth) << "page " << page;
    }
  }
  EXPECT_GT(refused, 3) << "no damage was met";
}

}  // namespace disk_faults_test
}  // namespace directory
