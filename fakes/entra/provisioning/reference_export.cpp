#include "fakes/entra/provisioning/reference_export.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "fakes/entra/provisioning/patch_body.h"

namespace fakes::entra::provisioning {
namespace {

/// In the order of what happened.
std::vector<ObjectId> by_sequence(const std::map<ObjectId, std::uint64_t>& links, std::uint64_t after) {
  std::map<std::pair<std::uint64_t, ObjectId>, ObjectId> ordered;
  for (const auto& [id, sequence] : links) {
    if (sequence > after) ordered.emplace(std::pair{sequence, id}, id);
  }
  std::vector<ObjectId> ids;
  for (auto& [key, id] : ordered) ids.push_back(std::move(id));
  return ids;
}

}  // namespace

base::Task<std::vector<Exported>> ReferenceExport::run(ReferenceWork work) {
  std::vector<Exported> done;
  if (work.source.is_soft_deleted() || memory_->find(work.source.id()) == nullptr) co_return done;
  const auto& mapping = settings_->mapping(work.source.kind());
  if (!mapping.update) co_return done;
  if (work.source.kind() == ObjectKind::group) {
    if (reference_row(mapping, "members") != nullptr) done = co_await run_members(std::move(work));
    co_return done;
  }
  if (const auto* row = reference_row(mapping, "manager")) done = co_await run_manager(std::move(work), row);
  co_return done;
}

base::Task<std::vector<Exported>> ReferenceExport::run_manager(ReferenceWork work, const MappingRow* row) {
  const auto& id = work.source.id();
  std::vector<Exported> done;
  const bool is_due = tenant_->manager_changed(id) > work.done_up_to || memory_->unconfirmed.contains(id);
  if (!is_due) co_return done;
  const auto manager = tenant_->manager_of(id);
  std::string anchor;
  if (manager) {
    const auto* held = memory_->find(*manager);
    if (held == nullptr) co_return done;  // out of scope [Entra provisioning-clients 2.10-10]
    anchor = held->anchor;
  }
  const auto own = memory_->find(id)->anchor;
  const auto shown = work.resource ? manager_shown(*work.resource, row->target) : std::string();
  memory_->unconfirmed.erase(id);
  if (shown == anchor) co_return done;
  if (manager && settings_->quirks.has(ClientQuirk::asks_before_references)) {
    const bool there = co_await target_->holds_reference(ObjectKind::user, own, "manager", anchor);
    if (there) co_return done;
  }
  auto record = objects_->begin_record(work.source, "update");
  record.about_reference = true;
  record.target_id = own;
  record.modified = {{row->target.text, shown, anchor}};
  auto body = manager_body(row->target, anchor, !shown.empty(), target_->url_of(ObjectKind::user), style_for(work.trigger));
  const auto patched = co_await target_->patch(ObjectKind::user, own, std::move(body));
  // Where the answer does not show what was written, it is written again. [Entra provisioning-clients 2.7-12]
  if (patched && *patched && manager_shown(**patched, row->target) != anchor) memory_->unconfirmed.insert(id);
  done.push_back(concluded(std::move(record), patched ? nullptr : &patched.error()));
  co_return done;
}

std::vector<ObjectId> ReferenceExport::joined(const ReferenceWork& work) const {
  const auto& sent = memory_->find(work.source.id())->members;
  auto ids = by_sequence(tenant_->members_of(work.source.id()).present, work.done_up_to);
  std::erase_if(ids, [&](const ObjectId& id) { return sent.contains(id); });
  return ids;
}

std::vector<ObjectId> ReferenceExport::left(const ReferenceWork& work) const {
  const auto& members = tenant_->members_of(work.source.id());
  auto ids = by_sequence(members.departed, 0);
  const auto& sent = memory_->find(work.source.id())->members;
  std::erase_if(ids, [&](const ObjectId& id) { return !sent.contains(id) || members.contains(id); });
  return ids;
}

std::vector<ReferenceExport::Batch> ReferenceExport::batches(const std::vector<ObjectId>& members, const Link& group, bool adds) const {
  std::vector<Batch> all;
  for (const auto& id : members) {
    const auto* linked = memory_->find(id);
    if (linked == nullptr) continue;
    if (all.empty() || all.back().objects.size() >= std::max<std::size_t>(settings_->members_per_patch, 1)) all.emplace_back();
    all.back().objects.push_back(id);
    all.back().anchors.push_back(adds ? linked->anchor : group.members.at(id));
  }
  return all;
}

base::Task<std::vector<Exported>> ReferenceExport::run_members(ReferenceWork work) {
  std::vector<Exported> done;
  const auto& group = *memory_->find(work.source.id());
  const auto removals = batches(left(work), group, false);
  const auto additions = batches(joined(work), group, true);
  for (const auto& batch : additions) {
    auto sent = co_await send_members(work, batch, true);
    done.push_back(std::move(sent));
  }
  for (const auto& batch : removals) {
    auto sent = co_await send_members(work, batch, false);
    done.push_back(std::move(sent));
  }
  co_return done;
}

base::Task<std::vector<Exported>> ReferenceExport::add_members(ReferenceWork work, std::vector<ObjectId> members) {
  std::vector<Exported> done;
  const auto* group = memory_->find(work.source.id());
  if (group == nullptr) co_return done;
  const auto all = batches(members, *group, true);
  for (const auto& batch : all) {
    auto sent = co_await send_members(work, batch, true);
    done.push_back(std::move(sent));
  }
  co_return done;
}

base::Task<Exported> ReferenceExport::send_members(ReferenceWork work, Batch batch, bool adds) {
  const auto& id = work.source.id();
  const auto own = memory_->find(id)->anchor;
  auto record = objects_->begin_record(work.source, "update");
  record.about_reference = true;
  record.target_id = own;
  for (const auto& anchor : batch.anchors) record.modified.push_back({"members", adds ? std::string() : anchor, adds ? anchor : std::string()});
  if (adds && settings_->quirks.has(ClientQuirk::asks_before_references)) {
    const bool there = co_await target_->holds_reference(ObjectKind::group, own, "members", batch.anchors.front());
    if (there && batch.anchors.size() == 1) {
      if (auto* link = memory_->find(id)) link->members[batch.objects.front()] = batch.anchors.front();
      record.status = LogStatus::skipped;
      record.code = "RedundantExport";
      co_return Exported{.record = std::move(record)};
    }
  }
  const auto style = style_for(work.trigger);
  auto body = adds ? added_members_body(batch.anchors, style) : removed_members_body(batch.anchors, style);
  const auto patched = co_await target_->patch(ObjectKind::group, own, std::move(body));
  if (auto* link = memory_->find(id); patched && link != nullptr) {
    for (std::size_t i = 0; i < batch.objects.size(); ++i) {
      if (adds) {
        link->members[batch.objects[i]] = batch.anchors[i];
      } else {
        link->members.erase(batch.objects[i]);
      }
    }
  }
  co_return concluded(std::move(record), patched ? nullptr : &patched.error());
}

PatchStyle ReferenceExport::style_for(Trigger trigger) const {
  auto style = settings_->style();
  if (trigger == Trigger::on_demand) style.dialect = PatchDialect::classic;
  return style;
}

Exported ReferenceExport::concluded(LogRecord record, const TargetFailure* failure) const {
  record.took = clock_->now() - record.at;
  record.steps = {{.kind = DoneStep::Kind::reference, .status = failure == nullptr ? LogStatus::success : LogStatus::failure}};
  if (failure == nullptr) return {.record = std::move(record)};
  record.status = LogStatus::failure;
  record.code = failure->code;
  record.reason = failure->reason;
  record.failure = failure->reason;
  record.modified.clear();
  return {.record = std::move(record), .resource = std::nullopt, .endpoint = failure->endpoint};
}

}  // namespace fakes::entra::provisioning
