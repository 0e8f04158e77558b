// Task<T>: the one spelling of a coroutine in this project, and how one is started.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <string_view>

#include "base/scheduler.h"

namespace base {

template <class T>
using Task = boost::asio::awaitable<T, Executor>;

/// Starts `task` through the queue, under a name that reports and the event budget use; keep ids out of
/// names, they are counted together. An exception that escapes it ends the run.
void spawn(Scheduler& scheduler, const std::shared_ptr<Scope>& scope, std::string_view name, Task<void> task);

}  // namespace base
