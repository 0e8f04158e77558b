// Syncs of files on a thread of their own, one after the other, while the loop goes on: the disk is waited for, and nobody waits for the
// wait. Nothing else happens on that thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace live {

class BackgroundSync {
 public:
  /// How something comes back to the loop's thread, in order; can be called from any.
  using Post = std::function<void(std::function<void()>)>;

  explicit BackgroundSync(Post post);
  /// Waits for what has begun, and for it to be posted.
  ~BackgroundSync();
  BackgroundSync(const BackgroundSync&) = delete;
  BackgroundSync& operator=(const BackgroundSync&) = delete;

  /// The file stays open until `done` was told, or wait() has returned.
  void begin(int file, std::function<void(bool synced)> done);
  /// Waits for all that has begun. False where one has failed, then or earlier.
  [[nodiscard]] bool wait();

 private:
  struct Order {
    int file = -1;
    std::function<void(bool)> done;
  };

  void work();

  Post post_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Order> orders_;  ///< the first one is under way
  bool failed_ = false;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace live
