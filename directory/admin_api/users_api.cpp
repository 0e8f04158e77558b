#include "directory/admin_api/users_api.h"

#include <fmt/format.h>

#include "directory/admin_api/guarded.h"
#include "directory/admin_api/paging.h"
#include "directory/admin_api/user_json.h"
#include "directory/admin_api/user_refusal.h"
#include "directory/passwords/password_changes.h"
#include "directory/server/responses.h"
#include "directory/users/activation.h"
#include "directory/users/user_changes.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonArray;
using base::JsonObject;

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

constexpr std::size_t most_selected = 100;

/// What an activation is to send: `{}` or `email: true` its mail, `email: false` none, `email: "x"` its mail to x.
/// [rule D9]
std::expected<MailChoice, HttpResponse> read_mail_choice(const base::HttpRequest& request) {
  if (request.body.empty()) return MailChoice{};
  const auto body = read_object(request);
  if (!body) return std::unexpected(body.error());
  const auto* email = base::member(*body, "email");
  if (email == nullptr) return MailChoice{};
  if (email->is_bool()) return MailChoice{email->get_bool()};
  if (email->is_string()) return MailChoice{true, std::string(base::as_text(email->get_string()))};
  return std::unexpected(error_response(400, "email is true, false or an address"));
}

/// `?cascade_manager=`: `null` or nothing, `automatic`, or the id of the new manager. [rule D26]
Succession read_succession(const base::Target& target) {
  const auto given = target.parameter("cascade_manager").value_or("null");
  if (given.empty() || given == "null") return {};
  if (given == "automatic") return {Succession::Kind::own_manager};
  return {Succession::Kind::named, given};
}

/// All that a PUT says, or nothing of it. A password comes before a suspension and after an activation, so that neither
/// is in the other's way.
Change<User> apply_change(Core& core, const User& user, const JsonObject& body, const Actor& actor) {
  auto attributes = user.attributes;
  if (auto refusal = read_attributes(body, attributes)) return std::unexpected(std::move(*refusal));
  auto terms = user.password_terms;
  if (auto refusal = read_password_terms(body, terms)) return std::unexpected(std::move(*refusal));
  const auto password = read_password(body);
  if (!password) return std::unexpected(password.error());
  auto state = read_state(body);
  if (!state) return std::unexpected(std::move(state.error()));
  if (*state == UserState::staged) {
    return std::unexpected(Refusal{Refusal::Kind::invalid, "state", "state is one of ACTIVATED, SUSPENDED"});
  }
  // The older flag alone takes a suspension back, and leaves a staged user staged. [rule D7]
  const auto* flag = base::member(body, "suspended");
  if (!*state && flag != nullptr && user.state == UserState::suspended) state = UserState::activated;
  auto changed = change_attributes(core, user, std::move(attributes), actor);
  if (changed) changed = change_password_terms(core, *changed, terms, actor);
  if (changed && *state == UserState::activated) changed = change_state(core, *changed, **state, actor);
  if (changed && *password) changed = set_password(core, *changed, **password, actor);
  if (changed && *state == UserState::suspended) changed = change_state(core, *changed, **state, actor);
  return changed;
}

/// The ids in `{isSelectAll: false, models: [{_id}]}`.
std::expected<std::vector<UserId>, HttpResponse> read_selection(const base::HttpRequest& request) {
  const auto body = read_object(request);
  if (!body) return std::unexpected(body.error());
  const auto* models = base::member(*body, "models");
  const auto* all = base::member(*body, "isSelectAll");
  if (models == nullptr || !models->is_array() || models->get_array().size() > most_selected) {
    return std::unexpected(error_response(400, fmt::format("models is a list of at most {} users", most_selected)));
  }
  if (all != nullptr && *all != base::Json(false)) return std::unexpected(error_response(400, "isSelectAll must be false"));
  std::vector<UserId> ids;
  for (const auto& model : models->get_array()) ids.emplace_back(base::string_or(model, "_id", ""));
  return ids;
}

}  // namespace

void UsersApi::add_routes(Router& router) {
  router.add("GET", "/api/systemusers", guarded(*core_, *this, Permission::read, &UsersApi::list_users));
  router.add("POST", "/api/systemusers", guarded(*core_, *this, Permission::manage_users, &UsersApi::create_user));
  router.add("GET", "/api/systemusers/*", guarded(*core_, *this, Permission::read, &UsersApi::read_user));
  router.add("PUT", "/api/systemusers/*", guarded(*core_, *this, Permission::manage_users, &UsersApi::change_user));
  router.add("DELETE", "/api/systemusers/*", guarded(*core_, *this, Permission::manage_users, &UsersApi::delete_user));
  router.add("POST", "/api/systemusers/*/state/activate", guarded(*core_, *this, Permission::help_users, &UsersApi::activate_user));
  router.add("POST", "/api/systemusers/reactivate", guarded(*core_, *this, Permission::help_users, &UsersApi::send_ways_in));
  router.add("POST", "/api/systemusers/*/resetmfa", guarded(*core_, *this, Permission::help_users, &UsersApi::reset_mfa));
  router.add("POST", "/api/systemusers/*/unlock", guarded(*core_, *this, Permission::help_users, &UsersApi::unlock_user));
  router.add("POST", "/api/systemusers/*/expire", guarded(*core_, *this, Permission::help_users, &UsersApi::expire_user));
}

HttpResponse UsersApi::list_users(const RoutedRequest& request, const Actor&) {
  JsonArray results;
  std::int64_t total = 0;
  if (const auto filter = request.target.parameter("filter")) {
    const auto found = filtered_user(core_->db(), *filter);
    if (!found) return found.error();
    if (*found) results.push_back(to_json(*core_, **found));
    total = static_cast<std::int64_t>(results.size());
  } else {
    total = count_users(core_->db());
    const auto skip = page_parameter(request.target, "skip", 0, INT64_MAX);
    const auto limit = page_parameter(request.target, "limit", default_page, largest_page);
    for (const auto& user : directory::list_users(core_->db(), skip, limit)) results.push_back(to_json(*core_, user));
  }
  return json_response(200, JsonObject{{"results", std::move(results)}, {"totalCount", total}});
}

HttpResponse UsersApi::read_user(const RoutedRequest& request, const Actor&) {
  const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
  if (!user) return error_response(404, "there is no such user");
  return json_response(200, to_json(*core_, *user));
}

HttpResponse UsersApi::create_user(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  auto fresh = read_new_user(*core_, *body, core_->settings.new_user_states.manual_entry, "jumpcloud:manual");
  if (!fresh) return user_refusal(*core_, fresh.error());
  return core_->transact([&]() -> Decided {
    const auto user = directory::create_user(*core_, std::move(*fresh), actor);
    if (!user) return user_refusal(*core_, user.error());
    return json_response(200, to_json(*core_, *user));
  });
}

HttpResponse UsersApi::change_user(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  return core_->transact([&]() -> Decided {
    const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
    if (!user) return error_response(404, "there is no such user");
    const auto changed = apply_change(*core_, *user, *body, actor);
    if (!changed) return user_refusal(*core_, changed.error());
    return json_response(200, to_json(*core_, *changed));
  });
}

HttpResponse UsersApi::delete_user(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
    if (!user) return error_response(404, "there is no such user");
    const auto removed = remove_user(*core_, *user, actor, read_succession(request.target));
    if (!removed) return user_refusal(*core_, removed.error());
    return json_response(200, to_json(*core_, *user));
  });
}

HttpResponse UsersApi::activate_user(const RoutedRequest& request, const Actor& actor) {
  const auto mail = read_mail_choice(request.http);
  if (!mail) return mail.error();
  return core_->transact([&]() -> Decided {
    const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
    if (!user) return error_response(404, "there is no such user");
    const auto activated = activate(*core_, *user, *mail, actor);
    if (!activated) return user_refusal(*core_, activated.error());
    return HttpResponse(204);
  });
}

HttpResponse UsersApi::send_ways_in(const RoutedRequest& request, const Actor& actor) {
  const auto ids = read_selection(request.http);
  if (!ids) return ids.error();
  return core_->transact([&]() -> Decided {
    std::int64_t sent = 0;
    for (const auto& id : *ids) {
      const auto user = find_user(core_->db(), id);
      if (user && send_way_in(*core_, *user, actor)) ++sent;
    }
    if (sent == 0) return error_response(400, "no selected user is eligible for a mail");
    return json_response(200, JsonObject{{"sent", sent}});
  });
}

HttpResponse UsersApi::unlock_user(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
    if (!user) return error_response(404, "there is no such user");
    const auto unlocked = unlock(*core_, *user, actor);
    if (!unlocked) return user_refusal(*core_, unlocked.error());
    return json_response(200, to_json(*core_, *unlocked));
  });
}

HttpResponse UsersApi::expire_user(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
    if (!user) return error_response(404, "there is no such user");
    const auto expired = expire_password(*core_, *user, actor);
    if (!expired) return user_refusal(*core_, expired.error());
    return json_response(200, to_json(*core_, *expired));
  });
}

HttpResponse UsersApi::reset_mfa(const RoutedRequest& request, const Actor&) {
  // Nobody enrols a second factor here, so that there is none to take away.
  const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
  if (!user) return error_response(404, "there is no such user");
  return json_response(200, to_json(*core_, *user));
}

}  // namespace directory
