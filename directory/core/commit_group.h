// Requests that wait together share one commit: each is a savepoint of one transaction, so that a refusal takes
// back its own writes alone. Until the commit is synced nothing leaves that was written or read meanwhile.
#pragma once

#include "base/http_transport.h"
#include "base/wait.h"
#include "directory/store/database.h"

namespace directory {

class CommitGroup {
 public:
  CommitGroup(Database& db, base::Scheduler& scheduler) : opened(scheduler), committed(scheduler), db_(&db) {}

  /// Whether the store shows what is not synced yet.
  [[nodiscard]] bool is_open() const { return open_; }
  /// Whether the store has not failed.
  [[nodiscard]] bool is_sound() const { return db_->failure().empty(); }
  /// Begins a request's part, and the group where none is open.
  void begin_part();
  void end_part(bool keep);
  /// Ends the group; false when nothing of it is kept. Whoever waits for it goes on either way.
  [[nodiscard]] bool commit();

  base::Event opened;
  base::Event committed;

 private:
  Database* db_;
  bool open_ = false;
};

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
