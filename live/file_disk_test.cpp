// The store's disk as real files.
#include "live/file_disk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

#include "live/folder_fixture.h"

namespace live {
namespace file_disk_test {

using base::DiskStatus;
using ::testing::HasSubstr;

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

std::string text_at(base::DiskFile& file, std::uint64_t offset, std::size_t size,
                    DiskStatus expected = DiskStatus::ok) {
  std::string text(size, '?');
  EXPECT_EQ(file.read(offset, std::as_writable_bytes(std::span(text))), expected);
  return text;
}

class FileDiskTest : public ::testing::Test {
 protected:
  std::unique_ptr<FileDisk> open() {
    auto disk = FileDisk::in_folder(folder_ / "data");
    EXPECT_TRUE(disk.has_value()) << disk.error().message;
    return disk ? std::move(*disk) : nullptr;
  }

  Folder folder_;
};

/// Files of this process may not grow beyond a size, without the signal that would end it.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t most) : signal_before_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{most, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_before_);
  }

 private:
  void (*signal_before_)(int);
  rlimit before_{};
};

TEST_F(FileDiskTest, keeps_what_is_written_for_the_next_program) {
  {
    const auto disk = open();
    const auto file = disk->open("store.db");
    EXPECT_EQ(file->write(0, bytes_of("hello")), DiskStatus::ok);
    EXPECT_EQ(file->write(10, bytes_of("there")), DiskStatus::ok);
    EXPECT_EQ(file->sync(), DiskStatus::ok);
    EXPECT_EQ(file->size(), 15U);
  }
  const auto disk = open();
  EXPECT_TRUE(disk->exists("store.db"));
  const auto file = disk->open("store.db");
  EXPECT_EQ(text_at(*file, 0, 15), std::string("hello\0\0\0\0\0there", 15));
}

TEST_F(FileDiskTest, gathers_writes_that_follow_on_one_another) {
  const auto disk = open();
  const auto file = disk->open("store.db");
  const std::string page(4096, 'p');
  std::string expected;
  for (int i = 0; i < 200; ++i) {
    ASSERT_EQ(file->write(expected.size(), bytes_of("header")), DiskStatus::ok);
    expected += "header";
    ASSERT_EQ(file->write(expected.size(), bytes_of(page)), DiskStatus::ok);
    expected += page;
  }
  EXPECT_EQ(file->size(), expected.size());
  ASSERT_EQ(file->write(2, bytes_of("other")), DiskStatus::ok);
  expected.replace(2, 5, "other");
  EXPECT_EQ(text_at(*file, 0, 20), expected.substr(0, 20)) << "a read sees them";
  ASSERT_EQ(file->write(expected.size(), bytes_of("end")), DiskStatus::ok);
  EXPECT_EQ(file->sync(), DiskStatus::ok);
  EXPECT_EQ(folder_.read("data/store.db"), expected + "end");
  ASSERT_EQ(file->write(expected.size() + 3, bytes_of("more")), DiskStatus::ok);
  EXPECT_EQ(file->truncate(expected.size() + 5), DiskStatus::ok);
  EXPECT_EQ(folder_.read("data/store.db"), expected + "endmo");
}

TEST_F(FileDiskTest, a_sync_tells_that_what_was_gathered_finds_no_room) {
  const auto disk = open();
  const auto file = disk->open("store.db");
  const FileSizeLimit limit(4096);
  ASSERT_EQ(file->write(4000, bytes_of(std::string(200, 'x'))), DiskStatus::ok);
  EXPECT_EQ(file->sync(), DiskStatus::full);
  EXPECT_EQ(file->sync(), DiskStatus::full) << "and again, since it is still not there";
}

TEST_F(FileDiskTest, zeroes_what_a_read_does_not_find) {
  const auto disk = open();
  const auto file = disk->open("store.db");
  ASSERT_EQ(file->write(0, bytes_of("abc")), DiskStatus::ok);
  EXPECT_EQ(text_at(*file, 1, 4, DiskStatus::short_read), std::string("bc\0\0", 4));
  EXPECT_EQ(text_at(*file, 100, 2, DiskStatus::short_read), std::string("\0\0", 2));
}

TEST_F(FileDiskTest, truncates_and_removes) {
  const auto disk = open();
  {
    const auto file = disk->open("store.db");
    ASSERT_EQ(file->write(0, bytes_of("abc")), DiskStatus::ok);
    EXPECT_EQ(file->truncate(1), DiskStatus::ok);
    EXPECT_EQ(file->size(), 1U);
  }
  EXPECT_EQ(disk->remove("store.db"), DiskStatus::ok);
  EXPECT_FALSE(disk->exists("store.db"));
  EXPECT_EQ(disk->remove("store.db"), DiskStatus::ok) << "it is gone either way";
}

TEST_F(FileDiskTest, is_readable_by_its_owner_alone) {
  const auto disk = open();
  const auto file = disk->open("store.db");
  EXPECT_EQ(folder_.mode("data"), 0700U);
  EXPECT_EQ(folder_.mode("data/store.db"), 0600U);
}

TEST_F(FileDiskTest, opens_nothing_outside_its_folder_and_not_its_lock) {
  const auto disk = open();
  for (const auto* name : {"", ".", "..", "../outside", "/etc/passwd", "a/b", "lock"}) {
    EXPECT_EQ(disk->open(name), nullptr) << name;
    EXPECT_FALSE(disk->exists(name)) << name;
    EXPECT_NE(disk->remove(name), DiskStatus::ok) << name;
  }
  EXPECT_FALSE(folder_.has("outside"));
}

TEST_F(FileDiskTest, has_one_owner_at_a_time) {
  auto disk = open();
  const auto second = FileDisk::in_folder(folder_ / "data");
  ASSERT_FALSE(second.has_value());
  EXPECT_THAT(second.error().message, HasSubstr("data is in use by process " + std::to_string(::getpid())));
  disk.reset();
  EXPECT_TRUE(FileDisk::in_folder(folder_ / "data").has_value());
}

TEST_F(FileDiskTest, says_what_is_in_the_way) {
  folder_.write("file", "");
  EXPECT_THAT(FileDisk::in_folder(folder_ / "file").error().message, HasSubstr("file cannot be created: Not a directory"));
  EXPECT_THAT(FileDisk::in_folder(folder_ / "no/such").error().message, HasSubstr("No such file or directory"));
  EXPECT_THAT(FileDisk::in_folder("/proc/self/fd").error().message, HasSubstr("/proc/self/fd is not writable"));
}

TEST_F(FileDiskTest, tells_a_full_disk_from_a_broken_one) {
  const auto disk = open();
  const auto file = disk->open("store.db");
  {
    const FileSizeLimit limit(4096);
    EXPECT_EQ(file->write(0, bytes_of(std::string(8192, 'x'))), DiskStatus::full);
  }
  EXPECT_EQ(file->write(0, bytes_of("fits")), DiskStatus::ok);
}

}  // namespace file_disk_test
}  // namespace live
