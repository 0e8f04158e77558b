// Work that time brings: expiries, warnings, locks that end, changes of state on their day. What is due
// stands in the store, so that a restart takes it up.
#pragma once

#include "base/task.h"
#include "directory/core/core.h"

namespace directory {

/// Does what is due when it is due, for ever; sleeps until then, or until the agenda changes.
base::Task<void> do_due_work(Core& core);

}  // namespace directory
