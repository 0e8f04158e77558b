// Schemas as data: what a User, a Group and the enterprise extension consist of, and how paths name it. Filters,
// PATCH and /Schemas all read these tables, so what the provider declares is what it does.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/scim/quirks.h"

namespace fakes::scim {

/// An attribute and its characteristics. [RFC7643 2.2] [RFC7643 7]
struct Attribute {
  enum class Type { string, boolean, decimal, integer, date_time, reference, binary, complex };
  enum class Mutability { read_only, read_write, immutable, write_only };
  enum class Returned { always, never, by_default, request };
  enum class Uniqueness { none, server, global };

  std::string name;
  Type type = Type::string;
  bool multi_valued = false;
  bool required = false;
  bool case_exact = false;
  Mutability mutability = Mutability::read_write;
  Returned returned = Returned::by_default;
  Uniqueness uniqueness = Uniqueness::none;
  std::vector<std::string> canonical_values{};
  std::vector<std::string> reference_types{};
  std::vector<Attribute> sub_attributes{};
  std::string description{};
};

struct Schema {
  std::string id;  ///< a URN
  std::string name;
  std::string description;
  std::vector<Attribute> attributes;
};

/// The attributes of RFC 7643 8.7.1, and two things its text asks for beyond that: a group's displayName is required,
/// and addresses have `primary`. [RFC7643 4.2] [RFC7643 2.4]
[[nodiscard]] const Schema& user_schema();
[[nodiscard]] const Schema& group_schema();
[[nodiscard]] const Schema& enterprise_schema();
/// An extension of the provider's own, with what no attribute of the standard is: a number, a dateTime, immutable,
/// returned on request.
[[nodiscard]] const Schema& badge_schema();
/// `schemas`, `id`, `externalId` and `meta`, which every resource has and no schema lists; its id is empty.
/// [RFC7643 3] [RFC7643 3.1]
[[nodiscard]] const Schema& common_schema();

/// [RFC7643 6]
struct ResourceType {
  std::string name;
  std::string endpoint;  ///< relative to the base URL, with its slash
  std::string description;
  const Schema* core = nullptr;
  std::vector<const Schema*> extensions{};
};

[[nodiscard]] const ResourceType& user_type();
[[nodiscard]] const ResourceType& group_type();
/// The attributes of all types together, for a query at the root, where an attribute that a resource does not have
/// counts as unassigned. [RFC7644 3.4.2.1]
[[nodiscard]] const ResourceType& any_type();

/// What a path names: an attribute, a sub-attribute, or an extension as a whole.
struct AttributePath {
  const Schema* extension = nullptr;    ///< whose object holds the attribute; null for core and common ones
  const Attribute* attribute = nullptr; ///< null only for an extension as a whole
  const Attribute* sub_attribute = nullptr;

  bool operator==(const AttributePath&) const = default;
};

/// Reads `[URN:]attribute[.sub]` or an extension's URN; letter case does not matter. Empty where no such attribute
/// exists. [RFC7644 3.10]
[[nodiscard]] std::optional<AttributePath> find_attribute(const ResourceType& type, std::string_view path,
                                                          const Quirks& quirks);

/// The attribute of that name in one schema, in any letter case; null where there is none.
[[nodiscard]] const Attribute* find_in_schema(const Schema& schema, std::string_view name);

/// The sub-attribute of that name, in any letter case; null where there is none.
[[nodiscard]] const Attribute* find_sub_attribute(const Attribute& attribute, std::string_view name,
                                                  const Quirks& quirks);

/// What filters and sorting compare when a path stops at a complex attribute: its sub-attribute `value`; null where
/// it has none. [RFC7644 3.4.2.2]
[[nodiscard]] const Attribute* default_sub_attribute(const Attribute& attribute);

}  // namespace fakes::scim
