#include "fakes/okta/api/app_users.h"

#include "fakes/okta/api/app_json.h"
#include "fakes/okta/api/user_json.h"

namespace fakes::okta::api {
namespace {

Outcome<NewAssignment> read_assignment(const base::JsonObject& body) {
  NewAssignment out;
  const auto credentials = object_of(body, "credentials");
  if (!credentials) return std::unexpected(credentials.error());
  if (*credentials != nullptr) {
    const auto name = text_of(**credentials, "userName");
    if (!name) return std::unexpected(name.error());
    out.user_name = *name;
  }
  const auto profile = read_profile(body);
  if (!profile) return std::unexpected(profile.error());
  for (const auto& [attribute, value] : *profile) {
    if (value) out.profile[attribute] = *value;
  }
  return out;
}

struct Place {
  const App* app = nullptr;
  UserId user{};
};

/// The app and the user that the path names.
Outcome<Place> place_of(const Call& call) {
  const auto app = app_of(call, call.keys[0]);
  if (!app) return std::unexpected(app.error());
  const auto user = user_of(call, call.keys[1]);
  if (!user) return std::unexpected(user.error());
  return Place{*app, *user};
}

Reply shown(const Call& call, const App& app, const UserId& user) {
  const auto* assignment = app.assignment_of(user);
  if (assignment == nullptr) return no_such("AppUser", user.text());
  return json_answer(app_user_json(app, *assignment, call.request));
}

struct GroupPlace {
  const App* app = nullptr;
  const Group* group = nullptr;
};

Outcome<GroupPlace> group_place_of(const Call& call) {
  const auto app = app_of(call, call.keys[0]);
  if (!app) return std::unexpected(app.error());
  const auto group = group_of(call, call.keys[1]);
  if (!group) return std::unexpected(group.error());
  return GroupPlace{*app, *group};
}

Reply shown(const Call& call, const GroupPlace& place) {
  const auto found = place.app->groups.find(place.group->id);
  if (found == place.app->groups.end()) return no_such("ApplicationGroupAssignment", place.group->id.text());
  return json_answer(app_group_json(*place.app, found->second, call.request));
}

}  // namespace

Reply assign_user(const Call& call) {
  const auto app = app_of(call, call.keys.front());
  if (!app) return std::unexpected(app.error());
  const auto body = read_object(call.request);
  if (!body) return std::unexpected(body.error());
  const auto key = text_of(*body, "id");
  if (!key) return std::unexpected(key.error());
  if (!*key) return invalid("id", "The field cannot be left blank");
  const auto scope = text_of(*body, "scope");
  if (!scope) return std::unexpected(scope.error());
  if (scope->value_or("USER") != "USER") return invalid("scope", "Only USER is assigned by itself");
  const auto user = user_of(call, **key);
  if (!user) return std::unexpected(user.error());
  const auto assignment = read_assignment(*body);
  if (!assignment) return std::unexpected(assignment.error());
  if (const auto done = told(call.org().assign((*app)->id, *user, *assignment, call.actor())); !done) return std::unexpected(done.error());
  return shown(call, **app, *user);
}

Reply list_app_users(const Call& call) {
  const auto app = app_of(call, call.keys.front());
  if (!app) return std::unexpected(app.error());
  const auto page = read_page(call.request, {50, 500});
  if (!page) return std::unexpected(page.error());
  Listing listing(*page);
  const auto& users = (*app)->users;
  for (auto at = users.upper_bound(UserId{listing.after()}); at != users.end(); ++at) {
    if ((*app)->assignment_of(at->first) == nullptr) continue;
    if (!listing.add(at->first.text(), app_user_json(**app, at->second, call.request))) break;
  }
  return listing.answer(call.request);
}

Reply read_app_user(const Call& call) {
  const auto place = place_of(call);
  if (!place) return std::unexpected(place.error());
  return shown(call, *place->app, place->user);
}

Reply update_app_user(const Call& call) {
  const auto place = place_of(call);
  if (!place) return std::unexpected(place.error());
  const auto body = read_object(call.request);
  if (!body) return std::unexpected(body.error());
  const auto assignment = read_assignment(*body);
  if (!assignment) return std::unexpected(assignment.error());
  const auto done = told(call.org().update_assignment(place->app->id, place->user, *assignment, call.actor()));
  if (!done) return std::unexpected(done.error());
  return shown(call, *place->app, place->user);
}

Reply unassign_user(const Call& call) {
  const auto place = place_of(call);
  if (!place) return std::unexpected(place.error());
  const auto done = told(call.org().unassign(place->app->id, place->user, call.actor()));
  if (!done) return std::unexpected(done.error());
  return call.context.has(Quirk::unassignment_answers_object) ? empty_object() : no_content();
}

Reply assign_group(const Call& call) {
  const auto place = group_place_of(call);
  if (!place) return std::unexpected(place.error());
  const auto body = read_object(call.request, Body::optional);
  if (!body) return std::unexpected(body.error());
  const auto priority = base::integer_member(base::Json(*body), "priority").value_or(0);
  if (priority < 0 || priority > 100) return invalid("priority", "It has to be a number from 0 to 100");
  const auto done = told(call.org().assign_group(place->app->id, place->group->id, static_cast<int>(priority), call.actor()));
  if (!done) return std::unexpected(done.error());
  return shown(call, *place);
}

Reply list_app_groups(const Call& call) {
  const auto app = app_of(call, call.keys.front());
  if (!app) return std::unexpected(app.error());
  const auto page = read_page(call.request, {20, 200});
  if (!page) return std::unexpected(page.error());
  Listing listing(*page);
  const auto& groups = (*app)->groups;
  for (auto at = groups.upper_bound(GroupId{listing.after()}); at != groups.end(); ++at) {
    if (!listing.add(at->first.text(), app_group_json(**app, at->second, call.request))) break;
  }
  return listing.answer(call.request);
}

Reply read_app_group(const Call& call) {
  const auto place = group_place_of(call);
  if (!place) return std::unexpected(place.error());
  return shown(call, *place);
}

Reply unassign_group(const Call& call) {
  const auto place = group_place_of(call);
  if (!place) return std::unexpected(place.error());
  const auto done = told(call.org().unassign_group(place->app->id, place->group->id, call.actor()));
  if (!done) return std::unexpected(done.error());
  return no_content();
}

}  // namespace fakes::okta::api
