// A user or group of the tenant: values by property, each with the sequence of its last change, which is what delta
// queries and the provisioning service read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "base/json.h"
#include "fakes/entra/property.h"

namespace fakes::entra {

using ObjectId = base::Id<struct ObjectTag>;

class DirectoryObject {
 public:
  struct Value {
    const Property* property = nullptr;
    base::Json json;            ///< null once it was cleared
    std::uint64_t changed = 0;  ///< sequence of the tenant
  };

  DirectoryObject(ObjectKind kind, ObjectId id) : kind_(kind), id_(std::move(id)) {}

  [[nodiscard]] ObjectKind kind() const { return kind_; }
  [[nodiscard]] const ObjectId& id() const { return id_; }
  /// In the order of the table; a property that was never set is not among them.
  [[nodiscard]] const std::vector<Value>& values() const { return values_; }
  /// Null where the property was never set.
  [[nodiscard]] const Value* find(std::string_view property) const;
  /// Of a text property; empty where it has no value.
  [[nodiscard]] std::string_view text(std::string_view property) const;
  [[nodiscard]] bool flag(std::string_view property, bool fallback) const;

  /// Whether the value is another than before. `property` is of this kind's table.
  bool set(const Property& property, base::Json value, std::uint64_t sequence);

  std::optional<base::Instant> deleted{};  ///< when it went to the deleted items
  std::uint64_t changed = 0;               ///< sequence of the last change of anything, links included
  base::Instant changed_at{};              ///< of that change
  std::uint64_t created = 0;               ///< sequence of its creation or its restoration

 private:
  ObjectKind kind_;
  ObjectId id_;
  std::vector<Value> values_;
};

}  // namespace fakes::entra
