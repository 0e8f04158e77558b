#include "fakes/okta/api/push_mappings.h"

#include "fakes/okta/api/app_json.h"

namespace fakes::okta::api {
namespace {

struct Place {
  const App* app = nullptr;
  const PushMapping* mapping = nullptr;
};

Outcome<Place> place_of(const Call& call) {
  const auto app = app_of(call, call.keys[0]);
  if (!app) return std::unexpected(app.error());
  const auto found = (*app)->push_mappings.find(MappingId{call.keys[1]});
  if (found == (*app)->push_mappings.end()) return no_such("GroupPushMapping", call.keys[1]);
  return Place{*app, &found->second};
}

}  // namespace

Reply create_mapping(const Call& call) {
  const auto app = app_of(call, call.keys.front());
  if (!app) return std::unexpected(app.error());
  const auto body = read_object(call.request);
  if (!body) return std::unexpected(body.error());
  const auto source = text_of(*body, "sourceGroupId");
  if (!source) return std::unexpected(source.error());
  const auto target = text_of(*body, "targetGroupId");
  if (!target) return std::unexpected(target.error());
  const auto group = group_of(call, source->value_or(""));
  if (!group) return std::unexpected(group.error());
  const auto app_id = (*app)->id;
  const auto id = *target ? told(call.org().link_group(app_id, (*group)->id, **target, std::nullopt, call.actor()))
                          : told(call.org().push_group(app_id, (*group)->id, call.actor()));
  if (!id) return std::unexpected(id.error());
  return json_answer(mapping_json((*app)->push_mappings.at(*id)));
}

Reply list_mappings(const Call& call) {
  const auto app = app_of(call, call.keys.front());
  if (!app) return std::unexpected(app.error());
  const auto page = read_page(call.request, {100, 1'000});
  if (!page) return std::unexpected(page.error());
  Listing listing(*page);
  const auto& mappings = (*app)->push_mappings;
  for (auto at = mappings.upper_bound(MappingId{listing.after()}); at != mappings.end(); ++at) {
    if (!listing.add(at->first.text(), mapping_json(at->second))) break;
  }
  return listing.answer(call.request);
}

Reply read_mapping(const Call& call) {
  const auto place = place_of(call);
  if (!place) return std::unexpected(place.error());
  return json_answer(mapping_json(*place->mapping));
}

Reply update_mapping(const Call& call) {
  const auto place = place_of(call);
  if (!place) return std::unexpected(place.error());
  const auto body = read_object(call.request);
  if (!body) return std::unexpected(body.error());
  const auto status = text_of(*body, "status");
  if (!status) return std::unexpected(status.error());
  if (*status != "ACTIVE" && *status != "INACTIVE") return invalid("status", "ACTIVE or INACTIVE is expected");
  const auto done = *status == "ACTIVE" ? told(call.org().activate_mapping(place->app->id, place->mapping->id, call.actor()))
                                        : told(call.org().deactivate_mapping(place->app->id, place->mapping->id, call.actor()));
  if (!done) return std::unexpected(done.error());
  return json_answer(mapping_json(*place->mapping));
}

Reply delete_mapping(const Call& call) {
  const auto place = place_of(call);
  if (!place) return std::unexpected(place.error());
  const auto removes = call.request.flag("deleteTargetGroup", false);
  if (!removes) return std::unexpected(removes.error());
  const auto id = place->mapping->id;
  const auto done = told(call.org().unlink(place->app->id, id, *removes ? UnlinkAction::remove : UnlinkAction::leave, call.actor()));
  if (!done) return std::unexpected(done.error());
  return no_content();
}

}  // namespace fakes::okta::api
