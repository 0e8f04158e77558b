#include "fakes/entra/provisioning/object_export.h"

#include <algorithm>
#include <utility>

#include "fakes/entra/guid.h"
#include "fakes/entra/provisioning/create_body.h"
#include "fakes/entra/provisioning/patch_body.h"

namespace fakes::entra::provisioning {
namespace {

std::string why_not_entitled(const SourceObject& source) {
  if (!source.is_active()) return "the object is disabled or deleted";
  return source.assigned ? "a scoping filter leaves the object out" : "the object is not assigned to the application";
}

std::string anchor_of(const base::Json& resource) { return base::string_or(resource, "id", ""); }

}  // namespace

LogRecord ObjectExport::begin_record(const SourceObject& source, std::string action) {
  LogRecord record;
  record.id = make_guid(rng_);
  record.change_id = make_guid(rng_);
  record.at = clock_->now();
  record.object = source.id();
  record.kind = source.kind();
  record.name = source.object.text("displayName");
  record.user_principal_name = source.object.text("userPrincipalName");
  record.action = std::move(action);
  return record;
}

base::Task<Exported> ObjectExport::run(const SourceObject* source, Trigger trigger) {
  std::optional<SourceObject> without_roles;
  if (trigger == Trigger::on_demand) {  // [Entra provisioning-clients 2.16-02]
    source = &without_roles.emplace(*source);
    without_roles->roles.clear();
  }
  auto record = begin_record(*source, "other");
  record.scope = {.active = source->is_active(), .assigned = source->assigned, .in_scope = source->in_scope};
  record.steps.reserve(4);
  record.steps.push_back({.kind = DoneStep::Kind::import});
  record.steps.push_back({.kind = DoneStep::Kind::scoping, .status = source->is_soft_deleted() ? LogStatus::skipped : LogStatus::success});
  Draft draft{.source = source, .style = settings_->style(), .record = std::move(record), .trigger = trigger};
  // The flag does not apply to runs on demand. [Entra provisioning-clients 2.16-06]
  if (trigger == Trigger::on_demand) draft.style.dialect = PatchDialect::classic;
  const auto* link = memory_->find(draft.source->id());
  // Never seen and not entitled: nothing is created, and nothing is looked up. [Entra provisioning-clients 2.3-11]
  // [Entra provisioning-clients 2.20-09] [rule D44]
  const bool may_create_disabled = !draft.source->is_active() && settings_->defects.contains(Defect::creates_disabled);
  const bool is_left_out = link == nullptr && draft.source->is_soft_deleted() && !may_create_disabled;
  if (is_left_out) co_return not_entitled(std::move(draft));
  if (link == nullptr) {
    auto exported = co_await create_or_match(std::move(draft));
    co_return exported;
  }
  const auto anchor = link->anchor;
  draft.record.target_id = anchor;
  if (draft.source->is_soft_deleted()) {
    const bool only_out_of_scope = draft.source->is_active();
    const bool spared = only_out_of_scope ? settings_->skip_out_of_scope_deletions : trigger == Trigger::on_demand;
    if (spared) co_return not_entitled(std::move(draft));
    if (!can_disable(settings_->mapping(draft.source->kind()))) {
      auto exported = co_await withdraw(std::move(draft), anchor);
      co_return exported;
    }
  }
  auto exported = co_await update(std::move(draft), anchor, std::nullopt);
  co_return exported;
}

base::Task<Exported> ObjectExport::create_or_match(Draft draft) {
  const auto found = co_await match(draft.source);
  draft.record.steps.push_back({.kind = found && *found ? DoneStep::Kind::match : DoneStep::Kind::no_match,
                                .status = found ? LogStatus::success : LogStatus::failure});
  if (!found) co_return failed(std::move(draft), found.error());
  if (!*found) {
    auto exported = co_await create(std::move(draft));
    co_return exported;
  }
  settings_->probing.reached(Probe::resource_is_matched);
  const auto& resource = found->value();
  const auto anchor = anchor_of(resource);
  const auto* owner = memory_->owner_of(draft.source->kind(), anchor);
  if (owner != nullptr && *owner != draft.source->id()) {
    const TargetFailure duplicate{"DuplicateSourceEntries", "another object of the tenant is linked to the resource that matches", std::nullopt};
    co_return failed(std::move(draft), duplicate);
  }
  memory_->link(draft.source->kind(), draft.source->id(), anchor);
  draft.record.target_id = anchor;
  auto exported = co_await update(std::move(draft), anchor, resource);
  co_return exported;
}

std::vector<const MappingRow*> ObjectExport::rows_to_match(const ObjectMapping& mapping) const {
  if (settings_->quirks.has(ClientQuirk::match_by_external_id)) {
    for (const auto& row : mapping.rows) {
      if (row.target.text == "externalId") return {&row};
    }
  }
  return matching_rows(mapping);
}

base::Task<Answered<std::optional<base::Json>>> ObjectExport::match(const SourceObject* source) {
  for (const auto* row : rows_to_match(settings_->mapping(source->kind()))) {
    const auto wanted = mapped_value(*row, *source, Occasion::creation, evaluation());
    if (!wanted) co_return std::unexpected(TargetFailure{"MissingValues", wanted.error().text, std::nullopt});
    if (wanted->value.is_null()) continue;
    auto filter = target_->equals_filter(row->target.text, wanted->value.is_string() ? base::as_text(wanted->value.get_string()) : base::to_text(wanted->value));
    auto found = co_await target_->find(source->kind(), std::move(filter));
    if (!found) co_return std::unexpected(found.error());
    if (found->size() > 1) co_return std::unexpected(TargetFailure{"DuplicateTargetEntries", "several resources match", std::nullopt});
    if (!found->empty()) co_return std::optional<base::Json>(found->front());
  }
  co_return std::optional<base::Json>();
}

base::Task<Exported> ObjectExport::create(Draft draft) {
  const auto& mapping = settings_->mapping(draft.source->kind());
  draft.record.action = "create";
  if (!mapping.create) co_return skipped(std::move(draft), "NotPermitted", "Create is switched off");
  auto values = mapped_values(mapping, *draft.source, Occasion::creation, evaluation());
  if (!values) co_return failed(std::move(draft), {"MissingValues", values.error().text, std::nullopt});
  if (draft.trigger == Trigger::on_demand && settings_->defects.contains(Defect::on_demand_leaves_extensions_out))
    std::erase_if(*values, [](const MappedValue& mapped) { return !mapped.row->target.schema.empty(); });
  for (const auto& mapped : *values) {
    if (!mapped.value.is_null()) draft.record.modified.push_back({mapped.row->target.text, {}, mapped.log_text()});
  }
  auto body = create_body(draft.source->kind(), *values, settings_->quirks);
  auto created = co_await target_->create(draft.source->kind(), std::move(body));
  if (!created) co_return failed(std::move(draft), created.error());
  const auto anchor = anchor_of(*created);
  memory_->link(draft.source->kind(), draft.source->id(), anchor);
  draft.record.target_id = anchor;
  co_return succeeded(std::move(draft), *std::move(created));
}

base::Task<Exported> ObjectExport::update(Draft draft, std::string anchor, std::optional<base::Json> resource) {
  const auto kind = draft.source->kind();
  const auto& mapping = settings_->mapping(kind);
  const bool disables = draft.source->is_soft_deleted();
  draft.record.action = disables ? "disable" : "update";
  if (!mapping.update) co_return skipped(std::move(draft), "NotPermitted", "Update is switched off");
  if (!resource) {
    auto read = co_await target_->read(kind, anchor);
    if (!read) co_return failed(std::move(draft), read.error());
    resource = *std::move(read);
  }
  const auto values = mapped_values(mapping, *draft.source, Occasion::update, evaluation());
  if (!values) co_return failed(std::move(draft), {"MissingValues", values.error().text, std::nullopt});
  const auto changes = differences(*values, *resource);
  if (changes.empty()) {
    if (auto* link = memory_->find(draft.source->id())) link->disabled = disables;
    auto exported = skipped(std::move(draft), "RedundantExport", "source and target agree");
    exported.resource = std::move(resource);
    co_return exported;
  }
  for (const auto& change : changes) draft.record.modified.push_back({change.mapped->row->target.text, change.log_before(), change.mapped->log_text()});
  auto body = patch_body(kind, changes, draft.style);
  auto patched = co_await target_->patch(kind, anchor, std::move(body));
  if (!patched) co_return failed(std::move(draft), patched.error());
  if (auto* link = memory_->find(draft.source->id())) link->disabled = disables;
  if (*patched) resource = **patched;
  co_return succeeded(std::move(draft), std::move(resource));
}

base::Task<Exported> ObjectExport::withdraw(Draft draft, std::string anchor) {
  const auto kind = draft.source->kind();
  draft.record.action = "delete";
  draft.record.target_id = anchor;
  if (!settings_->deletes(kind)) co_return skipped(std::move(draft), "NotPermitted", "Delete is switched off");
  const auto removed = co_await target_->remove(kind, anchor);
  if (!removed) co_return failed(std::move(draft), removed.error());
  memory_->unlink(draft.source->id());
  co_return succeeded(std::move(draft), std::nullopt);
}

base::Task<Exported> ObjectExport::remove(ObjectId id) {
  const auto* link = memory_->find(id);
  const SourceObject gone{DirectoryObject(link->kind, id)};
  Draft draft{.source = &gone, .style = settings_->style(), .record = begin_record(gone, "delete")};
  const auto anchor = link->anchor;
  auto exported = co_await withdraw(std::move(draft), anchor);
  co_return exported;
}

bool ObjectExport::would_remove(const SourceObject& source) const {
  const auto* link = memory_->find(source.id());
  if (link == nullptr || link->disabled || !source.is_soft_deleted()) return false;
  if (source.is_active() && settings_->skip_out_of_scope_deletions) return false;
  const auto& mapping = settings_->mapping(source.kind());
  return can_disable(mapping) ? mapping.update : settings_->deletes(source.kind());
}

EvaluationSettings ObjectExport::evaluation() {
  return {.now = clock_->now(), .rng = &rng_, .switch_forgets_unchanged = settings_->quirks.has(ClientQuirk::switch_forgets_unchanged)};
}

Exported ObjectExport::skipped(Draft draft, std::string code, std::string reason) const {
  draft.record.status = LogStatus::skipped;
  draft.record.code = std::move(code);
  draft.record.reason = std::move(reason);
  draft.record.took = clock_->now() - draft.record.at;
  draft.record.steps.push_back({.kind = DoneStep::Kind::skip, .status = LogStatus::skipped});
  return {.record = std::move(draft.record)};
}

Exported ObjectExport::not_entitled(Draft draft) const {
  auto reason = why_not_entitled(*draft.source);
  return skipped(std::move(draft), "NotEffectivelyEntitled", std::move(reason));
}

Exported ObjectExport::failed(Draft draft, const TargetFailure& failure) const {
  draft.record.status = LogStatus::failure;
  draft.record.code = failure.code;
  draft.record.reason = failure.reason;
  draft.record.took = clock_->now() - draft.record.at;
  draft.record.failure = failure.reason;
  draft.record.modified.clear();
  draft.record.steps.push_back({.kind = DoneStep::Kind::write, .status = LogStatus::failure});
  return {.record = std::move(draft.record), .resource = std::nullopt, .endpoint = failure.endpoint};
}

Exported ObjectExport::succeeded(Draft draft, std::optional<base::Json> resource) const {
  draft.record.took = clock_->now() - draft.record.at;
  draft.record.steps.push_back({.kind = DoneStep::Kind::write});
  return {.record = std::move(draft.record), .resource = std::move(resource)};
}

}  // namespace fakes::entra::provisioning
