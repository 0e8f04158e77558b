// Files synced beside the loop's work.
#include "live/background_sync.h"

#include <fcntl.h>
#include <gmock/gmock.h>

#include <future>

#include "live/file_disk.h"
#include "live/folder_fixture.h"

namespace live {
namespace background_sync_test {

using base::DiskStatus;
using ::testing::ElementsAre;

/// What comes back, taken up when this thread gets to it.
class Mailbox {
 public:
  BackgroundSync::Post post() {
    return [this](std::function<void()> told) {
      const std::lock_guard lock(mutex_);
      told_.push_back(std::move(told));
      come_.notify_all();
    };
  }
  void take_one() {
    std::unique_lock lock(mutex_);
    come_.wait(lock, [this] { return !told_.empty(); });
    const auto told = std::move(told_.front());
    told_.pop_front();
    lock.unlock();
    told();
  }

 private:
  std::mutex mutex_;
  std::condition_variable come_;
  std::deque<std::function<void()>> told_;
};

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

class BackgroundSyncTest : public ::testing::Test {
 protected:
  Folder folder_;
  Mailbox mailbox_;
};

TEST_F(BackgroundSyncTest, tells_in_order_and_remembers_a_failure) {
  BackgroundSync beside(mailbox_.post());
  const Descriptor file(::open((folder_ / "").c_str(), O_RDONLY | O_DIRECTORY));
  std::vector<bool> told;
  const auto note = [&told](bool synced) { told.push_back(synced); };
  beside.begin(file.get(), note);
  mailbox_.take_one();
  EXPECT_TRUE(beside.wait());
  beside.begin(-1, note);
  beside.begin(file.get(), note);
  EXPECT_FALSE(beside.wait());
  EXPECT_THAT(told, ElementsAre(true)) << "on this thread alone";
  mailbox_.take_one();
  mailbox_.take_one();
  EXPECT_THAT(told, ElementsAre(true, false, true));
}

TEST_F(BackgroundSyncTest, a_disk_syncs_beside_once_it_may) {
  auto disk = FileDisk::in_folder(folder_ / "data");
  ASSERT_TRUE(disk.has_value());
  const auto file = (*disk)->open("store.db");
  std::vector<DiskStatus> told;
  const auto note = [&told](DiskStatus status) { told.push_back(status); };
  EXPECT_FALSE(file->begin_sync(note));
  (*disk)->sync_beside(mailbox_.post());
  ASSERT_EQ(file->write(0, bytes_of("hello")), DiskStatus::ok);
  ASSERT_TRUE(file->begin_sync(note));
  EXPECT_EQ(folder_.read("data/store.db"), "hello");
  EXPECT_EQ(file->write(5, bytes_of(" there")), DiskStatus::ok) << "others go on";
  mailbox_.take_one();
  EXPECT_THAT(told, ElementsAre(DiskStatus::ok));
  EXPECT_EQ(file->sync(), DiskStatus::ok);
  (*disk)->sync_beside_no_more();
  EXPECT_FALSE(file->begin_sync(note));
}

}  // namespace background_sync_test
}  // namespace live
