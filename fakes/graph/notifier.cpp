#include "fakes/graph/notifier.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/back_off.h"
#include "base/encoding.h"
#include "base/uri.h"
#include "base/wait.h"
#include "fakes/entra/guid.h"

namespace fakes::graph {
namespace {

constexpr base::Duration validation_time = std::chrono::seconds{10};
constexpr base::Duration slow_after = std::chrono::seconds{30};
constexpr base::Duration given_up_after = std::chrono::hours{4};
constexpr base::Duration health_window = std::chrono::minutes{10};
constexpr base::Duration collected_for = std::chrono::seconds{5};  ///< what changes meanwhile comes in one POST; Assumed [Graph N8]
constexpr base::Duration first_retry = std::chrono::seconds{10};
constexpr base::Duration longest_retry = std::chrono::minutes{30};
constexpr std::size_t fewest_judged = 10;  ///< deliveries; Assumed

/// Wakes who waits for changes, where somebody has subscribed.
class Listening {
 public:
  Listening(entra::Tenant& tenant, const Subscriptions& subscriptions, base::Event& changed) : tenant_(&tenant) {
    tenant.on_change([&subscriptions, &changed] {
      if (!subscriptions.all().empty()) changed.notify_all();
    });
  }
  ~Listening() { tenant_->on_change({}); }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;

 private:
  entra::Tenant* tenant_;
};

}  // namespace

base::Task<bool> Notifier::validate(std::string url) {
  // Its spaces and colons show whether the endpoint decodes it. [Graph F26]
  const auto token = fmt::format("Validation: Testing client application reachability for subscription Request-Id: {}", entra::make_guid(rng_));
  const auto uri = base::parse_uri(fmt::format("{}{}validationToken={}", url, url.contains('?') ? '&' : '?', base::percent_encode(token)));
  if (!uri) co_return false;
  base::HttpRequest request("POST", *uri);
  request.headers.set("Content-Type", "text/plain; charset=utf-8");
  const auto asked = clock_->now();
  const auto result = co_await transport_->send(std::move(request), validation_time);
  if (!result || result->status != 200 || clock_->now() - asked > validation_time) co_return false;
  const auto type = base::to_lower(result->headers.find("Content-Type").value_or(""));
  co_return type.starts_with("text/plain") && result->body == token;
}

Notifier::Health Notifier::health_of(const std::string& url) {
  auto& recent = deliveries_[url];
  while (!recent.empty() && recent.front().at + health_window < clock_->now()) recent.pop_front();
  if (recent.size() < fewest_judged) return Health::good;
  const auto slow = static_cast<std::size_t>(std::ranges::count(recent, true, &Delivery::slow));
  if (slow * 100 > recent.size() * 20) return Health::bad;
  return slow * 100 > recent.size() * 10 ? Health::slow : Health::good;
}

base::Task<void> Notifier::deliver() {
  end_lost_subscriptions(*subscriptions_, *tenant_, clock_->now());
  queue_notifications(*subscriptions_, *tenant_, clock_->now());
  // What is queued meanwhile waits for the next round.
  const auto waiting = subscriptions_->notifications.size();
  for (std::size_t i = 0; i < waiting && !subscriptions_->notifications.empty(); ++i) {
    auto notification = std::move(subscriptions_->notifications.front());
    subscriptions_->notifications.pop_front();
    if (notification.due > clock_->now()) {
      subscriptions_->notifications.push_back(std::move(notification));
      continue;
    }
    co_await send(std::move(notification));
  }
}

std::optional<base::Instant> Notifier::next_due() const {
  const auto& waiting = subscriptions_->notifications;
  if (waiting.empty()) return std::nullopt;
  return std::ranges::min(waiting, {}, &Notification::due).due;
}

base::Task<void> Notifier::run(base::Scheduler* scheduler) {
  base::Event changed(*scheduler);
  const Listening listening(*tenant_, *subscriptions_, changed);
  for (;;) {
    const bool unseen = !subscriptions_->all().empty() && subscriptions_->seen < tenant_->changes().last();
    if (!unseen) {
      const auto due = next_due();
      if (!due) {
        co_await changed.wait("a change that subscribers are told of");
      } else if (*due > clock_->now()) {
        co_await changed.wait_until(clock_->to_world(*due), "a notification to be sent again");
      }
    }
    co_await clock_->sleep_for(collected_for);
    co_await deliver();
  }
}

void Notifier::give_up(const Notification& notification) {
  if (notification.is_lifecycle) return;
  std::set<std::string> told;
  for (const auto& part : notification.parts) {
    const auto* subscription = subscriptions_->find(part.subscription);
    if (subscription != nullptr && told.insert(part.subscription).second) queue_missed(*subscriptions_, *subscription, *tenant_, clock_->now());
  }
}

base::Task<void> Notifier::send(Notification notification) {
  if (!notification.is_lifecycle)
    std::erase_if(notification.parts, [this](const Notification::Part& part) { return subscriptions_->find(part.subscription) == nullptr; });
  if (notification.parts.empty()) co_return;
  const auto health = health_of(notification.url);
  if (health == Health::bad) {
    give_up(notification);
    co_return;
  }
  if (health == Health::slow && notification.attempts == 0 && clock_->now() < notification.made + health_window) {
    notification.due = notification.made + health_window;
    subscriptions_->notifications.push_back(std::move(notification));
    co_return;
  }
  const auto uri = base::parse_uri(notification.url);
  if (!uri) co_return;
  base::HttpRequest request("POST", *uri);
  request.headers.set("Content-Type", "application/json; charset=utf-8");
  base::JsonArray value;
  for (const auto& part : notification.parts) value.push_back(part.json);
  base::JsonObject body;
  body["value"] = std::move(value);
  request.body = base::to_text(body);
  const auto began = clock_->now();
  const auto result = co_await transport_->send(std::move(request), slow_after);
  const auto now = clock_->now();
  const bool taken = result && result->ok();
  deliveries_[notification.url].push_back({now, !result || now - began >= slow_after});
  if (taken) co_return;
  ++notification.attempts;
  notification.due = now + base::back_off(notification.attempts, first_retry, longest_retry);
  if (notification.due <= notification.made + given_up_after) {
    subscriptions_->notifications.push_back(std::move(notification));
  } else {
    give_up(notification);
  }
}

}  // namespace fakes::graph
