// What the tenant's sequence says of objects: which of them an evaluation must look at, and how each looks now.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "fakes/entra/provisioning/job.h"
#include "fakes/entra/provisioning/memory.h"
#include "fakes/entra/provisioning/source_object.h"
#include "fakes/entra/tenant.h"

namespace fakes::entra::provisioning {

/// Ids in the order of their last change.
struct ChangedObjects {
  std::vector<ObjectId> users;
  std::vector<ObjectId> groups;
  std::vector<ObjectId> gone;  ///< for good
};

class SourceReader {
 public:
  SourceReader(const Tenant& tenant, const Settings& settings, const Memory& memory) : tenant_(&tenant), settings_(&settings), memory_(&memory) {}

  /// A living object or a deleted item; empty for what is gone for good.
  [[nodiscard]] std::optional<SourceObject> read(const ObjectId& id) const;
  /// Objects whose properties, links or assignments changed after the watermark, read from the tenant's feed: an incremental
  /// cycle looks at nobody else. Users who are assigned through a group count as changed with their membership.
  /// [Entra provisioning-clients 2.4-02]
  [[nodiscard]] ChangedObjects changed_after(std::uint64_t watermark) const;

  /// The scope setting counts from the next initial cycle on. [Entra provisioning-clients 2.17-06]
  void take_scope() { scope_ = settings_->scope; }

 private:
  [[nodiscard]] const Application* app() const { return tenant_->applications().find(settings_->app_id); }
  /// Whether the object is assigned, by itself or through a group, and the roles that come with it.
  void add_assignment(SourceObject& source) const;
  /// Members whose assignment a change of their group may have changed.
  [[nodiscard]] std::set<ObjectId> members_touched(const ObjectId& group, std::uint64_t watermark) const;

  const Tenant* tenant_;
  const Settings* settings_;
  const Memory* memory_;
  std::optional<Scope> scope_;
};

}  // namespace fakes::entra::provisioning
