// A user or group of the tenant as one evaluation of the provisioning service sees it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/rng.h"
#include "fakes/entra/applications.h"
#include "fakes/entra/directory_object.h"
#include "fakes/entra/expression/evaluation.h"
#include "fakes/entra/expression/value.h"

namespace fakes::entra::provisioning {

struct SourceObject {
  DirectoryObject object;
  bool assigned = false;  ///< to the app, by itself or through a group that is
  bool in_scope = false;  ///< what the scope setting and the scoping filters say of it
  std::vector<AppRole> roles{};
  std::uint64_t seen = 0;  ///< sequence of the tenant that an evaluation before this one saw; 0: there was none
  std::optional<bool> was_soft_deleted{};  ///< at that evaluation

  [[nodiscard]] const ObjectId& id() const { return object.id(); }
  [[nodiscard]] ObjectKind kind() const { return object.kind(); }
  /// Not deleted, and not disabled where that can be.
  [[nodiscard]] bool is_active() const { return !object.deleted && object.flag("accountEnabled", true); }
  /// What mappings call IsSoftDeleted. [Entra provisioning-clients 2.9-03]
  [[nodiscard]] bool is_soft_deleted() const { return !is_active() || !in_scope; }
};

/// By the name that mappings, expressions and scoping filters use: that of the portal (`telephoneNumber`) or of Graph
/// (`businessPhones`). Null where there is no such attribute. Names are compared without letter case.
[[nodiscard]] expression::Value attribute_of(const SourceObject& source, std::string_view name);
/// Whether the attribute is as it was when the object was evaluated last.
[[nodiscard]] bool is_unchanged(const SourceObject& source, std::string_view name);
/// Whether an attribute of that name exists for the kind of object, and has several values.
[[nodiscard]] bool is_multi_valued(ObjectKind kind, std::string_view name);

/// The user principal name that mappings see: of a guest the address that it was invited by.
/// [Entra provisioning-clients 2.18-16]
[[nodiscard]] std::string mapped_user_principal_name(std::string_view user_principal_name);

class SourceContext final : public expression::Context {
 public:
  SourceContext(const SourceObject& source, base::Instant now, base::Rng* rng, bool forgets_unchanged)
      : source_(&source), now_(now), rng_(rng), forgets_unchanged_(forgets_unchanged) {}

  [[nodiscard]] expression::Value attribute(std::string_view name) const override { return attribute_of(*source_, name); }
  [[nodiscard]] base::Instant now() const override { return now_; }
  [[nodiscard]] base::Rng* rng() override { return rng_; }
  [[nodiscard]] bool unchanged(std::string_view name) const override { return is_unchanged(*source_, name); }
  [[nodiscard]] bool forgets_unchanged() const override { return forgets_unchanged_; }

 private:
  const SourceObject* source_;
  base::Instant now_;
  base::Rng* rng_;
  bool forgets_unchanged_;
};

}  // namespace fakes::entra::provisioning
