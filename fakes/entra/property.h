// The properties that users and groups have, as data: type, limits, who may write them, and what filters may ask of them.
// Tenant, Graph and provisioning read this one table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace fakes::entra {

enum class ObjectKind : std::uint8_t { user, group };

enum class PropertyType : std::uint8_t { text, boolean, time, texts, object, objects };

/// Who may set a property, and when.
enum class Writing : std::uint8_t {
  always,
  at_creation,  ///< immutable afterwards
  never,        ///< computed by the service
  delegated     ///< kept by another service, which no app may write by itself [Graph U25]
};

/// What it takes to filter by a property. [Graph Q1]
enum class FilterSupport : std::uint8_t { none, usual, advanced };

/// The columns of Graph's filter tables.
enum class FilterUse : std::uint8_t { equal, not_equal, negated, at_least, at_most, in, starts_with, null, ends_with };

struct Property {
  std::string_view name;
  PropertyType type = PropertyType::text;
  Writing writing = Writing::always;
  bool selected = false;  ///< answered without $select [Graph U1]
  /// A letter for each FilterUse: D as usual, A with ConsistencyLevel and $count, - not at all. Empty: cannot be filtered.
  std::string_view filter{};
  std::size_t longest = 0;   ///< characters; 0: no limit is documented [Graph U7]
  bool clearable = true;     ///< whether null is taken once it has a value
  bool indexed = false;      ///< kept in an index for equality and beginnings

  [[nodiscard]] FilterSupport supports(FilterUse use) const;
};

/// In the order in which answers list them.
[[nodiscard]] std::span<const Property> properties_of(ObjectKind kind);

/// Null where there is none; names are compared exactly, as OData asks.
[[nodiscard]] const Property* find_property(ObjectKind kind, std::string_view name);

}  // namespace fakes::entra
