#include "directory/admin_api/admin_api.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "directory/devices/desired_state.h"
#include "directory/server/responses.h"
#include "directory/users/user_changes.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonArray;
using base::JsonObject;

constexpr std::int64_t default_page = 10;  // [rule D27]
constexpr std::int64_t largest_page = 100;
constexpr std::int64_t default_events = 1'000;  // [rule DI5]
constexpr std::int64_t most_events = 10'000;

base::Json text(std::string_view value) { return base::Json(boost::json::string_view(value.data(), value.size())); }

JsonObject to_json(const User& user) {
  JsonObject out{{"_id", user.id.text()},
                 {"username", user.attributes.username},
                 {"email", user.attributes.email},
                 {"state", text(state_name(user.state))},
                 {"suspended", user.state == UserState::suspended},  // [rule D7]
                 {"activated", user.password_hash.has_value()},      // [rule D8]
                 {"account_locked", user.locked},
                 {"password_expired", user.password_expired},
                 {"creationSource", user.creation_source},
                 {"created", base::to_rfc3339(user.created)}};
  if (user.password_set) out["password_date"] = base::to_rfc3339(*user.password_set);
  for (const auto& attribute : text_attributes) {
    const auto& value = user.attributes.*attribute.member;
    if (value) out[boost::json::string_view(attribute.name.data(), attribute.name.size())] = *value;
  }
  return out;
}

/// Takes over the attributes that the body names; null or "" clears one.
std::optional<Refusal> apply_attributes(UserAttributes& attributes, const JsonObject& body) {
  const auto invalid = [](std::string_view field) {
    return Refusal{Refusal::Kind::invalid, std::string(field), fmt::format("{} must be a string", field)};
  };
  for (const auto& [name, member] : {std::pair{"username", &UserAttributes::username}, {"email", &UserAttributes::email}}) {
    const auto* value = base::member(body, name);
    if (value == nullptr) continue;
    if (!value->is_string()) return invalid(name);
    attributes.*member = std::string(base::as_text(value->get_string()));
  }
  for (const auto& attribute : text_attributes) {
    const auto* value = base::member(body, attribute.name);
    if (value == nullptr) continue;
    if (!value->is_string() && !value->is_null()) return invalid(attribute.name);
    auto& into = attributes.*attribute.member;
    if (value->is_null() || value->get_string().empty()) {
      into.reset();
    } else {
      into = std::string(base::as_text(value->get_string()));
    }
  }
  return std::nullopt;
}

std::int64_t page_parameter(const base::Target& target, std::string_view name, std::int64_t fallback, std::int64_t most) {
  const auto given = target.parameter(name);
  std::int64_t value = 0;
  if (!given || std::from_chars(given->data(), given->data() + given->size(), value).ec != std::errc{} || value < 0) {
    return fallback;
  }
  return std::min(value, most);
}

/// `field:$eq:value` for the fields that identify a user. [rule D27]
std::expected<std::optional<User>, HttpResponse> filtered_user(Database& db, std::string_view filter) {
  constexpr std::string_view comparison = ":$eq:";
  const auto at = filter.find(comparison);
  if (at == std::string_view::npos) return std::unexpected(error_response(400, "a filter looks like username:$eq:amy.lee"));
  const auto field = filter.substr(0, at);
  const auto value = filter.substr(at + comparison.size());
  if (field == "username") return find_user_by_username(db, value);
  if (field == "email") return find_user_by_email(db, value);
  if (field == "employeeIdentifier") return find_user_by_employee_identifier(db, value);
  return std::unexpected(error_response(400, fmt::format("users cannot be filtered by '{}'", field.substr(0, 64))));
}

constexpr std::array<std::string_view, 16> services{
    "access_management", "alert", "alerts", "all", "asset_management", "directory", "ldap", "mdm", "notifications",
    "object_storage", "password_manager", "radius", "reports", "software", "sso", "systems"};

/// Whether a query asks for the directory's own events, the only ones there are. [rule DI2] [rule DI3] [rule DI4]
std::expected<bool, HttpResponse> wants_directory(const JsonObject& query) {
  const auto* asked = base::member(query, "service");
  if (asked == nullptr || !asked->is_array()) return std::unexpected(error_response(400, "service is required"));
  bool wanted = false;
  for (const auto& entry : asked->get_array()) {
    const auto name = entry.is_string() ? base::as_text(entry.get_string()) : std::string_view{};
    if (std::ranges::find(services, name) == services.end()) {
      return std::unexpected(error_response(400, fmt::format("a service is one of {}", fmt::join(services, ", "))));
    }
    wanted = wanted || name == "directory" || name == "all";
  }
  return wanted;
}

}  // namespace

void AdminApi::add_routes(Router& router) {
  router.add("GET", "/api/systemusers", guarded(&AdminApi::list_users));
  router.add("POST", "/api/systemusers", guarded(&AdminApi::create_user));
  router.add("GET", "/api/systemusers/*", guarded(&AdminApi::read_user));
  router.add("PUT", "/api/systemusers/*", guarded(&AdminApi::change_user));
  router.add("DELETE", "/api/systemusers/*", guarded(&AdminApi::delete_user));
  router.add("POST", "/api/systemusers/*/state/activate", guarded(&AdminApi::activate_user));
  router.add("POST", "/api/systemusers/*/unlock", guarded(&AdminApi::unlock_user));
  router.add("POST", "/api/systemusers/*/expire", guarded(&AdminApi::expire_user));
  router.add("GET", "/api/systems", guarded(&AdminApi::list_systems));
  router.add("POST", "/api/v2/systems/*/associations", guarded(&AdminApi::change_system_associations));
  router.add("GET", "/api/v2/systems/*/users", guarded(&AdminApi::read_system_users));
  router.add("POST", "/insights/directory/v1/events", guarded(&AdminApi::read_events));
}

Router::Handler AdminApi::guarded(Handler handler) {
  return [this, handler](const RoutedRequest& request) {
    const auto key = authorize(*core_, request.http, KeyPurpose::admin);
    if (!key) return error_response(401, "a valid x-api-key is required");
    const Actor actor{Actor::Kind::admin, key->owner, key->owner};
    return (this->*handler)(request, actor);
  };
}

HttpResponse AdminApi::list_users(const RoutedRequest& request, const Actor&) {
  JsonArray results;
  std::int64_t total = 0;
  if (const auto filter = request.target.parameter("filter")) {
    const auto found = filtered_user(core_->db(), *filter);
    if (!found) return found.error();
    if (*found) results.push_back(to_json(**found));
    total = static_cast<std::int64_t>(results.size());
  } else {
    total = count_users(core_->db());
    const auto skip = page_parameter(request.target, "skip", 0, INT64_MAX);
    const auto limit = page_parameter(request.target, "limit", default_page, largest_page);
    for (const auto& user : directory::list_users(core_->db(), skip, limit)) results.push_back(to_json(user));
  }
  return json_response(200, JsonObject{{"results", std::move(results)}, {"totalCount", total}});
}

HttpResponse AdminApi::read_user(const RoutedRequest& request, const Actor&) {
  const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
  if (!user) return error_response(404, "there is no such user");
  return json_response(200, to_json(*user));
}

HttpResponse AdminApi::create_user(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  NewUser fresh{{}, core_->options.default_manual_state, "jumpcloud:manual"};
  if (const auto refusal = apply_attributes(fresh.attributes, *body)) return refusal_response(*refusal);
  if (const auto name = base::string_member(*body, "state")) {
    const auto state = parse_state(*name);
    if (!state) return error_response(400, "state is one of STAGED, ACTIVATED, SUSPENDED");
    fresh.state = *state;
  }
  return core_->transact([&]() -> Decided {
    const auto user = directory::create_user(*core_, std::move(fresh), actor);
    if (!user) return refusal_response(user.error());
    return json_response(200, to_json(*user));
  });
}

HttpResponse AdminApi::change_user(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  return core_->transact([&]() -> Decided {
    const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
    if (!user) return error_response(404, "there is no such user");
    auto attributes = user->attributes;
    if (const auto refusal = apply_attributes(attributes, *body)) return refusal_response(*refusal);
    auto changed = change_attributes(*core_, *user, std::move(attributes), actor);
    if (!changed) return refusal_response(changed.error());
    if (const auto name = base::string_member(*body, "state")) {
      const auto state = parse_state(*name);
      if (!state || *state == UserState::staged) return error_response(400, "state is one of ACTIVATED, SUSPENDED");
      changed = change_state(*core_, *changed, *state, actor);
      if (!changed) return refusal_response(changed.error());
    }
    return json_response(200, to_json(*changed));
  });
}

HttpResponse AdminApi::delete_user(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
    if (!user) return error_response(404, "there is no such user");
    remove_user(*core_, *user, actor);
    return json_response(200, to_json(*user));
  });
}

HttpResponse AdminApi::activate_user(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
    if (!user) return error_response(404, "there is no such user");
    if (user->state == UserState::staged) {
      auto activated = change_state(*core_, *user, UserState::activated, actor);
      if (!activated) return refusal_response(activated.error());
      if (activated->password_hash) return HttpResponse(204);
      if (auto sent = send_activation_mail(*core_, *activated, actor); !sent) return refusal_response(sent.error());
      return HttpResponse(204);
    }
    // An activated user without a password gets the mail once more. [rule R11]
    if (auto sent = send_activation_mail(*core_, *user, actor); !sent) return refusal_response(sent.error());
    return HttpResponse(204);
  });
}

HttpResponse AdminApi::unlock_user(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
    if (!user) return error_response(404, "there is no such user");
    const auto unlocked = unlock(*core_, *user, actor);
    if (!unlocked) return refusal_response(unlocked.error());
    return json_response(200, to_json(*unlocked));
  });
}

HttpResponse AdminApi::expire_user(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
    if (!user) return error_response(404, "there is no such user");
    return json_response(200, to_json(expire_password(*core_, *user, actor)));
  });
}

HttpResponse AdminApi::list_systems(const RoutedRequest&, const Actor&) {
  JsonArray results;
  for (const auto& system : directory::list_systems(core_->db())) {
    results.push_back(JsonObject{{"_id", system.id.text()},
                                 {"hostname", system.hostname},
                                 {"os", system.os},
                                 {"lastContact", base::to_rfc3339(system.last_contact)}});
  }
  const auto total = static_cast<std::int64_t>(results.size());
  return json_response(200, JsonObject{{"results", std::move(results)}, {"totalCount", total}});
}

HttpResponse AdminApi::change_system_associations(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto op = base::string_or(*body, "op", "");
  if (base::string_or(*body, "type", "") != "user") return error_response(400, "a system is associated with a user");
  return core_->transact([&]() -> Decided {
    const auto system = find_system(core_->db(), SystemId{request.wildcards[0]});
    if (!system) return error_response(404, "there is no such system");
    const auto user = find_user(core_->db(), UserId{base::string_or(*body, "id", "")});
    if (!user) return error_response(404, "there is no such user");
    if (op == "remove") {
      if (!unbind_user(*core_, *user, *system, actor)) return error_response(404, "there is no such association");
      return HttpResponse(204);
    }
    if (op != "add" && op != "update") return error_response(400, "op is one of add, remove, update");
    Binding binding{system->id, user->id};
    const auto* attributes = base::member(*body, "attributes");
    const auto* sudo = attributes == nullptr ? nullptr : base::member(*attributes, "sudo");  // [rule V11]
    if (sudo != nullptr) binding.sudo = base::bool_member(*sudo, "enabled").value_or(false);
    bind_user(*core_, binding, actor, *user, *system);
    return HttpResponse(204);  // [rule D60]
  });
}

HttpResponse AdminApi::read_system_users(const RoutedRequest& request, const Actor&) {
  JsonArray results;
  for (const auto& binding : bindings_of_system(core_->db(), SystemId{request.wildcards[0]})) {
    results.push_back(JsonObject{{"id", binding.user.text()}, {"type", "user"}});
  }
  return json_response(200, results);
}

HttpResponse AdminApi::read_events(const RoutedRequest& request, const Actor&) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto wanted = wants_directory(*body);
  if (!wanted) return wanted.error();
  const auto start = base::parse_rfc3339(base::string_or(*body, "start_time", ""));
  if (!start) return error_response(400, "start_time is required: " + start.error().message);
  auto end = core_->now() + std::chrono::nanoseconds{1};
  if (const auto given = base::string_member(*body, "end_time")) {
    const auto parsed = base::parse_rfc3339(*given);
    if (!parsed) return error_response(400, "end_time: " + parsed.error().message);
    end = *parsed;
  }
  if (*start > core_->now() || end < *start) return error_response(400, "start_time lies in the future or after end_time");
  auto limit = base::integer_member(*body, "limit").value_or(default_events);
  if (limit < 1 || limit > most_events) limit = default_events;
  auto events = *wanted ? core_->events.read(*start, end, limit) : JsonArray{};
  const auto count = events.size();
  auto response = json_response(200, std::move(events));
  response.headers.add("X-Result-Count", std::to_string(count));  // [rule DI6]
  response.headers.add("X-Limit", std::to_string(limit));
  return response;
}

}  // namespace directory
