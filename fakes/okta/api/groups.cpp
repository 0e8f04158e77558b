#include "fakes/okta/api/groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "fakes/okta/api/app_json.h"
#include "fakes/okta/api/expression.h"
#include "fakes/okta/api/group_json.h"
#include "fakes/okta/api/user_json.h"

namespace fakes::okta::api {
namespace {

// [Okta provisioning-clients 5.4-04]
constexpr std::array filterable{Filterable{"id"}, Filterable{"type"}, Filterable{"lastUpdated", true}, Filterable{"lastMembershipUpdated", true}};
constexpr std::size_t found_by_query = 10;
constexpr PageSize usual_groups{200, 10'000};
constexpr PageSize all_groups{10'000, 10'000};

bool can_be_searched(const Expression& expression) {
  if (expression.kind != Expression::Kind::comparison) return std::ranges::all_of(expression.parts, can_be_searched);
  return expression.path.starts_with("profile.") || expression.path == "created" ||
         std::ranges::find(filterable, expression.path, &Filterable::path) != filterable.end();
}

Outcome<std::optional<Expression>> read_expression(const Request& request) {
  const auto filter = request.parameter("filter");
  const auto search = request.parameter("search");
  if (filter && search) return refuse(ErrorCode::search_and_filter);
  if (!filter && !search) return std::nullopt;
  auto expression = parse_expression(filter ? *filter : *search);
  if (search && (!expression || !can_be_searched(*expression))) return refuse(ErrorCode::invalid_search);
  const auto why_not = expression ? objection(*expression, filterable) : expression.error();
  if (filter && !why_not.empty()) return refuse(ErrorCode::invalid_filter, fmt::format("Invalid filter '{}': {}", *filter, why_not));
  return *std::move(expression);
}

Outcome<GroupProfile> read_group_profile(const Request& request) {
  const auto body = read_object(request);
  if (!body) return std::unexpected(body.error());
  const auto profile = object_of(*body, "profile");
  if (!profile) return std::unexpected(profile.error());
  if (*profile == nullptr) return invalid("profile", "The field cannot be left blank");
  const auto name = text_of(**profile, "name");
  if (!name) return std::unexpected(name.error());
  const auto description = text_of(**profile, "description");
  if (!description) return std::unexpected(description.error());
  return GroupProfile{name->value_or(""), description->value_or("")};
}

Reply done(const Outcome<void>& outcome) {
  if (!outcome) return std::unexpected(outcome.error());
  return no_content();
}

}  // namespace

Reply create_group(const Call& call) {
  const auto profile = read_group_profile(call.request);
  if (!profile) return std::unexpected(profile.error());
  const auto id = told(call.org().create_group(*profile, call.actor()));
  if (!id) return std::unexpected(id.error());
  return json_answer(group_json(*call.org().find(*id), call.request));
}

Reply list_groups(const Call& call) {
  const auto& request = call.request;
  const auto expression = read_expression(request);
  if (!expression) return std::unexpected(expression.error());
  const auto q = base::to_lower(request.parameter("q").value_or(""));
  auto size = call.context.has(Quirk::group_pages_of_ten_thousand) ? all_groups : usual_groups;
  if (!q.empty()) size.usual = found_by_query;
  const auto page = read_page(request, size);
  if (!page) return std::unexpected(page.error());
  Listing listing(*page);
  const auto& groups = call.org().groups();
  for (auto at = groups.upper_bound(GroupId{listing.after()}); at != groups.end(); ++at) {
    // Assumed: q finds beginnings of names.
    if (!base::to_lower(at->second.profile.name).starts_with(q)) continue;
    auto json = group_json(at->second, request);
    if (*expression && !matches(**expression, json)) continue;
    if (!listing.add(at->first.text(), std::move(json))) break;
  }
  return listing.answer(request);
}

Reply read_group(const Call& call) {
  const auto group = group_of(call, call.keys.front());
  if (!group) return std::unexpected(group.error());
  return json_answer(group_json(**group, call.request));
}

Reply replace_group(const Call& call) {
  const auto group = group_of(call, call.keys.front());
  if (!group) return std::unexpected(group.error());
  const auto profile = read_group_profile(call.request);
  if (!profile) return std::unexpected(profile.error());
  const auto updated = told(call.org().update_group((*group)->id, *profile, call.actor()));
  if (!updated) return std::unexpected(updated.error());
  return json_answer(group_json(**group, call.request));
}

Reply delete_group(const Call& call) {
  const auto group = group_of(call, call.keys.front());
  if (!group) return std::unexpected(group.error());
  const auto id = (*group)->id;
  return done(told(call.org().remove_group(id, call.actor())));
}

Reply list_members(const Call& call) {
  const auto group = group_of(call, call.keys.front());
  if (!group) return std::unexpected(group.error());
  const auto page = read_page(call.request, {1'000, 1'000});
  if (!page) return std::unexpected(page.error());
  Listing listing(*page);
  const auto& members = (*group)->members;
  for (auto at = members.upper_bound(UserId{listing.after()}); at != members.end(); ++at) {
    const auto* user = call.org().find(at->first);
    if (user != nullptr && !listing.add(at->first.text(), user_json(*user, call.request, Links::self_alone))) break;
  }
  return listing.answer(call.request);
}

Reply add_member(const Call& call) {
  const auto group = group_of(call, call.keys[0]);
  if (!group) return std::unexpected(group.error());
  const auto user = user_of(call, call.keys[1]);
  if (!user) return std::unexpected(user.error());
  return done(told(call.org().add_member((*group)->id, *user, call.actor())));
}

Reply remove_member(const Call& call) {
  const auto group = group_of(call, call.keys[0]);
  if (!group) return std::unexpected(group.error());
  const auto user = user_of(call, call.keys[1]);
  if (!user) return std::unexpected(user.error());
  return done(told(call.org().remove_member((*group)->id, *user, call.actor())));
}

Reply list_apps_of_group(const Call& call) {
  const auto group = group_of(call, call.keys.front());
  if (!group) return std::unexpected(group.error());
  const auto page = read_page(call.request, {20, 200});
  if (!page) return std::unexpected(page.error());
  Listing listing(*page);
  const auto& apps = call.org().apps();
  for (auto at = apps.upper_bound(AppId{listing.after()}); at != apps.end(); ++at) {
    if (at->second.groups.contains((*group)->id) && !listing.add(at->first.text(), app_json(at->second, call.request))) break;
  }
  return listing.answer(call.request);
}

}  // namespace fakes::okta::api
