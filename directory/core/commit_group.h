// Requests that wait together share one commit: each is a savepoint of one transaction, so that a refusal takes
// back its own writes alone. Until the commit is synced nothing leaves that was written or read meanwhile.
#pragma once

#include <cstdint>

#include "base/http_transport.h"
#include "base/wait.h"
#include "directory/store/database.h"

namespace directory {

class CommitGroup {
 public:
  CommitGroup(Database& db, base::Scheduler& scheduler) : opened(scheduler), committed(scheduler), db_(&db), synced_(scheduler) {}

  /// Whether requests can join: the store has a transaction open.
  [[nodiscard]] bool is_open() const { return open_; }
  /// The group that was opened last. Whoever has seen the store now waits until it is settled.
  [[nodiscard]] std::uint64_t latest() const { return latest_; }
  /// Whether all that was written up to this group is synced, or the store has failed.
  [[nodiscard]] bool is_settled(std::uint64_t group) const { return settled_ >= group; }
  /// Whether the store has not failed.
  [[nodiscard]] bool is_sound() const { return db_->failure().empty(); }
  /// Begins a request's part, and the group where none is open.
  void begin_part();
  void end_part(bool keep);
  /// Ends the group; false when nothing of it is kept. Whoever waits for it goes on either way.
  [[nodiscard]] bool commit();
  /// Ends the group, and leaves its sync to the disk where that can be: another one may open meanwhile. Returns once it is settled.
  static base::Task<void> commit_beside(CommitGroup& self);

  base::Event opened;
  /// A group was settled.
  base::Event committed;

 private:
  void settle(std::uint64_t group);

  Database* db_;
  base::Event synced_;
  bool open_ = false;
  bool syncing_ = false;
  std::uint64_t latest_ = 0;
  std::uint64_t settled_ = 0;
};

/// Returns once all that the store shows now is synced, or has failed.
base::Task<void> settled(CommitGroup& group);

/// Sends once what the sender may have seen is synced, and nothing where it could not be.
class SettledTransport final : public base::HttpTransport {
 public:
  SettledTransport(CommitGroup& group, base::HttpTransport& onward) : group_(&group), onward_(&onward) {}

  base::Task<base::HttpResult> send(base::HttpRequest request, base::Duration timeout) override;

 private:
  CommitGroup* group_;
  base::HttpTransport* onward_;
};

}  // namespace directory
