#include "fakes/okta/api/event_hooks.h"

#include <algorithm>

namespace fakes::okta::api {

EventHook* EventHooks::find(const std::string& id) {
  const auto found = hooks_.find(id);
  return found == hooks_.end() ? nullptr : &found->second;
}

std::size_t EventHooks::types_beside(const std::string& id) const {
  std::size_t count = 0;
  for (const auto& [other, hook] : hooks_) count += other == id ? 0 : hook.events.size();
  return count;
}

std::vector<EventHooks::Delivery> EventHooks::due(const SystemLog& log) {
  const auto& events = log.events();
  const auto first = log.written() - events.size();
  std::vector<Delivery> out;
  for (auto at = std::max(seen_, first); at < log.written(); ++at) {
    const auto& event = events[static_cast<std::size_t>(at - first)];
    const std::string type(okta::info_of(event.type).name);
    for (const auto& [id, hook] : hooks_) {
      if (hook.active && hook.verified && at >= hook.since && hook.events.contains(type)) out.push_back({id, event});
    }
  }
  seen_ = log.written();
  return out;
}

bool EventHooks::may_deliver(base::Instant now) {
  while (!delivered_.empty() && delivered_.front() + std::chrono::hours{24} <= now) delivered_.pop_front();
  if (delivered_.size() >= most_deliveries_a_day) return false;
  delivered_.push_back(now);
  return true;
}

}  // namespace fakes::okta::api
