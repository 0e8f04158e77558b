#include "live/background_sync.h"

#include <unistd.h>

#include <utility>

namespace live {

BackgroundSync::BackgroundSync(Post post) : post_(std::move(post)), thread_([this] { work(); }) {}

BackgroundSync::~BackgroundSync() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void BackgroundSync::begin(int file, std::function<void(bool)> done) {
  {
    const std::lock_guard lock(mutex_);
    orders_.push_back({file, std::move(done)});
  }
  changed_.notify_all();
}

bool BackgroundSync::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return orders_.empty(); });
  return !failed_;
}

void BackgroundSync::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return ending_ || !orders_.empty(); });
    if (orders_.empty()) return;
    const int file = orders_.front().file;
    lock.unlock();
    const bool synced = ::fdatasync(file) == 0;
    lock.lock();
    failed_ = failed_ || !synced;
    auto done = std::move(orders_.front().done);
    orders_.pop_front();
    post_([done = std::move(done), synced] { done(synced); });
    changed_.notify_all();
  }
}

}  // namespace live
