#include "directory/cloud_sync/group_sync.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "directory/cloud_sync/account_sync.h"
#include "directory/groups/group_store.h"

namespace directory {
namespace {

/// By then more than five minutes have passed: what is not found any more is no replica that lags. [Graph C4]
constexpr int most_lagging_answers = 6;

/// Accounts of a tenant come one after another; those of so long become members with one request.
constexpr base::Duration gathering = std::chrono::seconds{2};

std::string_view group_event_of(GroupStep step) {
  switch (step) {
    case GroupStep::look_up:
    case GroupStep::look_for_own:
    case GroupStep::create: return "group_create_provision";
    default: return "group_update_provision";
  }
}

bool is_about_members(GroupStep step) { return step == GroupStep::add_members || step == GroupStep::remove_member; }

const base::JsonArray& values_of(const GraphAnswer& answer) {
  static const base::JsonArray none;
  const auto* found = base::member(answer.body, "value");
  return found != nullptr && found->is_array() ? found->get_array() : none;
}

class GroupRecorder {
 public:
  GroupRecorder(Core& core, const CloudDirectory& directory, CloudGroup group)
      : core_(core), directory_(directory), group_(std::move(group)) {
    const auto here = find_group(core.db(), GraphType::user_group, group_.group);
    if (here) name_ = here->fields.name;
  }

  void succeed(const PlannedGroupStep& step, const GraphAnswer& answer) {
    switch (step.step) {
      case GroupStep::look_up: return looked_up(step, answer);
      case GroupStep::look_for_own: return looked_for_own(answer);
      case GroupStep::create: return created(step, answer);
      case GroupStep::rename: return renamed(step);
      case GroupStep::read_members: return members_read(answer);
      case GroupStep::add_members: return members_changed(step, true);
      case GroupStep::remove_member: return members_changed(step, false);
    }
  }

  void fail(const PlannedGroupStep& step, const GraphAnswer& answer) {
    const bool unknown = answer.kind == GraphAnswer::Kind::unknown;
    if (step.step == GroupStep::create && !core_.probes.sometimes(Probe::group_may_have_been_created, answer.may_have_been_done()))
      group_.create_sent.reset();
    // Who is in it nobody can say then, and no comparison tells of groups.
    if (is_about_members(step.step) && answer.may_have_been_done()) group_.members_known = false;
    if (step.step == GroupStep::rename && !answer.may_have_been_done()) group_.name_there = step.name;
    // The tenant is busy, or our token has ended: nothing is wrong with the group.
    if (core_.probes.sometimes(Probe::group_write_is_put_off, answer.is_put_off())) return store();
    if (step.step == GroupStep::create) {
      group_.sought.clear();  // perhaps there is one by now, whoever made it
      if (unknown && core_.has(Defect::lost_answer_creates_again)) {
        group_.create_sent.reset();
        group_.sought = name_;
      }
    }
    if (step.step == GroupStep::read_members) group_.members_page.clear();
    // One of them is no member yet, or one already, or unknown there: that says nothing about the others.
    const bool somebody = is_about_members(step.step) &&
                          (answer.kind == GraphAnswer::Kind::missing || (answer.kind == GraphAnswer::Kind::refused && answer.status != 403));
    if (somebody) {
      core_.probes.reached(Probe::group_member_is_unknown_there);
      group_.members_known = false;
      for (const auto& member : step.members) {
        note_cloud_member_failure(core_.db(), group_.id, member, core_.now() + cloud_pause(member.attempts + 1));
      }
      group_.next_attempt = core_.now();
    } else {
      back_off();
      const bool gone = answer.kind == GraphAnswer::Kind::missing && !group_.object_id.empty() && group_.attempts > most_lagging_answers;
      if (gone && !core_.has(Defect::gone_groups_are_not_missed)) return group_is_gone();
    }
    tell_failure(group_event_of(step.step), answer.code, answer.message);
  }

 private:
  void store() { store_progress(core_.db(), group_); }

  void back_off() {
    ++group_.attempts;
    group_.next_attempt = core_.now() + cloud_pause(group_.attempts);
  }

  /// Somebody has deleted it there: it is looked for by its name, and made anew. [rule R122]
  void group_is_gone() {
    core_.probes.reached(Probe::group_is_gone_there);
    group_.object_id.clear();
    group_.name_there.clear();
    group_.members_known = false;
    group_.members_page.clear();
    group_.attempts = 0;
    group_.next_attempt = core_.now();
    forget_cloud_members(core_.db(), group_.id);
    store();
  }

  /// Once for each thing that is wrong.
  void tell_failure(std::string_view type, const std::string& code, const std::string& message) {
    const bool news = group_.note_error(code, message);
    store();
    if (news) write(type, {}, false);
  }

  void write(std::string_view type, std::vector<FieldChange> changes, bool success = true) {
    if (core_.has(Defect::group_provisioning_is_not_told)) return;
    Event event{std::string(type), Actor{}, {"user_group", group_.group.text(), name_}, std::move(changes), success};
    if (!success) event.error_message = group_.error_message.empty() ? group_.error_code : group_.error_message;
    event.details["office_365"] = base::JsonObject{{"id", directory_.id.text()}, {"name", directory_.name}};
    core_.events.write(core_.now(), event);
  }

  void take(const base::Json& object) {
    group_.object_id = base::string_or(object, "id", "");
    group_.name_there = base::string_or(object, "displayName", "");
    group_.create_sent.reset();
    group_.sought.clear();
    group_.members_known = false;
    group_.members_page.clear();
    group_.attempts = 0;
  }

  void looked_up(const PlannedGroupStep& step, const GraphAnswer& answer) {
    if (step.name != name_) return store();  // renamed meanwhile
    std::vector<const base::Json*> namesakes;
    for (const auto& object : values_of(answer)) {
      // Groups of another kind are nobody's namesakes. [rule R77] [rule R124]
      if (!is_plain_security_group(object) && !core_.has(Defect::any_group_is_taken_over)) continue;
      // Nor is what another group here has: it has been renamed since.
      if (find_cloud_group_by_object(core_.db(), group_.directory, base::string_or(object, "id", ""))) continue;
      namesakes.push_back(&object);
    }
    core_.probes.sometimes(Probe::group_is_taken_over, namesakes.size() == 1);
    const bool one = namesakes.size() == 1 && !core_.has(Defect::namesake_is_not_taken_over);
    const bool first = !namesakes.empty() && core_.has(Defect::first_namesake_is_taken_over);
    if (one || first) {
      take(*namesakes.front());  // [rule R121]
    } else if (core_.has(Defect::missing_group_is_not_created) && namesakes.empty()) {
      group_.synced = group_.revision;
    } else {
      group_.sought = name_;  // [rule R122] [rule R123]
    }
    store();
  }

  void looked_for_own(const GraphAnswer& answer) {
    const auto nickname = group_nickname(group_);
    const auto& found = values_of(answer);
    const auto own = std::ranges::find_if(found, [&](const base::Json& object) { return base::string_or(object, "mailNickname", "") == nickname; });
    if (own != found.end()) {
      core_.probes.reached(Probe::own_group_is_found_again);
      take(*own);
      store();
      return write("group_create_provision", {});
    }
    core_.probes.reached(Probe::own_group_is_not_found_yet);
    if (core_.now() < *group_.create_sent + longest_replication) {
      back_off();
    } else {
      group_.create_sent.reset();  // it was never made
    }
    store();
  }

  void created(const PlannedGroupStep& step, const GraphAnswer& answer) {
    const auto id = base::string_or(answer.body, "id", "");
    if (id.empty()) {
      // It is there, and its nickname tells which one it is.
      back_off();
      return tell_failure("group_create_provision", "noId", "Graph's answer to a creation has no id");
    }
    core_.probes.reached(Probe::group_is_created_there);
    group_.object_id = id;
    group_.create_sent.reset();
    group_.sought.clear();
    group_.name_there = base::string_or(step.call.body, "displayName", "");
    group_.members_known = true;
    group_.attempts = 0;
    for (const auto& member : step.members) note_cloud_member(core_.db(), group_.id, member.object_id, true);
    gather(step);
    store();
    write("group_create_provision", {});
  }

  void renamed(const PlannedGroupStep& step) {
    group_.name_there = base::string_or(step.call.body, "displayName", "");
    group_.attempts = 0;
    store();
    const auto before = step.name.empty() ? std::nullopt : std::optional(step.name);
    write("group_update_provision", {{"displayName", before, group_.name_there}});
  }

  void members_read(const GraphAnswer& answer) {
    if (group_.members_page.empty()) forget_present_cloud_members(core_.db(), group_.id);
    for (const auto& object : values_of(answer)) {
      // Groups and devices in it are nobody's here: they stay.
      if (base::string_or(object, "@odata.type", "") != "#microsoft.graph.user") continue;
      const auto id = base::string_or(object, "id", "");
      const bool stays = core_.options.cloud_strangers == CloudStrangers::stay &&
                         !find_cloud_account_by_object(core_.db(), group_.directory, id);
      if (!stays) note_cloud_member_read(core_.db(), group_.id, id);
    }
    const auto link = base::string_or(answer.body, "@odata.nextLink", "");
    group_.members_page = page_path(link, core_.options.microsoft.graph.text());
    group_.members_known = !core_.probes.sometimes(Probe::members_have_another_page, !group_.members_page.empty());
    group_.attempts = 0;
    store();
  }

  void members_changed(const PlannedGroupStep& step, bool present) {
    std::vector<std::string> names;
    for (const auto& member : step.members) {
      note_cloud_member(core_.db(), group_.id, member.object_id, present);
      const auto account = find_cloud_account_by_object(core_.db(), group_.directory, member.object_id);
      names.push_back(account ? account->username : member.object_id);
    }
    group_.attempts = 0;
    core_.probes.sometimes(Probe::member_joins_there, present);
    core_.probes.sometimes(Probe::member_leaves_there, !present);
    if (present) gather(step);
    store();
    auto list = fmt::format("{}", fmt::join(names, ", "));
    if (present) {
      write("group_update_provision", {{"members", std::nullopt, std::move(list)}});
    } else {
      write("group_update_provision", {{"members", std::move(list), std::nullopt}});
    }
  }

  /// The rest of those whose accounts are being made go together.
  void gather(const PlannedGroupStep& step) {
    if (!step.more) group_.next_attempt = core_.now() + gathering;
  }

  Core& core_;
  const CloudDirectory& directory_;
  CloudGroup group_;
  std::string name_;  ///< here
};

}  // namespace

WantedGroup wanted_group(Core& core, const CloudGroup& group) {
  WantedGroup wanted;
  if (const auto here = find_group(core.db(), GraphType::user_group, group.group)) wanted.name = here->fields.name;
  wanted.nickname = group_nickname(group);
  wanted.missing = missing_cloud_members(core.db(), group, core.now(), most_bound_members + 1);
  if (!core.has(Defect::removals_stay_here)) wanted.surplus = surplus_cloud_member(core.db(), group, core.now());
  wanted.waits_for_member =
      core.options.cloud_empty_groups == CloudEmptyGroups::wait && !core.has(Defect::empty_groups_are_created);
  return wanted;
}

void conclude_group(Core& core, CloudGroup group, const WantedGroup& wanted) {
  if (const auto retry = next_cloud_member_retry(core.db(), group); retry && !group.object_id.empty()) {
    core.probes.reached(Probe::member_is_tried_again);
    group.next_attempt = std::max(*retry, core.now() + std::chrono::seconds{1});
    return store_progress(core.db(), group);
  }
  group.synced = group.revision;
  group.attempts = 0;
  const bool waits = core.probes.sometimes(Probe::group_waits_for_its_first_member, group.object_id.empty() && wanted.waits_for_member);
  group.note_error(waits ? "notSynchronised" : "", waits ? "the group has no user in the tenant yet" : "");  // [rule D76]
  if (!waits) group.synced_at = core.now();
  store_progress(core.db(), group);
}

void note_create_sent(Core& core, CloudGroup group) {
  group.create_sent = core.now();
  store_progress(core.db(), group);
}

void note_rename_sent(Core& core, CloudGroup group) {
  group.name_there.clear();
  store_progress(core.db(), group);
}

void apply_answer(Core& core, const CloudDirectory& directory, CloudGroupId id, const PlannedGroupStep& step, const GraphAnswer& answer) {
  auto group = find_cloud_group(core.db(), id);
  if (!group) return;  // the group or the instance is gone
  GroupRecorder recorder(core, directory, std::move(*group));
  if (answer.done()) {
    recorder.succeed(step, answer);
  } else {
    recorder.fail(step, answer);
  }
}

}  // namespace directory
