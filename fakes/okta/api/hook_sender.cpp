#include "fakes/okta/api/hook_sender.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/uri.h"
#include "fakes/okta/api/logs.h"

namespace fakes::okta::api {
namespace {

constexpr auto patience = std::chrono::seconds{3};

/// Only what took too long or failed at the endpoint is tried once more.
bool is_worth_a_retry(const base::HttpResult& result) {
  if (!result) return result.error().kind == base::TransportFailure::Kind::timed_out;
  return result->status >= 500;
}

void add_headers(base::HttpRequest& request, const EventHook& hook) {
  for (const auto& header : hook.headers) request.headers.set(header.name, header.value);
}

}  // namespace

base::Task<bool> HookSender::verify(std::string hook_id) {
  const auto* hook = hooks_->find(hook_id);
  const auto uri = hook == nullptr ? base::fail("no hook") : base::parse_uri(hook->url);
  if (!uri) co_return false;
  const auto challenge = rng_.hex(16);
  base::HttpRequest request("GET", *uri);
  add_headers(request, *hook);
  request.headers.set("x-okta-verification-challenge", challenge);
  const auto result = co_await transport_->send(std::move(request), patience);
  if (!result || !result->ok()) co_return false;
  const auto body = base::parse_json(result->body);
  const bool is_right = body && base::string_member(*body, "verification") == challenge;
  // The hook may be another or gone by now.
  auto* asked = hooks_->find(hook_id);
  if (!is_right || asked == nullptr) co_return false;
  asked->verified = true;
  EventHooks::begin(*asked, org_->log());
  co_return true;
}

base::Task<void> HookSender::deliver() {
  auto due = hooks_->due(org_->log());
  if (options_->quirks.has(Quirk::hooks_out_of_order)) std::ranges::reverse(due);
  const bool twice = options_->quirks.has(Quirk::hooks_deliver_twice);
  for (const auto& delivery : due) {
    for (int i = 0; i < (twice ? 2 : 1); ++i) {
      auto one = delivery;
      co_await send(std::move(one));
    }
  }
}

base::Task<void> HookSender::send(EventHooks::Delivery delivery) {
  const auto* hook = hooks_->find(delivery.hook);
  if (hook == nullptr || !hook->active || !hooks_->may_deliver(clock_->now())) co_return;
  const auto uri = base::parse_uri(hook->url);
  if (!uri) co_return;
  base::JsonObject body;
  body["eventType"] = "com.okta.event_hook";
  body["eventTypeVersion"] = "1.0";
  body["cloudEventsVersion"] = "0.1";
  body["source"] = base::json_text(fmt::format("{}/api/v1/eventHooks/{}", hook->origin, hook->id));
  body["eventId"] = base::json_text(delivery.event.uuid);
  body["data"] = base::JsonObject{{"events", base::JsonArray{log_event_json(delivery.event)}}};
  body["eventTime"] = base::json_text(base::to_rfc3339(clock_->now()));
  body["contentType"] = "application/json";
  base::HttpRequest request("POST", *uri);
  add_headers(request, *hook);
  request.headers.set("Content-Type", "application/json");
  request.body = base::to_text(body);
  auto first = request;
  const auto result = co_await transport_->send(std::move(first), patience);
  if (is_worth_a_retry(result)) co_await transport_->send(std::move(request), patience);
}

}  // namespace fakes::okta::api
