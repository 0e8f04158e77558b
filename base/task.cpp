#include "base/task.h"

#include <boost/asio/co_spawn.hpp>

namespace base {

void spawn(Scheduler& scheduler, const std::shared_ptr<Scope>& scope, std::string name, Task<void> task) {
  const auto record = scheduler.make_task(scope, std::move(name));
  boost::asio::co_spawn(Executor{scheduler, record}, std::move(task), [&scheduler, record](std::exception_ptr error) {
    if (error) scheduler.task_failed(*record, std::move(error));
  });
}

}  // namespace base
