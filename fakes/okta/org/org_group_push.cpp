// Groups that are pushed to applications. [Okta provisioning-clients 4.8-12] to [Okta provisioning-clients 4.8-16]
#include "fakes/okta/org/org.h"

namespace fakes::okta {

Outcome<PushMapping*> Org::mapping_of(App& app, const MappingId& id) {
  const auto found = app.push_mappings.find(id);
  if (found == app.push_mappings.end()) return refuse(ErrorCode::not_found, id.text() + " (GroupPushMapping)");
  return &found->second;
}

Outcome<MappingId> Org::push_group(const AppId& app_id, const GroupId& group, const Actor& actor) {
  return link_group(app_id, group, {}, {}, actor);
}

Outcome<MappingId> Org::link_group(const AppId& app_id, const GroupId& group_id, std::string external_id, std::optional<bool> rename, const Actor& actor) {
  const auto app = app_of(app_id);
  if (!app) return std::unexpected(app.error());
  const auto group = group_of(group_id);
  if (!group) return std::unexpected(group.error());
  if (!(*app)->can_provision) return refuse(ErrorCode::validation, "app", {"app: The app does not support provisioning"});
  for (const auto& [id, mapping] : (*app)->push_mappings) {
    if (mapping.group == group_id) return refuse(ErrorCode::validation, "sourceGroupId", {"sourceGroupId: The group is pushed already"});
  }
  PushMapping mapping{.id = MappingId{draw_id("gPm")}, .group = group_id};
  mapping.linked = !external_id.empty();
  mapping.external_id = std::move(external_id);
  mapping.rename = rename.value_or((*app)->provisioning.rename_app_groups);
  mapping.created = mapping.last_updated = now();
  const auto& kept = (*app)->push_mappings.emplace(mapping.id, mapping).first->second;
  record(EventType::group_push_mapping_created, actor, {target_of(**group), target_of(**app)});
  changed({.what = Change::mapping_created, .group = group_id, .app = app_id, .mapping = kept.id, .external_id = kept.external_id});
  return kept.id;
}

Outcome<void> Org::push_now(const AppId& app_id, const MappingId& id, const Actor& /*actor*/) {
  const auto app = app_of(app_id);
  if (!app) return std::unexpected(app.error());
  const auto mapping = mapping_of(**app, id);
  if (!mapping) return std::unexpected(mapping.error());
  if ((*mapping)->status == MappingStatus::inactive) return refuse(ErrorCode::validation, "status", {"status: The mapping is not active"});
  changed({.what = Change::mapping_pushed_now, .group = (*mapping)->group, .app = app_id, .mapping = id, .external_id = (*mapping)->external_id});
  return {};
}

Outcome<void> Org::activate_mapping(const AppId& app_id, const MappingId& id, const Actor& actor) {
  const auto app = app_of(app_id);
  if (!app) return std::unexpected(app.error());
  const auto mapping = mapping_of(**app, id);
  if (!mapping) return std::unexpected(mapping.error());
  if ((*mapping)->status == MappingStatus::active) return {};
  (*mapping)->status = MappingStatus::active;
  (*mapping)->error.clear();
  (*mapping)->last_updated = now();
  record(EventType::group_push_activate_mapping, actor, {target_of(groups_.at((*mapping)->group)), target_of(**app)});
  changed({.what = Change::mapping_activated, .group = (*mapping)->group, .app = app_id, .mapping = id, .external_id = (*mapping)->external_id});
  return {};
}

Outcome<void> Org::deactivate_mapping(const AppId& app_id, const MappingId& id, const Actor& actor) {
  const auto app = app_of(app_id);
  if (!app) return std::unexpected(app.error());
  const auto mapping = mapping_of(**app, id);
  if (!mapping) return std::unexpected(mapping.error());
  if ((*mapping)->status == MappingStatus::inactive) return {};
  (*mapping)->status = MappingStatus::inactive;
  (*mapping)->last_updated = now();
  record(EventType::group_push_deactivate_mapping, actor, {target_of(groups_.at((*mapping)->group)), target_of(**app)});
  changed({.what = Change::mapping_deactivated, .group = (*mapping)->group, .app = app_id, .mapping = id, .external_id = (*mapping)->external_id});
  return {};
}

Outcome<void> Org::unlink(const AppId& app_id, const MappingId& id, UnlinkAction action, const Actor& actor) {
  const auto app = app_of(app_id);
  if (!app) return std::unexpected(app.error());
  if (auto mapping = mapping_of(**app, id); !mapping) return std::unexpected(mapping.error());
  forget_mapping(**app, id, action, actor);
  return {};
}

void Org::forget_mapping(App& app, const MappingId& id, UnlinkAction action, const Actor& actor) {
  const auto mapping = app.push_mappings.at(id);
  app.push_mappings.erase(id);
  record(EventType::group_push_removed, actor, {target_of(groups_.at(mapping.group)), target_of(app)});
  const auto what = action == UnlinkAction::remove ? Change::mapping_removed : Change::mapping_left;
  changed({.what = what, .group = mapping.group, .app = app.id, .mapping = mapping.id, .external_id = mapping.external_id});
}

void Org::mapping_pushed(const AppId& app_id, const MappingId& id, const std::string& external_id) {
  const auto app = apps_.find(app_id);
  if (app == apps_.end()) return;
  const auto mapping = app->second.push_mappings.find(id);
  if (mapping == app->second.push_mappings.end()) return;
  mapping->second.external_id = external_id;
  mapping->second.error.clear();
  mapping->second.last_push = now();
  if (mapping->second.status == MappingStatus::error) mapping->second.status = MappingStatus::active;
}

void Org::mapping_failed(const AppId& app_id, const MappingId& id, const std::string& error) {
  const auto app = apps_.find(app_id);
  if (app == apps_.end()) return;
  const auto mapping = app->second.push_mappings.find(id);
  if (mapping == app->second.push_mappings.end()) return;
  mapping->second.status = MappingStatus::error;
  mapping->second.error = error;
}

}  // namespace fakes::okta
