#include "fakes/okta/org/system_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fakes::okta {
namespace {

/// 8-4-4-4-12 hexadecimal digits.
std::string make_uuid(base::Rng& rng) {
  auto text = rng.hex(16);
  for (const auto at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
  return text;
}

}  // namespace

std::string_view name_of(LogResult result) {
  constexpr std::array<std::string_view, 7> names{"SUCCESS", "FAILURE", "SKIPPED", "ALLOW", "DENY", "CHALLENGE", "UNKNOWN"};
  return names.at(static_cast<std::size_t>(result));
}

const LogEvent& SystemLog::write(base::Instant now, EventType type, const Actor& actor, std::vector<LogTarget> targets, LogOutcome outcome,
                                 std::map<std::string, std::string> debug_data) {
  while (!events_.empty() && events_.front().published + log_retention < now) events_.pop_front();
  LogEvent event;
  event.uuid = make_uuid(rng_);
  // A clock that was set back does not disturb the order.
  event.published = events_.empty() ? now : std::max(now, events_.back().published);
  event.type = type;
  event.severity = info_of(type).severity;
  if (outcome.result == LogResult::failure) event.severity = std::max(event.severity, Severity::warn);
  event.actor = actor;
  event.outcome = std::move(outcome);
  event.targets = std::move(targets);
  event.transaction_id = actor.transaction_id.empty() ? make_uuid(rng_) : actor.transaction_id;
  event.debug_data = std::move(debug_data);
  ++written_;
  return events_.emplace_back(std::move(event));
}

std::ranges::subrange<std::deque<LogEvent>::const_iterator> SystemLog::between(base::Instant since, base::Instant until) const {
  const auto from = std::ranges::lower_bound(events_, since, {}, &LogEvent::published);
  const auto to = std::ranges::lower_bound(events_, until, {}, &LogEvent::published);
  return {from, std::max(from, to)};
}

}  // namespace fakes::okta
