// Subscriptions to changes: who wants to be told of what, where and until when. [Graph N1] to [Graph N10]
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "fakes/graph/call.h"

namespace fakes::graph {

inline constexpr std::int64_t longest_subscription = 41'760;  ///< minutes [Graph N2]

struct Subscription {
  std::string id{};
  std::string resource{};        ///< as sent
  ObjectKind kind = ObjectKind::user;
  std::string object{};          ///< an id; empty: all of the kind
  std::vector<std::string> change_types{};
  std::string notification_url{};
  std::string lifecycle_url{};
  std::string client_state{};
  base::Instant created{};
  std::uint64_t after = 0;       ///< of the change feed: what was there before is no news
  base::Instant expires{};
  std::string app_id{};
  entra::ObjectId user{};        ///< on whose behalf; empty: the app's own

  [[nodiscard]] bool wants(std::string_view change_type) const;
};

inline constexpr std::size_t most_in_notification = 100;  ///< changes in one POST; Assumed [Graph N8]

/// Something to be sent to a client, until it takes it. What one round tells one endpoint comes together.
struct Notification {
  struct Part {
    std::string subscription{};
    base::JsonObject json{};
  };
  std::string url{};
  std::vector<Part> parts{};
  bool is_lifecycle = false;
  base::Instant made{};
  base::Instant due{};
  int attempts = 0;
};

/// What lasts from request to request.
class Subscriptions {
 public:
  [[nodiscard]] std::map<std::string, Subscription>& all() { return by_id_; }
  [[nodiscard]] const std::map<std::string, Subscription>& all() const { return by_id_; }
  [[nodiscard]] Subscription* find(const std::string& id);
  void expire(base::Instant now);

  std::deque<std::string> unvalidated{};   ///< ids whose endpoint has not shown yet that it is there
  std::deque<Notification> notifications{};
  std::uint64_t seen = 0;                  ///< changes up to here were notified

 private:
  std::map<std::string, Subscription> by_id_;
};

[[nodiscard]] Reply list_subscriptions(const Call& call);
[[nodiscard]] Reply create_subscription(const Call& call);
[[nodiscard]] Reply read_subscription(const Call& call);
[[nodiscard]] Reply update_subscription(const Call& call);
[[nodiscard]] Reply delete_subscription(const Call& call);

/// Queues what the changes since the last time tell the subscribers.
void queue_notifications(Subscriptions& subscriptions, const entra::Tenant& tenant, base::Instant now);
/// Ends subscriptions made on behalf of users whose password was reset since, and says so. [Graph N9]
void end_lost_subscriptions(Subscriptions& subscriptions, const entra::Tenant& tenant, base::Instant now);
/// Says that notifications were lost, where the client wants to know. [Graph N9]
void queue_missed(Subscriptions& subscriptions, const Subscription& subscription, const entra::Tenant& tenant, base::Instant now);

}  // namespace fakes::graph
