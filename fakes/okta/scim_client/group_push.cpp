#include "fakes/okta/scim_client/group_push.h"

#include <algorithm>

#include "fakes/okta/scim_client/requests.h"

namespace fakes::okta::scim_client {
namespace {

Members members_in(const base::JsonObject& read) {
  Members out;
  const auto* members = base::member_ignoring_case(read, "members");
  if (members == nullptr || !members->is_array()) return out;
  for (const auto& member : members->get_array()) {
    if (member.is_object()) out.push_back({text_in(member.get_object(), "value"), text_in(member.get_object(), "display")});
  }
  return out;
}

/// `members` after the change, which others may have filled.
Members changed_members(Members members, const MembersChange& change) {
  std::erase_if(members, [&](const Member& member) { return std::ranges::count(change.removed, member.id) > 0; });
  for (const auto& added : change.added) {
    if (std::ranges::count(members, added.id, &Member::id) == 0) members.push_back(added);
  }
  return members;
}

std::string_view action_of(bool renamed, const MembersChange& change, bool whole) {
  if (whole) return "push_now";
  return renamed && change.empty() ? "rename" : "members";
}

}  // namespace

bool GroupPush::patches() const {
  const auto* to = app();
  return to != nullptr && to->made_from == AppTemplate::catalogue;
}

const PushMapping* GroupPush::mapping_of(const MappingId& id) const {
  const auto* to = app();
  if (to == nullptr) return nullptr;
  const auto found = to->push_mappings.find(id);
  return found == to->push_mappings.end() ? nullptr : &found->second;
}

/// A member is told of who is in the group, assigned to the app and known to it. [Okta provisioning-clients 4.8-12]
std::optional<GroupPush::Wanted> GroupPush::wanted_of(const GroupWork& work) {
  const auto* mapping = mapping_of(work.mapping);
  const auto* group = mapping == nullptr ? nullptr : org_->find(mapping->group);
  if (group == nullptr) return std::nullopt;
  Wanted wanted{mapping->id, mapping->external_id, group->profile.name};
  wanted.renames = mapping->rename;
  wanted.whole = work.kind == GroupWork::Kind::push_now;
  for (const auto& user : order_.of(group->id, org_->changes())) {
    const auto* assignment = app()->assignment_of(user);
    if (assignment == nullptr || assignment->external_id.empty()) continue;
    wanted.members.push_back({assignment->external_id, assignment->user_name});
  }
  return wanted;
}

base::Task<GroupPushed> GroupPush::perform(GroupWork work) {
  const auto* to = app();
  if (to == nullptr || !to->provisions()) co_return GroupPushed{};
  if (work.kind == GroupWork::Kind::remove) {
    auto done = co_await remove(work.external_id);
    co_return done;
  }
  const auto* mapping = mapping_of(work.mapping);
  // A refused push is final until an admin pushes again. [Okta provisioning-clients 4.8-14] [Okta provisioning-clients 4.8-16]
  const bool waits = mapping != nullptr && mapping->status != MappingStatus::active && work.kind != GroupWork::Kind::push_now;
  auto wanted = wanted_of(work);
  if (!wanted || waits || mapping->status == MappingStatus::inactive) co_return GroupPushed{};
  auto done = co_await push(*std::move(wanted));
  if (done.failure) org_->mapping_failed(settings_->app, work.mapping, done.failure->detail);
  co_return done;
}

base::Task<GroupPushed> GroupPush::push(Wanted wanted) {
  if (wanted.id.empty()) {
    auto done = co_await introduce(std::move(wanted));
    co_return done;
  }
  auto done = co_await push_known(std::move(wanted));
  co_return done;
}

base::Task<GroupPushed> GroupPush::introduce(Wanted wanted) {
  const auto path = look_up_path(Collection::groups, wanted.name);
  const auto found = co_await call(wanted.mapping, "GET", path);
  const auto hit = hit_of(found, settings_->quirks);
  if (!hit) co_return GroupPushed{"push", hit.error()};
  const bool with_members = settings_->quirks.has(ClientQuirk::members_with_create);
  if (*hit) {
    wanted.id = text_in(**hit, "id");
  } else {
    auto body = create_group_body(wanted.name, with_members ? wanted.members : Members{});
    const std::string collection(path_of(Collection::groups));
    const auto answer = co_await call(wanted.mapping, "POST", collection, std::move(body));
    const auto id = created_id(answer, "Create new group returned empty group.");
    if (!id) co_return GroupPushed{"push", id.error()};
    wanted.id = *id;
  }
  org_->mapping_pushed(settings_->app, wanted.mapping, wanted.id);
  pushed_[wanted.mapping] = {wanted.name, !*hit && with_members ? wanted.members : Members{}, hit->has_value()};
  const std::string action = *hit ? "link" : "push";
  auto done = co_await push_known(std::move(wanted));
  co_return GroupPushed{action, std::move(done.failure)};
}

base::Task<GroupPushed> GroupPush::push_known(Wanted wanted) {
  auto known = pushed_.find(wanted.mapping);
  const bool first = known == pushed_.end();  // linked by an admin: nothing was pushed yet
  if (first) known = pushed_.emplace(wanted.mapping, Pushed{"", {}, true}).first;
  const bool renamed = wanted.renames && known->second.name != wanted.name;
  const auto change = change_between(known->second.members, wanted.members);
  if (!renamed && change.empty() && !wanted.whole) co_return GroupPushed{};
  const std::string action = first ? "link" : std::string(action_of(renamed, change, wanted.whole));
  // Whether it is there still. [Okta provisioning-clients 4.8-03]
  const auto path = path_of(Collection::groups, wanted.id);
  const auto read = co_await call(wanted.mapping, "GET", path);
  auto resource = resource_of(read);
  if (!resource) co_return GroupPushed{action, resource.error()};
  std::optional<Failure> failure;
  if (patches()) {
    failure = co_await patch(wanted, change, renamed);
  } else {
    auto shown = *std::move(resource);
    failure = co_await replace(wanted, change, std::move(shown));
  }
  if (!failure) remember(wanted);
  co_return GroupPushed{action, std::move(failure)};
}

void GroupPush::remember(const Wanted& wanted) {
  auto& known = pushed_[wanted.mapping];
  known = {wanted.name, wanted.members, known.keeps_others && !wanted.whole};
  org_->mapping_pushed(settings_->app, wanted.mapping, wanted.id);
}

base::Task<std::optional<Failure>> GroupPush::patch(Wanted wanted, MembersChange change, bool renamed) {
  const bool empty_without_path = wanted.whole && wanted.members.empty() && settings_->quirks.has(ClientQuirk::empty_push_without_path);
  const bool in_one = settings_->quirks.has(ClientQuirk::rename_with_members) && !wanted.whole && !change.empty();
  // The name goes along with each change of members. [Okta provisioning-clients 4.8-05]
  const bool names = wanted.renames && (renamed || !change.empty() || wanted.whole);
  if (names && !in_one) {
    auto body = rename_patch(wanted.id, wanted.name);
    auto failure = co_await send_patch(wanted, std::move(body));
    if (failure) co_return failure;
  }
  const auto most = std::clamp(settings_->group_batch, fewest_of_batch, most_of_batch);
  if (wanted.whole) {
    // Assumed: a replacement that is too long is followed by additions.
    Members beginning(wanted.members.begin(), wanted.members.begin() + static_cast<std::ptrdiff_t>(std::min(most, wanted.members.size())));
    change = {{}, Members(wanted.members.begin() + static_cast<std::ptrdiff_t>(beginning.size()), wanted.members.end())};
    auto body = empty_without_path ? empty_members_without_path(wanted.id, wanted.name) : members_replacement(beginning);
    auto failure = co_await send_patch(wanted, std::move(body));
    if (failure) co_return failure;
  }
  const auto batches = batches_of(change, most);
  for (const auto& batch : batches) {
    const bool named = in_one && names && &batch == &batches.front();
    auto body = named ? members_patch(batch, wanted.id, wanted.name) : members_patch(batch);
    auto failure = co_await send_patch(wanted, std::move(body));
    if (failure) co_return failure;
  }
  co_return std::nullopt;
}

base::Task<std::optional<Failure>> GroupPush::send_patch(Wanted wanted, base::JsonObject body) {
  const auto path = path_of(Collection::groups, wanted.id);
  const auto answer = co_await call(wanted.mapping, "PATCH", path, std::move(body));
  co_return failure_of(answer);  // members may be null, or nothing may come [Okta provisioning-clients 4.8-11]
}

base::Task<std::optional<Failure>> GroupPush::replace(Wanted wanted, MembersChange change, base::JsonObject read) {
  const bool keeps = pushed_[wanted.mapping].keeps_others && !wanted.whole;
  const auto members = keeps ? changed_members(members_in(read), change) : wanted.members;
  const auto name = wanted.renames ? wanted.name : text_in(read, "displayName");
  auto body = group_replacement(wanted.id, name, members, settings_->quirks);
  const auto path = path_of(Collection::groups, wanted.id);
  const auto answer = co_await call(wanted.mapping, "PUT", path, std::move(body));
  co_return failure_of(answer);
}

base::Task<GroupPushed> GroupPush::remove(std::string external_id) {
  if (external_id.empty()) co_return GroupPushed{};
  const auto path = path_of(Collection::groups, external_id);
  const auto answer = co_await caller_->call("DELETE", path);
  co_return GroupPushed{"remove", failure_of(answer)};
}

base::Task<base::HttpResult> GroupPush::call(MappingId mapping, std::string method, std::string path, std::optional<base::JsonObject> body) {
  auto* org = org_;
  const auto id = settings_->app;
  // Who reads the log is told that the push goes on after a while. [Okta provisioning-clients 5.7-10]
  const auto paused = [=] {
    if (const auto* to = org->find(id))
      org->record(EventType::group_push_mapping_update_or_delete_failed, Actor::system(), {Org::target_of(*to)},
                       {LogResult::failure, "429 Too Many Requests"}, {{"pushMapping", mapping.text()}});
  };
  auto result = co_await caller_->call(std::move(method), std::move(path), std::move(body), paused);
  co_return result;
}

}  // namespace fakes::okta::scim_client
