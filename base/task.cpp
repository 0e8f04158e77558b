#include "base/task.h"

#include <boost/asio/co_spawn.hpp>

namespace base {
namespace {

/// Reports an escaped exception at once: a completion handler would be dropped when the scope died meanwhile.
Task<void> guarded(Scheduler& scheduler, TaskRef record, Task<void> task) {
  try {
    co_await std::move(task);
  } catch (...) {
    scheduler.task_failed(*record, std::current_exception());
  }
}

}  // namespace

void spawn(Scheduler& scheduler, const std::shared_ptr<Scope>& scope, std::string_view name, Task<void> task) {
  const auto record = scheduler.make_task(scope, name);
  boost::asio::co_spawn(Executor{scheduler, record}, guarded(scheduler, record, std::move(task)),
                        [](const std::exception_ptr&) {});
}

}  // namespace base
