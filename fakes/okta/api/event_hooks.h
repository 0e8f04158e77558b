// Endpoints that are told of events as they are logged. [Okta provisioning-clients 5.7-13]
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/http.h"
#include "base/instant.h"
#include "fakes/okta/org/org.h"

namespace fakes::okta::api {

struct EventHook {
  std::string id;                       ///< `who…`
  std::string name{};
  std::string url{};
  std::string origin{};                 ///< of the org, as the creator used it
  std::vector<base::Header> headers{};  ///< that each delivery carries, the secret one included
  std::set<std::string> events{};       ///< names of types
  bool active = true;
  bool verified = false;
  std::uint64_t since = 0;  ///< how many events the log had when it began to be told
  base::Instant created{};
  base::Instant last_updated{};
};

inline constexpr std::size_t most_hooks = 25;
inline constexpr std::size_t most_event_types = 300;  ///< Assumed: of all hooks together
inline constexpr std::size_t most_deliveries_a_day = 400'000;

class EventHooks {
 public:
  [[nodiscard]] std::map<std::string, EventHook>& all() { return hooks_; }
  [[nodiscard]] EventHook* find(const std::string& id);
  /// How many types the hooks but this one name.
  [[nodiscard]] std::size_t types_beside(const std::string& id) const;

  /// It is told of what is logged from now on.
  static void begin(EventHook& hook, const SystemLog& log) { hook.since = log.written(); }

  /// The hook that the current request wants to be asked whether it is there; whoever answers the request asks it.
  std::string to_verify{};

  struct Delivery {
    std::string hook;
    LogEvent event;
  };
  /// What was logged since the last call and somebody is to be told of, in the log's order.
  [[nodiscard]] std::vector<Delivery> due(const SystemLog& log);
  [[nodiscard]] bool has_unseen(const SystemLog& log) const { return !hooks_.empty() && seen_ < log.written(); }
  /// Whether one more delivery is within the day's quota; it counts from then on.
  [[nodiscard]] bool may_deliver(base::Instant now);

 private:
  std::map<std::string, EventHook> hooks_{};
  std::uint64_t seen_ = 0;  ///< events of the log
  std::deque<base::Instant> delivered_{};
};

}  // namespace fakes::okta::api
