#include "directory/scim/provider.h"

#include <fmt/format.h>

#include <charconv>

#include "base/encoding.h"
#include "directory/admins/api_keys.h"
#include "directory/scim/filter.h"
#include "directory/scim/patch.h"
#include "directory/scim/user_resource.h"
#include "directory/server/responses.h"
#include "directory/users/user_changes.h"
#include "directory/users/user_store.h"

namespace directory::scim {
namespace {

using base::HttpResponse;
using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::string_view media_type = "application/scim+json";
constexpr std::int64_t largest_page = 200;
constexpr std::size_t largest_body = 1 << 20;

Json text(std::string_view value) { return Json(boost::json::string_view(value.data(), value.size())); }

HttpResponse scim_response(int status, const Json& body) { return {status, media_type, base::to_text(body)}; }

/// [RFC7644 3.12]
HttpResponse scim_error(int status, std::string_view detail, std::string_view scim_type = {}) {
  JsonObject body{{"schemas", JsonArray{"urn:ietf:params:scim:api:messages:2.0:Error"}}, {"status", std::to_string(status)}};
  if (!scim_type.empty()) body["scimType"] = text(scim_type);
  body["detail"] = text(detail);
  return scim_response(status, body);
}

HttpResponse scim_refusal(const Refusal& refusal) {
  switch (refusal.kind) {
    case Refusal::Kind::invalid: return scim_error(400, refusal.message, "invalidValue");
    case Refusal::Kind::conflict: return scim_error(409, refusal.message, "uniqueness");
    case Refusal::Kind::forbidden: return scim_error(403, refusal.message);
  }
  return scim_error(400, refusal.message);
}

HttpResponse scim_invalid(const InvalidValue& error) { return scim_error(400, error.detail, error.scim_type); }

std::expected<JsonObject, HttpResponse> read_body(const base::HttpRequest& request) {
  if (request.body.size() > largest_body) return std::unexpected(scim_error(413, "the body is larger than 1 MiB"));
  auto json = base::parse_json(request.body);
  if (!json) return std::unexpected(scim_error(400, json.error().message, "invalidSyntax"));
  if (!json->is_object()) return std::unexpected(scim_error(400, "the body is not a JSON object", "invalidSyntax"));
  return std::move(json->get_object());
}

std::optional<std::int64_t> read_integer(const base::Target& target, std::string_view name, std::int64_t fallback) {
  const auto given = target.parameter(name);
  if (!given) return fallback;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(given->data(), given->data() + given->size(), value);
  if (error != std::errc{} || end != given->data() + given->size()) return std::nullopt;
  return value;
}

/// The users that one comparison allows, by the index that serves it; an error for attributes that none serves.
std::expected<std::vector<User>, std::string> lookup(Database& db, const Comparison& comparison) {
  const auto path = comparison.path.text();
  if (comparison.op != Operator::eq) return std::unexpected(fmt::format("the operator '{}' is not supported", to_text(comparison.op)));
  if (!comparison.value.is_string()) return std::unexpected(fmt::format("{} is compared with a string", path));
  const std::string value(base::as_text(comparison.value.get_string()));
  const auto attribute = base::to_lower(path);
  const auto listed = [](std::optional<User> found) {
    std::vector<User> users;
    if (found) users.push_back(std::move(*found));
    return users;
  };
  if (attribute == "username") return listed(find_user_by_username(db, value));
  if (attribute == "id") return listed(find_user(db, UserId{value}));
  if (attribute == "externalid") return find_users_by_external_id(db, value);
  if (attribute == "emails.value" || attribute == "emails") return listed(find_user_by_email(db, value));
  return std::unexpected(fmt::format("filtering by {} is not supported", path));
}

/// Every comparison is looked up; what all of them allow is left.
std::expected<std::vector<User>, std::string> select(Database& db, const Filter& filter) {
  std::optional<std::vector<User>> selected;
  const auto comparisons = conjunction(filter);
  if (comparisons.empty()) return std::unexpected("a filter is comparisons joined by 'and'");
  for (const auto* comparison : comparisons) {
    auto allowed = lookup(db, *comparison);
    if (!allowed) return allowed;
    if (!selected) {
      selected = std::move(*allowed);
      continue;
    }
    std::erase_if(*selected, [&](const User& user) {
      return std::ranges::none_of(*allowed, [&](const User& other) { return other.id == user.id; });
    });
  }
  return std::move(*selected);
}

}  // namespace

void Provider::add_routes(Router& router) {
  router.add("GET", "/scim/v2/ServiceProviderConfig", guarded(&Provider::service_provider_config));
  router.add("GET", "/scim/v2/Users", guarded(&Provider::list));
  router.add("POST", "/scim/v2/Users", guarded(&Provider::create));
  router.add("GET", "/scim/v2/Users/*", guarded(&Provider::read));
  router.add("PATCH", "/scim/v2/Users/*", guarded(&Provider::patch));
  router.add("DELETE", "/scim/v2/Users/*", guarded(&Provider::remove));
}

Router::Handler Provider::guarded(Handler handler) {
  return [this, handler](const RoutedRequest& request) {
    const auto integration = authorize_integration(*core_, request.http);
    if (!integration) {
      auto refused = scim_error(401, "a valid bearer token is required");
      refused.headers.add("WWW-Authenticate", R"(Bearer realm="scim")");  // [RFC7644 2]
      return refused;
    }
    return (this->*handler)(request, *integration);
  };
}

HttpResponse Provider::resource_response(int status, const User& user) const {
  const auto resource = to_resource(user, core_->options.public_url);
  auto response = scim_response(status, resource);
  response.headers.add("Location", base::string_or(resource.at("meta"), "location", ""));
  response.headers.add("ETag", base::string_or(resource.at("meta"), "version", ""));
  return response;
}

HttpResponse Provider::service_provider_config(const RoutedRequest&, const Integration&) {
  const auto off = JsonObject{{"supported", false}};
  JsonObject scheme{{"type", "oauthbearertoken"},
                    {"name", "API key"},
                    {"description", "The integration's API key as a bearer token"},
                    {"primary", true}};
  return scim_response(
      200, JsonObject{{"schemas", JsonArray{"urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"}},
                      {"patch", JsonObject{{"supported", true}}},
                      {"bulk", JsonObject{{"supported", false}, {"maxOperations", 0}, {"maxPayloadSize", 0}}},
                      {"filter", JsonObject{{"supported", true}, {"maxResults", largest_page}}},
                      {"changePassword", off},
                      {"sort", off},
                      {"etag", off},
                      {"authenticationSchemes", JsonArray{std::move(scheme)}},
                      {"meta", JsonObject{{"resourceType", "ServiceProviderConfig"},
                                          {"location", core_->options.public_url.text() + "scim/v2/ServiceProviderConfig"}}}});
}

HttpResponse Provider::list(const RoutedRequest& request, const Integration&) {
  auto start_index = read_integer(request.target, "startIndex", 1);
  auto count = read_integer(request.target, "count", largest_page);
  if (!start_index || !count) return scim_error(400, "startIndex and count are integers", "invalidValue");
  *start_index = std::max<std::int64_t>(*start_index, 1);  // [RFC7644 3.4.2.4]
  *count = std::clamp<std::int64_t>(*count, 0, largest_page);

  std::vector<User> page;
  std::int64_t total = 0;
  if (const auto filter_text = request.target.parameter("filter")) {
    const auto filter = parse_filter(*filter_text);
    if (!filter) return scim_error(400, filter.error().message, "invalidFilter");
    auto selected = select(core_->db(), *filter);
    if (!selected) return scim_error(400, selected.error(), "invalidFilter");
    total = static_cast<std::int64_t>(selected->size());
    for (auto i = *start_index - 1; i < total && i < *start_index - 1 + *count; ++i) {
      page.push_back(std::move((*selected)[static_cast<std::size_t>(i)]));
    }
  } else {
    total = count_users(core_->db());
    page = list_users(core_->db(), *start_index - 1, *count);
  }
  JsonArray resources;
  for (const auto& user : page) resources.push_back(to_resource(user, core_->options.public_url));
  return scim_response(200, JsonObject{{"schemas", JsonArray{"urn:ietf:params:scim:api:messages:2.0:ListResponse"}},
                                       {"totalResults", total},
                                       {"startIndex", *start_index},
                                       {"itemsPerPage", static_cast<std::int64_t>(page.size())},
                                       {"Resources", std::move(resources)}});
}

HttpResponse Provider::read(const RoutedRequest& request, const Integration&) {
  const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
  if (!user) return scim_error(404, "there is no such user");
  return resource_response(200, *user);
}

HttpResponse Provider::create(const RoutedRequest& request, const Integration& integration) {
  auto body = read_body(request.http);
  if (!body) return body.error();
  ResourceState state;
  if (const auto applied = apply_resource(state, *body); !applied) return scim_invalid(applied.error());
  return core_->transact([&]() -> Decided {
    NewUser fresh{std::move(state.attributes), core_->settings.state_of_scim_users(), "jumpcloud:scim"};
    if (!state.active) fresh.state = UserState::suspended;
    const auto user = create_user(*core_, std::move(fresh), actor_of(integration));
    if (!user) return scim_refusal(user.error());
    return resource_response(201, *user);
  });
}

HttpResponse Provider::patch(const RoutedRequest& request, const Integration& integration) {
  auto body = read_body(request.http);
  if (!body) return body.error();
  return core_->transact([&]() -> Decided {
    const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
    if (!user) return scim_error(404, "there is no such user");
    // An expired password shows as inactive without a suspension; what the client asks for is compared with the
    // state alone, so that disabling still suspends and enabling does not pass for an activation. [rule RT2]
    const bool enabled = user->state != UserState::suspended;
    ResourceState after{user->attributes, enabled};
    if (const auto applied = apply_patch(after, *body); !applied) return scim_invalid(applied.error());
    auto changed = change_attributes(*core_, *user, after.attributes, actor_of(integration));
    if (changed && after.active != enabled) {
      const auto state = after.active ? UserState::activated : UserState::suspended;
      changed = change_state(*core_, *changed, state, actor_of(integration));
    }
    if (!changed) return scim_refusal(changed.error());
    return resource_response(200, *changed);
  });
}

HttpResponse Provider::remove(const RoutedRequest& request, const Integration& integration) {
  return core_->transact([&]() -> Decided {
    const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
    if (!user) return scim_error(404, "there is no such user");
    if (const auto removed = remove_user(*core_, *user, actor_of(integration)); !removed) {  // [rule R24]
      return scim_refusal(removed.error());
    }
    return HttpResponse(204);
  });
}

}  // namespace directory::scim
