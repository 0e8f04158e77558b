// Managers and members: written after all objects, since both ends must exist in the target by then.
// [Entra provisioning-clients 2.3-06]
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/task.h"
#include "fakes/entra/provisioning/job.h"
#include "fakes/entra/provisioning/memory.h"
#include "fakes/entra/provisioning/object_export.h"
#include "fakes/entra/provisioning/target.h"
#include "fakes/entra/tenant.h"

namespace fakes::entra::provisioning {

/// An object that was exported, whose references may be due.
struct ReferenceWork {
  SourceObject source;
  std::optional<base::Json> resource{};  ///< as the target showed it last
  /// References that are older than this sequence of the tenant were dealt with: what was skipped then, since the other end
  /// was not in the target, is not looked at again. [Entra provisioning-clients 2.10-09] [Entra provisioning-clients 2.10-10]
  std::uint64_t done_up_to = 0;
  Trigger trigger = Trigger::cycle;
};

class ReferenceExport {
 public:
  ReferenceExport(const Tenant& tenant, base::Clock& clock, const Settings& settings, Target& target, Memory& memory, ObjectExport& objects)
      : tenant_(&tenant), clock_(&clock), settings_(&settings), target_(&target), memory_(&memory), objects_(&objects) {}

  /// False of who never had a manager, nor waits for one to be shown.
  [[nodiscard]] bool may_be_due(const SourceObject& source) const {
    return source.kind() == ObjectKind::group || tenant_->manager_changed(source.id()) > 0 || memory_->unconfirmed.contains(source.id());
  }
  /// What was done, or failed; nothing where nothing is due.
  base::Task<std::vector<Exported>> run(ReferenceWork work);
  /// Chosen members of a group, which are sent whether or not they were before. [Entra provisioning-clients 2.16-02]
  base::Task<std::vector<Exported>> add_members(ReferenceWork work, std::vector<ObjectId> members);

 private:
  struct Batch {
    std::vector<ObjectId> objects;
    std::vector<std::string> anchors;
  };

  base::Task<std::vector<Exported>> run_manager(ReferenceWork work, const MappingRow* row);
  base::Task<std::vector<Exported>> run_members(ReferenceWork work);
  base::Task<Exported> send_members(ReferenceWork work, Batch batch, bool adds);
  [[nodiscard]] std::vector<ObjectId> joined(const ReferenceWork& work) const;
  [[nodiscard]] std::vector<ObjectId> left(const ReferenceWork& work) const;
  /// In groups of as many as one PATCH takes; members without a resource in the target are left out.
  [[nodiscard]] std::vector<Batch> batches(const std::vector<ObjectId>& members, const Link& group, bool adds) const;
  [[nodiscard]] PatchStyle style_for(Trigger trigger) const;
  [[nodiscard]] Exported concluded(LogRecord record, const TargetFailure* failure) const;

  const Tenant* tenant_;
  base::Clock* clock_;
  const Settings* settings_;
  Target* target_;
  Memory* memory_;
  ObjectExport* objects_;
};

}  // namespace fakes::entra::provisioning
