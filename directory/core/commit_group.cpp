#include "directory/core/commit_group.h"

#include <algorithm>
#include <utility>

namespace directory {

void CommitGroup::begin_part() {
  if (!open_) {
    db_->begin();
    open_ = true;
    ++latest_;
    opened.notify_all();
  }
  db_->run("SAVEPOINT part");
}

void CommitGroup::end_part(bool keep) {
  if (!keep) db_->run("ROLLBACK TO part");
  db_->run("RELEASE part");
}

void CommitGroup::settle(std::uint64_t group) {
  settled_ = std::max(settled_, group);
  committed.notify_all();
}

bool CommitGroup::commit() {
  open_ = false;
  const auto group = latest_;
  // Those before are settled with it.
  if (syncing_) db_->finish_sync();
  const bool durable = db_->commit();
  settle(group);
  return durable;
}

base::Task<void> CommitGroup::commit_beside(CommitGroup& self) {
  self.open_ = false;
  const auto group = self.latest_;
  self.syncing_ = self.db_->begin_commit([&self] {
    self.syncing_ = false;
    self.synced_.notify_all();
  });
  if (self.syncing_) co_await self.synced_.wait("the disk");
  self.settle(group);
}

base::Task<void> settled(CommitGroup& group) {
  const auto seen = group.latest();
  while (!group.is_settled(seen)) co_await group.committed.wait("the commit of a group");
}

base::Task<base::HttpResult> SettledTransport::send(base::HttpRequest request, base::Duration timeout) {
  co_await settled(*group_);
  if (!group_->is_sound()) {
    co_return std::unexpected(
        base::TransportFailure{base::TransportFailure::Kind::unreachable, "the store is not available"});
  }
  auto result = co_await onward_->send(std::move(request), timeout);
  co_return result;
}

}  // namespace directory
