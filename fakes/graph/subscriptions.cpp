#include "fakes/graph/subscriptions.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/encoding.h"
#include "base/uri.h"
#include "fakes/entra/guid.h"
#include "fakes/graph/permissions.h"

namespace fakes::graph {
namespace {

constexpr std::size_t longest_client_state = 128;
constexpr std::size_t most_of_tenant = 1000;  ///< [Graph N7]

std::vector<std::string> words(std::string_view list) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    auto word = list.substr(0, comma);
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    if (!word.empty()) out.emplace_back(word);
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return out;
}

std::unexpected<GraphError> invalid(std::string message) { return refuse(400, "InvalidRequest", std::move(message)); }

Outcome<void> read_resource(std::string_view resource, Subscription& into) {
  if (resource.starts_with('/')) resource.remove_prefix(1);
  const auto slash = std::min(resource.find('/'), resource.size());
  const auto set = base::to_lower(resource.substr(0, slash));
  into.object = resource.substr(std::min(slash + 1, resource.size()));
  if ((set != "users" && set != "groups") || into.object.contains('/')) return invalid(fmt::format("Resource '{}' is not supported by subscriptions.", resource));
  into.kind = set == "users" ? ObjectKind::user : ObjectKind::group;
  return {};
}

Outcome<base::Instant> read_expiry(const base::JsonObject& sent, base::Instant now) {
  const auto text = base::string_member(base::Json(sent), "expirationDateTime");
  const auto expires = text ? base::parse_rfc3339(*text) : base::fail("missing");
  if (!expires || *expires <= now) return invalid("The value of 'expirationDateTime' is missing, malformed or in the past.");
  // [Graph E43]
  if (*expires > now + std::chrono::minutes{longest_subscription})
    return refuse(400, "ExtensionError", fmt::format("Subscription expiration can only be {} minutes in the future.", longest_subscription));
  return *expires;
}

bool is_https(const std::string& url) {
  const auto uri = base::parse_uri(url);
  return uri && uri->scheme == "https";
}

Outcome<Subscription> read_subscription_body(const Call& call, const base::JsonObject& sent) {
  const base::Json json(sent);
  Subscription out;
  for (const auto* name : {"changeType", "notificationUrl", "resource", "expirationDateTime"}) {
    if (!base::string_member(json, name)) return invalid(fmt::format("A value is required for property '{}' of resource 'Subscription'.", name));
  }
  out.resource = base::string_or(json, "resource", "");
  if (const auto read = read_resource(out.resource, out); !read) return std::unexpected(read.error());
  out.change_types = words(base::string_or(json, "changeType", ""));
  const auto is_known = [](const std::string& type) { return type == "created" || type == "updated" || type == "deleted"; };
  if (out.change_types.empty() || !std::ranges::all_of(out.change_types, is_known)) return invalid("The value of 'changeType' is not supported.");
  out.notification_url = base::string_or(json, "notificationUrl", "");
  out.lifecycle_url = base::string_or(json, "lifecycleNotificationUrl", "");
  if (!is_https(out.notification_url) || (!out.lifecycle_url.empty() && !is_https(out.lifecycle_url))) return invalid("Notification URLs must begin with https.");
  out.client_state = base::string_or(json, "clientState", "");
  if (out.client_state.size() > longest_client_state) return invalid("The value of 'clientState' is longer than 128 characters.");
  const auto expires = read_expiry(sent, call.context.now);
  if (!expires) return std::unexpected(expires.error());
  out.expires = *expires;
  out.created = call.context.now;
  out.after = call.context.tenant.changes().last();
  out.app_id = call.token.app_id;
  if (!call.is_app()) out.user = call.token.subject;
  return out;
}

/// [Graph N7] [Graph E44]
Outcome<void> check_quota(const Call& call) {
  auto& all = call.context.subscriptions->all();
  const auto of_app = std::ranges::count_if(all, [&](const auto& entry) { return entry.second.app_id == call.token.app_id; });
  const auto most_of_app = call.context.options.subscriptions;
  if (static_cast<std::size_t>(of_app) >= most_of_app)
    return refuse(403, "ExtensionError", fmt::format("The app has reached the limit of {} subscriptions in this tenant.", most_of_app));
  if (all.size() >= most_of_tenant) return refuse(403, "ExtensionError", fmt::format("The tenant has reached the limit of {} subscriptions.", most_of_tenant));
  return {};
}

std::string time_text(base::Instant at) {
  auto text = base::to_rfc3339(at);
  text.pop_back();
  return text + "0000Z";
}

base::Json or_null(const std::string& text) { return text.empty() ? base::Json() : base::json_text(text); }

base::JsonObject subscription_json(const Subscription& subscription) {
  base::JsonObject out;
  out["id"] = base::json_text(subscription.id);
  out["resource"] = base::json_text(subscription.resource);
  out["applicationId"] = base::json_text(subscription.app_id);
  out["changeType"] = base::json_text(fmt::format("{}", fmt::join(subscription.change_types, ",")));
  out["clientState"] = or_null(subscription.client_state);
  out["notificationUrl"] = base::json_text(subscription.notification_url);
  out["lifecycleNotificationUrl"] = or_null(subscription.lifecycle_url);
  out["expirationDateTime"] = base::json_text(time_text(subscription.expires));
  out["creatorId"] = or_null(subscription.user.text());
  return out;
}

base::HttpResponse subscription_answer(const Call& call, int status, const Subscription& subscription) {
  base::JsonObject body;
  body["@odata.context"] = base::json_text(context(call.request, "subscriptions/$entity"));
  for (const auto& [key, value] : subscription_json(subscription)) body[key] = value;
  return json_answer(status, body);
}

Outcome<Subscription*> own_subscription(const Call& call) {
  auto* found = call.context.subscriptions->find(call.keys.front());
  if (found == nullptr || found->app_id != call.token.app_id)
    return refuse(404, "ResourceNotFound", "The object was not found.");
  return found;
}

/// [Graph N5]
base::JsonObject change_json(const Subscription& subscription, const entra::Tenant& tenant, std::string_view type, const ObjectId& id) {
  const bool is_user = subscription.kind == ObjectKind::user;
  const auto path = fmt::format("{}/{}", is_user ? "Users" : "Groups", id.text());
  base::JsonObject data;
  data["@odata.type"] = is_user ? "#Microsoft.Graph.User" : "#Microsoft.Graph.Group";
  data["@odata.id"] = base::json_text(path);
  data["id"] = base::json_text(id.text());
  base::JsonObject one;
  one["subscriptionId"] = base::json_text(subscription.id);
  one["subscriptionExpirationDateTime"] = base::json_text(time_text(subscription.expires));
  one["clientState"] = or_null(subscription.client_state);
  one["changeType"] = base::json_text(type);
  one["resource"] = base::json_text(path);
  one["tenantId"] = base::json_text(tenant.id());
  one["resourceData"] = std::move(data);
  return one;
}

void queue_lifecycle(Subscriptions& subscriptions, const Subscription& subscription, const entra::Tenant& tenant, std::string_view event, base::Instant now) {
  if (subscription.lifecycle_url.empty()) return;
  base::JsonObject one;
  one["lifecycleEvent"] = base::json_text(event);
  one["subscriptionId"] = base::json_text(subscription.id);
  one["subscriptionExpirationDateTime"] = base::json_text(time_text(subscription.expires));
  one["clientState"] = or_null(subscription.client_state);
  one["tenantId"] = base::json_text(tenant.id());
  subscriptions.notifications.push_back({subscription.lifecycle_url, {{subscription.id, std::move(one)}}, true, now, now});
}

}  // namespace

bool Subscription::wants(std::string_view change_type) const { return std::ranges::find(change_types, change_type) != change_types.end(); }

Subscription* Subscriptions::find(const std::string& id) {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &found->second;
}

void Subscriptions::expire(base::Instant now) {
  std::erase_if(by_id_, [&](const auto& entry) { return entry.second.expires <= now; });
}

Reply list_subscriptions(const Call& call) {
  base::JsonArray value;
  for (const auto& [id, subscription] : call.context.subscriptions->all()) {
    if (subscription.app_id == call.token.app_id) value.push_back(subscription_json(subscription));
  }
  base::JsonObject body;
  body["@odata.context"] = base::json_text(context(call.request, "subscriptions"));
  body["value"] = std::move(value);
  return json_answer(200, body);
}

Reply create_subscription(const Call& call) {
  const auto sent = read_object(call.request);
  if (!sent) return std::unexpected(sent.error());
  auto subscription = read_subscription_body(call, *sent);
  if (!subscription) return std::unexpected(subscription.error());
  // [Graph N10]
  const bool is_user = subscription->kind == ObjectKind::user;
  if (!has_one(call.token, is_user ? "User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All"
                                   : "Group.Read.All Group.ReadWrite.All Directory.Read.All Directory.ReadWrite.All"))
    return insufficient_privileges();
  if (const auto possible = check_quota(call); !possible) return std::unexpected(possible.error());
  subscription->id = entra::make_guid(call.context.rng);
  auto& subscriptions = *call.context.subscriptions;
  subscriptions.unvalidated.push_back(subscription->id);
  const auto id = subscription->id;
  subscriptions.all().emplace(id, *std::move(subscription));
  return subscription_answer(call, 201, *subscriptions.find(id));
}

Reply read_subscription(const Call& call) {
  const auto found = own_subscription(call);
  if (!found) return std::unexpected(found.error());
  return subscription_answer(call, 200, **found);
}

Reply update_subscription(const Call& call) {
  const auto found = own_subscription(call);
  if (!found) return std::unexpected(found.error());
  const auto sent = read_object(call.request);
  if (!sent) return std::unexpected(sent.error());
  // [Graph N9]
  if (base::member(*sent, "lifecycleNotificationUrl") != nullptr) return invalid("The property 'lifecycleNotificationUrl' cannot be changed.");
  const auto expires = read_expiry(*sent, call.context.now);
  if (!expires) return std::unexpected(expires.error());
  (*found)->expires = *expires;
  return subscription_answer(call, 200, **found);
}

Reply delete_subscription(const Call& call) {
  const auto found = own_subscription(call);
  if (!found) return std::unexpected(found.error());
  call.context.subscriptions->all().erase((*found)->id);
  return no_content();
}

void queue_notifications(Subscriptions& subscriptions, const entra::Tenant& tenant, base::Instant now) {
  subscriptions.expire(now);
  std::map<std::string, Notification> by_url;
  const auto queue = [&](Notification& notification) {
    if (!notification.parts.empty()) subscriptions.notifications.push_back(std::exchange(notification, {}));
  };
  for (auto at = tenant.changes().after(subscriptions.seen); at != tenant.changes().end(); ++at) {
    const auto& change = at->second;
    // A creation and the way to the deleted items are updates to a subscriber. [Graph N2] [Graph F27]
    const std::string_view type = change.gone ? "deleted" : "updated";
    for (const auto& [id, subscription] : subscriptions.all()) {
      const bool concerns = subscription.kind == change.kind && (subscription.object.empty() || subscription.object == change.id.text());
      if (!concerns || at->first <= subscription.after || !subscription.wants(type)) continue;
      auto& together = by_url[subscription.notification_url];
      if (together.parts.size() == most_in_notification) queue(together);
      together.url = subscription.notification_url;
      together.made = now;
      together.due = now;
      together.parts.push_back({id, change_json(subscription, tenant, type, change.id)});
    }
  }
  for (auto& [url, notification] : by_url) queue(notification);
  subscriptions.seen = tenant.changes().last();
}

void end_lost_subscriptions(Subscriptions& subscriptions, const entra::Tenant& tenant, base::Instant now) {
  std::vector<std::string> lost;
  for (const auto& [id, subscription] : subscriptions.all()) {
    const auto* password = subscription.user.empty() ? nullptr : tenant.password_of(subscription.user);
    if (password != nullptr && password->changed > subscription.created) lost.push_back(id);
  }
  for (const auto& id : lost) {
    queue_lifecycle(subscriptions, *subscriptions.find(id), tenant, "subscriptionRemoved", now);
    subscriptions.all().erase(id);
  }
}

void queue_missed(Subscriptions& subscriptions, const Subscription& subscription, const entra::Tenant& tenant, base::Instant now) {
  queue_lifecycle(subscriptions, subscription, tenant, "missed", now);
}

}  // namespace fakes::graph
