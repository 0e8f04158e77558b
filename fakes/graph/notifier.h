// Sends what subscribers are to be told, and asks new endpoints whether they are there. [Graph N3] [Graph N6]
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/http_transport.h"
#include "base/rng.h"
#include "base/scheduler.h"
#include "base/task.h"
#include "fakes/graph/subscriptions.h"

namespace fakes::graph {

class Notifier {
 public:
  /// All of them outlive it.
  Notifier(base::HttpTransport& transport, base::Clock& clock, base::Rng rng, entra::Tenant& tenant, Subscriptions& subscriptions)
      : transport_(&transport), clock_(&clock), rng_(rng), tenant_(&tenant), subscriptions_(&subscriptions) {}

  /// Whether the endpoint sends the token back, decoded, as plain text, within ten seconds.
  base::Task<bool> validate(std::string url);
  /// One round: notes what changed and sends what is due. What is not taken is sent again for four hours.
  base::Task<void> deliver();
  /// Rounds for ever: some seconds after a change that somebody is to be told of, and when something is due again.
  base::Task<void> run(base::Scheduler* scheduler);

 private:
  struct Delivery {
    base::Instant at{};
    bool slow = false;
  };
  /// How an endpoint did in the last ten minutes.
  enum class Health : std::uint8_t { good, slow, bad };
  Health health_of(const std::string& url);
  base::Task<void> send(Notification notification);
  [[nodiscard]] std::optional<base::Instant> next_due() const;
  void give_up(const Notification& notification);

  base::HttpTransport* transport_;
  base::Clock* clock_;
  base::Rng rng_;
  entra::Tenant* tenant_;
  Subscriptions* subscriptions_;
  std::map<std::string, std::deque<Delivery>> deliveries_{};  ///< by URL
};

}  // namespace fakes::graph
