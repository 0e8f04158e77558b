#include "directory/admin_api/users_api.h"

#include <fmt/format.h>

#include "directory/admin_api/guarded.h"
#include "directory/admin_api/paging.h"
#include "directory/server/responses.h"
#include "directory/users/user_changes.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonArray;
using base::JsonObject;

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

}  // namespace

void UsersApi::add_routes(Router& router) {
  router.add("GET", "/api/systemusers", guarded(*core_, *this, Permission::read, &UsersApi::list_users));
  router.add("POST", "/api/systemusers", guarded(*core_, *this, Permission::manage_users, &UsersApi::create_user));
  router.add("GET", "/api/systemusers/*", guarded(*core_, *this, Permission::read, &UsersApi::read_user));
  router.add("PUT", "/api/systemusers/*", guarded(*core_, *this, Permission::manage_users, &UsersApi::change_user));
  router.add("DELETE", "/api/systemusers/*", guarded(*core_, *this, Permission::manage_users, &UsersApi::delete_user));
  router.add("POST", "/api/systemusers/*/state/activate", guarded(*core_, *this, Permission::help_users, &UsersApi::activate_user));
  router.add("POST", "/api/systemusers/*/unlock", guarded(*core_, *this, Permission::help_users, &UsersApi::unlock_user));
  router.add("POST", "/api/systemusers/*/expire", guarded(*core_, *this, Permission::help_users, &UsersApi::expire_user));
}

HttpResponse UsersApi::list_users(const RoutedRequest& request, const Actor&) {
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

HttpResponse UsersApi::read_user(const RoutedRequest& request, const Actor&) {
  const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
  if (!user) return error_response(404, "there is no such user");
  return json_response(200, to_json(*user));
}

HttpResponse UsersApi::create_user(const RoutedRequest& request, const Actor& actor) {
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

HttpResponse UsersApi::change_user(const RoutedRequest& request, const Actor& actor) {
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

HttpResponse UsersApi::delete_user(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
    if (!user) return error_response(404, "there is no such user");
    remove_user(*core_, *user, actor);
    return json_response(200, to_json(*user));
  });
}

HttpResponse UsersApi::activate_user(const RoutedRequest& request, const Actor& actor) {
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

HttpResponse UsersApi::unlock_user(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
    if (!user) return error_response(404, "there is no such user");
    const auto unlocked = unlock(*core_, *user, actor);
    if (!unlocked) return refusal_response(unlocked.error());
    return json_response(200, to_json(*unlocked));
  });
}

HttpResponse UsersApi::expire_user(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
    if (!user) return error_response(404, "there is no such user");
    return json_response(200, to_json(expire_password(*core_, *user, actor)));
  });
}

}  // namespace directory
