// What was written down leads to the same disk once more, power cut for power cut.
#include "sim/recording_disk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/disk.h"

namespace sim {
namespace recording_disk_test {

using base::DiskStatus;
using Kind = DiskOperation::Kind;
using ::testing::SizeIs;

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

/// Some of everything.
void work_on(base::Disk& disk) {
  const auto log = disk.open("log");
  log->write(0, bytes_of("one two"));
  log->sync();
  const auto data = disk.open("data");
  data->write(4, bytes_of(std::string(3'000, 'x')));
  log->truncate(3);
  data->sync();
  data->write(1'000, bytes_of("unsynced"));
  disk.remove("log");
  disk.open("log")->write(0, bytes_of("again"));
}

TEST(RecordingDisk, the_same_operations_leave_the_same_after_every_one) {
  SimulatedDisk disk(base::Rng{1}, {});
  RecordingDisk recording(disk);
  work_on(recording);
  EXPECT_THAT(recording.operations(), SizeIs(11));
  SimulatedDisk repeated(base::Rng{1}, {});
  for (const auto& operation : recording.operations()) repeat(operation, repeated);
  EXPECT_EQ(repeated.contents(), disk.contents());
  for (const auto cut : {PowerCut::loses_all, PowerCut::keeps_all, PowerCut::tears_last, PowerCut::draws}) {
    EXPECT_EQ(repeated.left_by(cut, base::Rng(5)), disk.left_by(cut, base::Rng(5)));
  }
}

TEST(RecordingDisk, reads_and_what_failed_are_not_written_down) {
  SimulatedDisk disk(base::Rng{1}, {});
  RecordingDisk recording(disk);
  const auto file = recording.open("a");
  ASSERT_THAT(recording.operations(), SizeIs(1));
  EXPECT_EQ(recording.operations().front().kind, Kind::create);
  std::array<std::byte, 3> into{};
  EXPECT_EQ(file->read(0, into), DiskStatus::short_read);
  EXPECT_NE(recording.open("a"), nullptr);
  EXPECT_TRUE(recording.exists("a"));
  disk.faults().full = true;
  EXPECT_EQ(file->write(0, bytes_of("x")), DiskStatus::full);
  EXPECT_EQ(recording.open("b"), nullptr);
  disk.cut_power();
  EXPECT_EQ(file->sync(), DiskStatus::dead);
  EXPECT_THAT(recording.operations(), SizeIs(1));
}

}  // namespace recording_disk_test
}  // namespace sim
