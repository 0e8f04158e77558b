// When the app reminds somebody that the password expires soon: a pure function of the device's clock. [rule V87]
#pragma once

#include <optional>

#include "base/instant.h"

namespace fakes::devices {

/// The pause between two reminders with that much left; empty where none is shown. At a bound the shorter pause counts.
/// Assumed: nothing is shown once the password has expired. [rule V87]
[[nodiscard]] std::optional<base::Duration> reminder_pause(base::Duration left);

/// When the next reminder is due, at `now` or later; empty: never. `last` is when one was shown before for this
/// expiry. Each reminder waits out the pause that holds at the time; where a shorter one begins meanwhile, that counts.
[[nodiscard]] std::optional<base::Instant> next_reminder(base::Instant now, base::Instant expires, std::optional<base::Instant> last);

}  // namespace fakes::devices
