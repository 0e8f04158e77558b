#include "directory/admin_api/user_states_api.h"

#include <fmt/format.h>

#include <algorithm>

#include "directory/admin_api/guarded.h"
#include "directory/admin_api/paging.h"
#include "directory/server/responses.h"
#include "directory/users/attribute_rules.h"
#include "directory/users/scheduled_states.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonArray;
using base::JsonObject;

constexpr std::size_t most_users = 100;

JsonObject to_json(const ScheduledState& scheduled) {
  const auto state = state_name(scheduled.state);
  return {{"scheduledJobId", scheduled.id},
          {"systemUserId", scheduled.user.text()},
          {"state", base::json_text(state)},
          {"scheduledDate", base::to_rfc3339(scheduled.at)}};
}

std::unexpected<HttpResponse> refused(std::string_view message) {
  return std::unexpected(error_response(400, message));
}

std::expected<std::vector<UserId>, HttpResponse> read_user_ids(const JsonObject& body) {
  const auto* list = base::member(body, "user_ids");
  if (list == nullptr || !list->is_array() || list->get_array().empty() ||
      list->get_array().size() > most_users) {
    return refused(fmt::format("user_ids is a list of 1 to {} ids", most_users));
  }
  std::vector<UserId> ids;
  for (const auto& entry : list->get_array()) {
    if (!entry.is_string()) return refused("an id is a string");
    UserId id{std::string(base::as_text(entry.get_string()))};
    if (std::ranges::find(ids, id) == ids.end()) ids.push_back(std::move(id));
  }
  return ids;
}

/// Mail goes with activations alone, and to another address only for one user. Assumed: where the body does
/// not say, mail is sent if an address is named.
std::expected<MailChoice, HttpResponse> read_mail(const JsonObject& body, UserState state,
                                                  std::size_t users) {
  const auto* send = base::member(body, "send_activation_emails");
  const auto* to = base::member(body, "activation_email_override");
  if (send != nullptr && !send->is_bool()) return refused("send_activation_emails is true or false");
  if (to != nullptr && (!to->is_string() || !is_email(base::as_text(to->get_string())))) {
    return refused("activation_email_override is an address");
  }
  if (state != UserState::activated) {
    if (to != nullptr || (send != nullptr && send->get_bool()))
      return refused("only an activation sends mail");
    return MailChoice{false};
  }
  if (to != nullptr && users > 1) return refused("activation_email_override is for one user");
  MailChoice mail{send != nullptr ? send->get_bool() : to != nullptr};
  if (mail.send && to != nullptr) mail.recipient = std::string(base::as_text(to->get_string()));
  return mail;
}

}  // namespace

void UserStatesApi::add_routes(Router& router) {
  router.add("POST", "/api/v2/bulk/userstates",
             guarded(*core_, *this, Permission::manage_users, &UserStatesApi::schedule));
  router.add("GET", "/api/v2/bulk/userstates",
             guarded(*core_, *this, Permission::read, &UserStatesApi::list));
  router.add("GET", "/api/v2/bulk/userstates/eventlist/next",
             guarded(*core_, *this, Permission::read, &UserStatesApi::list_next));
  router.add("DELETE", "/api/v2/bulk/userstates/*",
             guarded(*core_, *this, Permission::manage_users, &UserStatesApi::cancel));
}

HttpResponse UserStatesApi::schedule(const RoutedRequest& request, const Actor& actor) {
  const auto body = read_object(request.http);
  if (!body) return body.error();
  const auto ids = read_user_ids(*body);
  if (!ids) return ids.error();
  const auto state = parse_state(base::string_or(*body, "state", ""));
  if (!state || *state == UserState::staged)
    return error_response(400, "state is one of ACTIVATED, SUSPENDED");
  const auto start = base::parse_rfc3339(base::string_or(*body, "start_date", ""));
  if (!start) return error_response(400, "start_date is required: " + start.error().message);
  const auto mail = read_mail(*body, *state, ids->size());
  if (!mail) return mail.error();
  return core_->transact([&]() -> Decided {
    JsonArray jobs;
    for (const auto& id : *ids) {
      const auto user = find_user(core_->db(), id);
      if (!user) return error_response(400, "user_ids names a user who is not there");
      const auto scheduled = schedule_state(*core_, *user, {"", id, *state, *start, *mail, actor});
      if (!scheduled) return refusal_response(scheduled.error());
      jobs.push_back(to_json(*scheduled));
    }
    return json_response(201, jobs);
  });
}

HttpResponse UserStatesApi::list(const RoutedRequest& request, const Actor&) {
  const UserId user{request.target.parameter("userid").value_or("")};
  const auto skip = page_parameter(request.target, "skip", 0, INT64_MAX);
  const auto limit = page_parameter(request.target, "limit", default_page, largest_page);
  JsonArray jobs;
  for (const auto& scheduled : list_scheduled_states(core_->db(), user, skip, limit))
    jobs.push_back(to_json(scheduled));
  return json_response(200, jobs);
}

HttpResponse UserStatesApi::list_next(const RoutedRequest& request, const Actor&) {
  auto users = request.target.parameter("users").value_or("");
  if (static_cast<std::size_t>(std::ranges::count(users, ',')) >= most_users) {
    return error_response(400, fmt::format("users names at most {}", most_users));
  }
  JsonArray results;
  for (std::string_view rest = users; !rest.empty();) {
    const auto id = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(id.size() + 1, rest.size()));
    if (id.empty()) continue;
    for (const auto& next : list_scheduled_states(core_->db(), UserId{std::string(id)}, 0, 1)) {
      results.push_back(to_json(next));
    }
  }
  const auto total = static_cast<std::int64_t>(results.size());
  return json_response(200, JsonObject{{"results", std::move(results)}, {"totalCount", total}});
}

HttpResponse UserStatesApi::cancel(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto scheduled = find_scheduled_state(core_->db(), request.wildcards[0]);
    if (!scheduled) return error_response(404, "there is no such scheduled change");
    cancel_scheduled_state(*core_, *scheduled, actor);
    return HttpResponse(204);
  });
}

}  // namespace directory
