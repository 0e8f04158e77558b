// What time does to passwords: warnings of their expiry, the expiry itself, and the end of a lock.
#pragma once

#include <optional>

#include "directory/core/core.h"

namespace directory {

/// When something of it is due next.
[[nodiscard]] std::optional<base::Instant> next_password_work(Core& core);
/// Does some of what is due, inside a transaction; the rest is still due then. [rule D110] [rule D114]
void do_password_work(Core& core);

}  // namespace directory
