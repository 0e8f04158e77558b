#include "fakes/devices/agent_reminders.h"

#include <algorithm>
#include <array>

namespace fakes::devices {
namespace {

/// With so much left or less, once in so long.
struct Row {
  base::Duration left;
  base::Duration pause;
};

constexpr std::array rows{Row{std::chrono::days{2}, std::chrono::hours{4}}, Row{std::chrono::days{7}, std::chrono::hours{12}},
                          Row{std::chrono::days{14}, std::chrono::hours{24}}};

}  // namespace

std::optional<base::Duration> reminder_pause(base::Duration left) {
  if (left <= base::Duration::zero()) return std::nullopt;
  const auto row = std::ranges::find_if(rows, [&](const Row& one) { return left <= one.left; });
  return row == rows.end() ? std::nullopt : std::optional(row->pause);
}

std::optional<base::Instant> next_reminder(base::Instant now, base::Instant expires, std::optional<base::Instant> last) {
  std::optional<base::Instant> next;
  for (const auto& [left, pause] : rows) {
    // From when on this pause holds, and what it asks for.
    const auto begins = expires - left;
    const auto due = std::max({now, begins, last ? *last + pause : begins});
    if (due < expires && (!next || due < *next)) next = due;
  }
  return next;
}

}  // namespace fakes::devices
