// What the org writes down of all that happens in it, kept for ninety days.
// [Okta provisioning-clients 5.7-01] [Okta provisioning-clients 5.7-03]
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/rng.h"
#include "fakes/okta/org/actor.h"
#include "fakes/okta/org/event_type.h"

namespace fakes::okta {

inline constexpr base::Duration log_retention = std::chrono::days{90};  // [Okta provisioning-clients 5.7-01]

struct LogTarget {
  std::string id;
  std::string type;  ///< User, UserGroup, AppInstance, AppUser
  std::string alternate_id{};
  std::string display_name{};
};

enum class LogResult : std::uint8_t { success, failure, skipped, allow, deny, challenge, unknown };
[[nodiscard]] std::string_view name_of(LogResult result);

struct LogOutcome {
  LogResult result = LogResult::success;
  std::string reason{};
};

struct LogEvent {
  std::string uuid{};
  base::Instant published{};
  EventType type = EventType::user_create;
  Severity severity = Severity::info;
  Actor actor{};
  LogOutcome outcome{};
  std::vector<LogTarget> targets{};
  std::string transaction_id{};
  std::string session_id{};                           ///< of the authentication context
  std::map<std::string, std::string> debug_data{};
};

class SystemLog {
 public:
  explicit SystemLog(base::Rng rng) : rng_(rng) {}

  /// Draws its uuid, and a transaction where the actor names none; events older than the retention go.
  const LogEvent& write(base::Instant now, EventType type, const Actor& actor, std::vector<LogTarget> targets, LogOutcome outcome = {},
                        std::map<std::string, std::string> debug_data = {});

  /// Oldest first.
  [[nodiscard]] const std::deque<LogEvent>& events() const { return events_; }
  /// From `since` on and before `until`, oldest first.
  [[nodiscard]] std::ranges::subrange<std::deque<LogEvent>::const_iterator> between(base::Instant since, base::Instant until) const;
  /// How many were ever written: the newest event's position, where those that went count.
  [[nodiscard]] std::uint64_t written() const { return written_; }

 private:
  base::Rng rng_;
  std::deque<LogEvent> events_;
  std::uint64_t written_ = 0;
};

}  // namespace fakes::okta
