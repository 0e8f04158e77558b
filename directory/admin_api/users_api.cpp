#include "directory/admin_api/users_api.h"

#include <fmt/format.h>

#include "directory/admin_api/guarded.h"
#include "directory/admin_api/list_query.h"
#include "directory/admin_api/user_json.h"
#include "directory/admin_api/user_listing.h"
#include "directory/admin_api/user_refusal.h"
#include "directory/passwords/password_changes.h"
#include "directory/server/responses.h"
#include "directory/users/activation.h"
#include "directory/users/user_changes.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonObject;

constexpr std::size_t most_selected = 100;

/// What an activation is to send: `{}` or `email: true` its mail, `email: false` none, `email: "x"` its mail
/// to x. [rule D9]
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

/// All that a PUT says, or nothing of it. A password comes before a suspension and after an activation, so
/// that neither is in the other's way.
Change<User> apply_change(Core& core, const User& user, const JsonObject& body, const Actor& actor) {
  auto attributes = user.attributes;
  if (core.has(Defect::put_clears_what_it_leaves_out)) attributes.department.reset();
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
  auto changed = directory::change_user(core, user, std::move(attributes), terms, actor);
  if (changed && *state == UserState::activated) changed = change_state(core, *changed, **state, actor);
  if (changed && *password) changed = set_password(core, *changed, **password, actor);
  if (changed && *state == UserState::suspended) changed = change_state(core, *changed, **state, actor);
  if (changed && *state == UserState::suspended && core.has(Defect::console_deletes_whom_it_suspends))
    static_cast<void>(remove_user(core, *changed, actor));
  return changed;
}

/// The ids in `{isSelectAll: false, models: [{_id}]}`.
std::expected<std::vector<UserId>, HttpResponse> read_selection(const base::HttpRequest& request) {
  const auto body = read_object(request);
  if (!body) return std::unexpected(body.error());
  const auto* models = base::member(*body, "models");
  const auto* all = base::member(*body, "isSelectAll");
  if (models == nullptr || !models->is_array() || models->get_array().size() > most_selected) {
    return std::unexpected(
        error_response(400, fmt::format("models is a list of at most {} users", most_selected)));
  }
  if (all != nullptr && *all != base::Json(false))
    return std::unexpected(error_response(400, "isSelectAll must be false"));
  std::vector<UserId> ids;
  for (const auto& model : models->get_array()) ids.emplace_back(base::string_or(model, "_id", ""));
  return ids;
}

}  // namespace

void UsersApi::add_routes(Router& router) {
  router.add("GET", "/api/systemusers", guarded(*core_, *this, Permission::read, &UsersApi::list_users));
  router.add("POST", "/api/search/systemusers",
             guarded(*core_, *this, Permission::read, &UsersApi::search_users));
  router.add("POST", "/api/systemusers",
             guarded(*core_, *this, Permission::manage_users, &UsersApi::create_user));
  router.add("GET", "/api/systemusers/*", guarded(*core_, *this, Permission::read, &UsersApi::read_user));
  router.add("PUT", "/api/systemusers/*",
             guarded(*core_, *this, Permission::manage_users, &UsersApi::change_user));
  router.add("DELETE", "/api/systemusers/*",
             guarded(*core_, *this, Permission::manage_users, &UsersApi::delete_user));
  router.add("POST", "/api/systemusers/*/state/activate",
             guarded(*core_, *this, Permission::help_users, &UsersApi::activate_user));
  router.add("POST", "/api/systemusers/reactivate",
             guarded(*core_, *this, Permission::help_users, &UsersApi::send_ways_in));
  router.add("POST", "/api/systemusers/*/resetmfa",
             guarded(*core_, *this, Permission::help_users, &UsersApi::reset_mfa));
  router.add("POST", "/api/systemusers/*/unlock",
             guarded(*core_, *this, Permission::help_users, &UsersApi::unlock_user));
  router.add("POST", "/api/systemusers/*/expire",
             guarded(*core_, *this, Permission::help_users, &UsersApi::expire_user));
}

HttpResponse UsersApi::list_users(const RoutedRequest& request, const Actor&) {
  const auto query = read_list_query(request.target);
  if (!query) return query.error();
  return json_response(200, directory::list_users(*core_, *query));
}

HttpResponse UsersApi::search_users(const RoutedRequest& request, const Actor&) {
  const auto body = read_object(request.http);
  if (!body) return body.error();
  const auto query = read_search(*body);
  if (!query) return query.error();
  return json_response(200, directory::list_users(*core_, *query));
}

HttpResponse UsersApi::read_user(const RoutedRequest& request, const Actor&) {
  const auto query = read_list_query(request.target);
  if (!query) return query.error();
  const auto user = find_user(core_->db(), UserId{request.wildcards[0]});
  if (!user) return error_response(404, "there is no such user");
  return json_response(200, select_fields(*query, to_json(*core_, *user)));
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
