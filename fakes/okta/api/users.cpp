#include "fakes/okta/api/users.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/encoding.h"
#include "fakes/okta/api/candidates.h"
#include "fakes/okta/api/expression.h"
#include "fakes/okta/api/group_json.h"
#include "fakes/okta/api/user_json.h"

namespace fakes::okta::api {
namespace {

constexpr std::size_t found_by_q = 10;

// [Okta provisioning-clients 5.2-13]
constexpr std::array filterable{
    Filterable{"status"},          Filterable{"lastUpdated", true},  Filterable{"id"},
    Filterable{"profile.login"},   Filterable{"profile.email"},      Filterable{"profile.firstName"},
    Filterable{"profile.lastName"}};

/// Assumed: all that a user's JSON shows but for credentials and links.
constexpr std::array<std::string_view, 9> searchable{"id",          "status",    "created",         "activated", "statusChanged",
                                                     "lastUpdated", "lastLogin", "passwordChanged", "type.id"};

bool can_be_searched(const Expression& expression) {
  if (expression.kind != Expression::Kind::comparison) return std::ranges::all_of(expression.parts, can_be_searched);
  return expression.path.starts_with("profile.") || std::ranges::find(searchable, expression.path) != searchable.end();
}

/// What a list is to hold.
struct Wanted {
  std::optional<Expression> expression{};
  std::string q{};
  bool is_search = false;
  std::set<std::string> members{};  ///< of a user's JSON, that the expression compares
};

Outcome<Wanted> read_wanted(const Request& request) {
  Wanted out;
  const auto filter = request.parameter("filter");
  const auto search = request.parameter("search");
  if (filter && search) return refuse(ErrorCode::search_and_filter);
  out.q = base::to_lower(request.parameter("q").value_or(""));
  out.is_search = search.has_value();
  if (!filter && !search) return out;
  auto expression = parse_expression(filter ? *filter : *search);
  if (search && (!expression || !can_be_searched(*expression))) return refuse(ErrorCode::invalid_search);
  const auto why_not = expression ? objection(*expression, filterable) : expression.error();
  if (filter && !why_not.empty()) return refuse(ErrorCode::invalid_filter, fmt::format("Invalid filter '{}': {}", *filter, why_not));
  out.expression = *std::move(expression);
  out.members = members_of(*out.expression);
  return out;
}

bool is_wanted(const User& user, const Wanted& wanted) {
  // Assumed: only a condition on the state counts as filtering for it.
  const bool asks_for_state = wanted.expression && mentions(*wanted.expression, "status");
  if (user.status == UserStatus::deprovisioned && !asks_for_state) return false;
  // Assumed: q finds beginnings.
  const auto begins = [&](std::string_view attribute) { return base::to_lower(value_or_empty(user.profile, attribute)).starts_with(wanted.q); };
  if (!wanted.q.empty() && !begins("firstName") && !begins("lastName") && !begins("email")) return false;
  return !wanted.expression || matches(*wanted.expression, user_members(user, wanted.members));
}

Outcome<NewUser> read_new_user(const Call& call) {
  const auto body = read_object(call.request);
  if (!body) return std::unexpected(body.error());
  auto profile = read_profile(*body);
  if (!profile) return std::unexpected(profile.error());
  auto credentials = read_credentials(*body);
  if (!credentials) return std::unexpected(credentials.error());
  const auto activate = call.request.flag("activate", true);
  if (!activate) return std::unexpected(activate.error());
  NewUser out;
  for (auto& [name, value] : *profile) {
    if (value) out.profile[name] = *std::move(value);
  }
  out.password = std::move(credentials->password);
  out.hash = std::move(credentials->hash);
  out.recovery = std::move(credentials->recovery);
  if (credentials->provider) out.provider = *credentials->provider;
  out.activate = *activate;
  out.change_password_at_next_login = call.request.parameter("nextLogin") == "changePassword";
  if (const auto* groups = base::member(*body, "groupIds"); groups != nullptr && !groups->is_null()) {
    if (!groups->is_array()) return refuse(ErrorCode::malformed_body);
    for (const auto& id : groups->get_array()) {
      if (!id.is_string()) return refuse(ErrorCode::malformed_body);
      out.groups.emplace_back(std::string(base::as_text(id.get_string())));
    }
  }
  const auto type = object_of(*body, "type");
  if (!type) return std::unexpected(type.error());
  if (*type != nullptr && base::string_or(base::Json(**type), "id", "") != call.org().default_user_type()) return invalid("type", "The user type is not there");
  return out;
}

Reply shown(const Call& call, const std::string& key) {
  const auto id = user_of(call, key);
  if (!id) return std::unexpected(id.error());
  return json_answer(user_json(*call.org().find(*id), call.request, Links::of_the_state));
}

Reply change(const Call& call, bool whole_profile) {
  const auto id = user_of(call, call.keys.front());
  if (!id) return std::unexpected(id.error());
  const auto body = read_object(call.request);
  if (!body) return std::unexpected(body.error());
  auto profile = read_profile(*body);
  if (!profile) return std::unexpected(profile.error());
  auto update = read_credentials(*body);
  if (!update) return std::unexpected(update.error());
  update->profile = *std::move(profile);
  update->whole_profile = whole_profile;
  if (const auto done = told(call.org().update_user(*id, *update, call.actor())); !done) return std::unexpected(done.error());
  return json_answer(user_json(*call.org().find(*id), call.request, Links::of_the_state));
}

}  // namespace

Reply create_user(const Call& call) {
  const auto user = read_new_user(call);
  if (!user) return std::unexpected(user.error());
  const auto id = told(call.org().create_user(*user, call.actor()));
  if (!id) return std::unexpected(id.error());
  return json_answer(user_json(*call.org().find(*id), call.request, Links::of_the_state));
}

Reply list_users(const Call& call) {
  const auto& request = call.request;
  const auto wanted = read_wanted(request);
  if (!wanted) return std::unexpected(wanted.error());
  const bool by_q = !wanted->q.empty();
  const auto page = read_page(request, {by_q ? found_by_q : 200, 200});
  if (!page) return std::unexpected(page.error());
  Listing listing(*page);
  const auto take = [&](const User& user) {
    return !is_wanted(user, *wanted) || listing.add(user.id.text(), user_json(user, request, Links::self_alone));
  };
  // What a search sees later than it happened is in its own index alone.
  const bool is_late = wanted->is_search && call.context.options.search_lag > base::Duration::zero();
  const auto named = wanted->expression && !is_late ? candidates(*wanted->expression, call.org()) : std::nullopt;
  if (named) {
    for (auto at = named->upper_bound(UserId{listing.after()}); at != named->end() && take(*call.org().find(*at)); ++at) {}
  } else if (wanted->is_search) {
    call.context.index.visit(call.context.now, listing.after(), take);
  } else {
    const auto& users = call.org().users();
    for (auto at = users.upper_bound(UserId{listing.after()}); at != users.end() && take(at->second); ++at) {}
  }
  return by_q ? listing.answer_without_next(request) : listing.answer(request);
}

Reply read_user(const Call& call) { return shown(call, call.keys.front()); }
Reply read_user_me(const Call& call) { return shown(call, "me"); }

Reply update_user(const Call& call) { return change(call, false); }
Reply replace_user(const Call& call) { return change(call, true); }

Reply delete_user(const Call& call) {
  const auto id = user_of(call, call.keys.front());
  if (!id) return std::unexpected(id.error());
  if (const auto done = told(call.org().remove(*id, call.actor())); !done) return std::unexpected(done.error());
  return no_content();
}

Reply list_groups_of_user(const Call& call) {
  const auto id = user_of(call, call.keys.front());
  if (!id) return std::unexpected(id.error());
  base::JsonArray out;
  for (const auto& group : call.org().groups_of(*id)) out.push_back(group_json(*call.org().find(group), call.request));
  return json_answer(out);
}

Reply list_app_links(const Call& call) {
  const auto id = user_of(call, call.keys.front());
  if (!id) return std::unexpected(id.error());
  base::JsonArray out;
  for (const auto& [app_id, app] : call.org().apps()) {
    const auto* assignment = app.assignment_of(*id);
    if (assignment == nullptr || app.status != AppStatus::active) continue;
    base::JsonObject link;
    link["label"] = base::json_text(app.label);
    link["appName"] = base::json_text(app.name);
    link["appInstanceId"] = base::json_text(app_id.text());
    link["hidden"] = false;
    out.push_back(std::move(link));
  }
  return json_answer(out);
}

}  // namespace fakes::okta::api
