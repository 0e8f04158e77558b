// Power is cut before and after every operation of the disk, and the directory restarts on what is left. The
// workload is played once and written down; every disk is built from the record. The same is done to the
// restart itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/sanitized.h"
#include "directory/crash/judge_fixture.h"

namespace directory {
namespace power_cut_test {

using sim::DiskOperation;
using sim::PowerCut;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Cut {
  PowerCut kind;
  std::string_view name;
};

constexpr Cut cuts[] = {{PowerCut::loses_all, "unsynced writes lost"},
                        {PowerCut::keeps_all, "unsynced writes kept"},
                        {PowerCut::tears_last, "the last write torn"},
                        {PowerCut::draws, "unsynced writes lost, kept or torn in any order"}};

constexpr std::size_t stride = base::sanitized ? 20 : 1;

/// Whether an operation may change what a cut leaves behind it.
bool matters(const DiskOperation& operation, PowerCut cut) {
  using Kind = DiskOperation::Kind;
  const bool cached = operation.kind == Kind::write || operation.kind == Kind::truncate;
  if (cut == PowerCut::loses_all) return !cached;
  return cut != PowerCut::keeps_all || operation.kind != Kind::sync;
}

struct Tally {
  std::size_t images = 0;
  std::size_t different = 0;  ///< those that are not the same bytes as one before
  std::size_t restarts = 0;   ///< of the whole directory, one for all images with the same rows
  std::vector<std::string> findings{};

  void add(const Tally& other) {
    images += other.images;
    different += other.different;
    restarts += other.restarts;
  }
};

/// Cuts the power after `begin` to `end` operations of a recording.
Tally cut_everywhere(const Recording& recording, std::size_t begin, std::size_t end) {
  sim::SimulatedDisk disk(base::Rng(1), {});
  disk.load(recording.begin);
  const base::Rng rng(4);
  Judge judge(recording);
  Tally tally;
  std::map<PowerCut, Requests> last;
  for (std::size_t count = 0; count <= end; ++count) {
    if (count > 0) sim::repeat(recording.operations[count - 1], disk);
    if (count < begin || (count % stride != 0 && count != end)) continue;
    for (const auto& [kind, name] : cuts) {
      ++tally.images;
      if (!last.contains(kind) || stride > 1 || matters(recording.operations[count - 1], kind)) {
        last[kind] = judge.judge([&] { return disk.left_by(kind, rng.fork(name, count)); }, count, name);
      } else {
        judge.check(last[kind], count);
      }
      if (kind != PowerCut::keeps_all || !disk.synced()) continue;
      last[PowerCut::tears_last] = last[PowerCut::draws] = last[kind];
      tally.images += 2;
      break;  // what is synced can be neither torn nor reordered
    }
  }
  tally.different = judge.judged();
  tally.restarts = judge.restarts();
  tally.findings = judge.findings();
  return tally;
}

Tally cut_everywhere(const Recording& recording) {
  return cut_everywhere(recording, 0, recording.operations.size());
}

constexpr std::size_t parts = 8;
constexpr std::size_t restarts_a_part = 3;

class PowerCuts : public ::testing::TestWithParam<std::size_t> {
 protected:
  struct Suite {
    Recording day = record();
    Tally first_cuts{};
    Tally second_cuts{};
  };

  static void SetUpTestSuite() { suite_ = std::make_unique<Suite>(); }
  static void TearDownTestSuite() {
    const auto* tests = ::testing::UnitTest::GetInstance()->current_test_suite();
    ::testing::TimeInMillis milliseconds = 0;
    for (int i = 0; i < tests->total_test_count(); ++i)
      milliseconds += tests->GetTestInfo(i)->result()->elapsed_time();
    const auto& [day, first, second] = *suite_;
    fmt::print(
        "power cuts: {} requests, {} disk operations, {} images ({} different), {} second cuts ({} "
        "different), "
        "{} restarts, {}.{} s\n",
        day.requests.size(), day.operations.size(), first.images, first.different, second.images,
        second.different, first.restarts + second.restarts, milliseconds / 1'000, milliseconds % 1'000 / 100);
    suite_.reset();
  }

  static std::unique_ptr<Suite> suite_;
};

std::unique_ptr<PowerCuts::Suite> PowerCuts::suite_;

TEST_P(PowerCuts, lose_nothing_that_was_acknowledged_and_leave_nothing_half_done) {
  const auto& day = suite_->day;
  const auto begin = day.operations.size() * GetParam() / parts;
  const auto end = day.operations.size() * (GetParam() + 1) / parts;
  const auto tally = cut_everywhere(day, begin, end);
  EXPECT_THAT(tally.findings, IsEmpty());
  suite_->first_cuts.add(tally);
}

// The operations of a restart are cut as those of the day were, on what is left of what a first cut left.
TEST_P(PowerCuts, of_a_restart_after_a_power_cut_lose_nothing_either) {
  const auto& day = suite_->day;
  Judge judge(day);
  for (std::size_t i = 0; i < restarts_a_part; ++i) {
    const auto share = GetParam() * restarts_a_part + i;
    const auto count = day.operations.size() * (2 * share + 1) / (2 * parts * restarts_a_part);
    sim::SimulatedDisk disk(base::Rng(1), {});
    for (std::size_t done = 0; done < count; ++done) sim::repeat(day.operations[done], disk);
    const auto left = disk.left_by(PowerCut::draws, base::Rng(4).fork("first of two", count));
    const auto requests = judge.judge([&] { return left; }, count, "the first of two");
    ASSERT_THAT(judge.findings(), IsEmpty());
    const auto tally = cut_everywhere(record_recovery(day, left, requests->second, day.mails_by(count)));
    EXPECT_THAT(tally.findings, IsEmpty()) << "the first power cut was after operation " << count;
    suite_->second_cuts.add(tally);
  }
}

INSTANTIATE_TEST_SUITE_P(Everywhere, PowerCuts, ::testing::Range(std::size_t{0}, parts));

TEST(PowerCutWorkload, is_what_it_says) {
  const auto day = record();
  const auto changes =
      std::ranges::count_if(day.requests, [](const auto& request) { return request.changes; });
  EXPECT_THAT(changes, Gt(200));
  EXPECT_THAT(day.operations, SizeIs(Gt(4'000U)));
  std::map<DiskOperation::Kind, int> kinds;
  for (const auto& operation : day.operations) ++kinds[operation.kind];
  EXPECT_THAT(kinds, SizeIs(Gt(3U)));
  for (const auto& request : day.requests) {
    if (request.changes) EXPECT_GT(request.left, request.arrived) << request.what << " needs no disk";
  }
  Judge judge(day);
  sim::SimulatedDisk disk(base::Rng(1), {});
  for (const auto& operation : day.operations) sim::repeat(operation, disk);
  judge.judge([&] { return disk.contents(); }, day.operations.size(), "nothing lost");
  EXPECT_THAT(judge.findings(), IsEmpty());
}

TEST(PowerCutGroups, requests_that_share_a_commit_are_there_together_and_not_before_it_is_synced) {
  const auto recording = record({.play =
                                     [](Workload& day) {
                                       for (const auto* crowd : {"first", "second", "third", "fourth"}) {
                                         std::vector<std::string> names;
                                         for (int i = 1; i <= 5; ++i)
                                           names.push_back(fmt::format("{}{}", crowd, i));
                                         day.create_at_once(names);
                                       }
                                     },
                                 .commits = Commits::grouped});
  ASSERT_THAT(recording.requests, SizeIs(20));
  EXPECT_EQ(recording.requests[5].arrived, recording.requests[9].arrived);
  EXPECT_EQ(recording.requests[5].left, recording.requests[9].left) << "the commits were not shared";
  EXPECT_THAT(cut_everywhere(recording).findings, IsEmpty());
}

// The test is tested
// -------------------------------------------------------------------------------------------------------

TEST(PowerCutJudge, sees_a_directory_that_answers_before_it_commits) {
  const auto recording = record(
      {.play = [](Workload& day) { day.play_arrivals(24); }, .defects = {Defect::answer_before_commit}});
  // An answered request is told to be missing by what is not there, or, on a disk whose rows were judged before, by
  // the number of requests that it stands for. Which comes first depends on the cuts that are tried.
  EXPECT_THAT(cut_everywhere(recording).findings,
              Contains(AnyOf(HasSubstr("requests have happened"), HasSubstr("missing: person"))));
}

/// Says of every sync that it is done, and does nothing.
class LyingDisk final : public base::Disk {
 public:
  explicit LyingDisk(base::Disk& disk) : disk_(&disk) {}

  std::unique_ptr<base::DiskFile> open(std::string_view name) override {
    return std::make_unique<File>(disk_->open(name));
  }
  [[nodiscard]] bool exists(std::string_view name) const override { return disk_->exists(name); }
  base::DiskStatus remove(std::string_view name) override { return disk_->remove(name); }
  base::Duration take_cost() override { return disk_->take_cost(); }

 private:
  class File final : public base::DiskFile {
   public:
    explicit File(std::unique_ptr<base::DiskFile> file) : file_(std::move(file)) {}

    base::DiskStatus read(std::uint64_t offset, std::span<std::byte> into) override {
      return file_->read(offset, into);
    }
    base::DiskStatus write(std::uint64_t offset, std::span<const std::byte> bytes) override {
      return file_->write(offset, bytes);
    }
    base::DiskStatus truncate(std::uint64_t size) override { return file_->truncate(size); }
    base::DiskStatus sync() override { return base::DiskStatus::ok; }
    [[nodiscard]] std::uint64_t size() const override { return file_->size(); }

   private:
    std::unique_ptr<base::DiskFile> file_;
  };

  base::Disk* disk_;
};

TEST(PowerCutJudge, sees_a_disk_that_lies_about_its_syncs) {
  const auto recording = record({.play = [](Workload& day) { day.play_arrivals(4); },
                                 .in_front = [](base::Disk& disk) -> std::unique_ptr<base::Disk> {
                                   return std::make_unique<LyingDisk>(disk);
                                 }});
  const auto end = recording.operations.size();
  const auto findings = cut_everywhere(recording, end, end).findings;
  EXPECT_THAT(findings,
              Contains(AllOf(HasSubstr("unsynced writes lost"), HasSubstr("missing: person latecomer01"))));
}

}  // namespace power_cut_test
}  // namespace directory
