#include "directory/core/commit_group.h"

namespace directory {

void CommitGroup::begin_part() {
  if (!open_) {
    db_->begin();
    open_ = true;
    opened.notify_all();
  }
  db_->run("SAVEPOINT part");
}

void CommitGroup::end_part(bool keep) {
  if (!keep) db_->run("ROLLBACK TO part");
  db_->run("RELEASE part");
}

bool CommitGroup::commit() {
  open_ = false;
  const bool durable = db_->commit();
  committed.notify_all();
  return durable;
}

base::Task<base::HttpResult> SettledTransport::send(base::HttpRequest request, base::Duration timeout) {
  if (group_->is_open()) co_await group_->committed.wait("the commit of a group");
  if (!group_->is_sound()) {
    co_return std::unexpected(
        base::TransportFailure{base::TransportFailure::Kind::unreachable, "the store is not available"});
  }
  auto result = co_await onward_->send(std::move(request), timeout);
  co_return result;
}

}  // namespace directory
