// SCIM schemas as data, and the question that everything else asks them: which attribute does this path name?
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "directory/scim/attribute_path.h"

namespace directory::scim {

inline constexpr std::string_view user_schema_urn = "urn:ietf:params:scim:schemas:core:2.0:User";
inline constexpr std::string_view enterprise_user_schema_urn =
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
inline constexpr std::string_view group_schema_urn = "urn:ietf:params:scim:schemas:core:2.0:Group";

enum class AttributeType { string, boolean, decimal, integer, date_time, binary, reference, complex };
enum class Mutability { read_only, read_write, immutable, write_only };
enum class Returned { always, never, by_default, on_request };
enum class Uniqueness { none, server, global };

/// [RFC7643 7]
struct Attribute {
  std::string name = {};
  AttributeType type = AttributeType::string;
  bool multi_valued = false;
  bool required = false;
  bool case_exact = false;
  Mutability mutability = Mutability::read_write;
  Returned returned = Returned::by_default;
  Uniqueness uniqueness = Uniqueness::none;
  std::vector<std::string> canonical_values = {};
  std::vector<std::string> reference_types = {};
  std::string description = {};
  std::vector<Attribute> sub_attributes = {};

  [[nodiscard]] const Attribute* find_sub_attribute(std::string_view sub_attribute) const;
};

struct Schema {
  std::string id;
  std::string name;
  std::string description;
  std::vector<Attribute> attributes;

  [[nodiscard]] const Attribute* find(std::string_view attribute) const;
};

[[nodiscard]] Schema user_schema_definition();
[[nodiscard]] Schema enterprise_user_schema_definition();
[[nodiscard]] Schema group_schema_definition();

/// `schemas`, `id`, `externalId` and `meta`, which every resource has and no schema lists. [RFC7643 3, 3.1]
[[nodiscard]] std::vector<Attribute> common_attributes();

/// As /Schemas shows it, without `meta`. [RFC7643 7]
[[nodiscard]] base::JsonObject to_json(const Schema& schema);

/// What a path names, and where a resource keeps it: at the top, or in the object of an extension.
struct FoundAttribute {
  const Schema* extension = nullptr;         ///< null: at the top
  const Attribute* attribute = nullptr;      ///< null: all of the extension, or all of the core schema
  const Attribute* sub_attribute = nullptr;  ///< null: all of the attribute

  /// What a value at the path has to be: the sub-attribute, else the attribute.
  [[nodiscard]] const Attribute* target() const {
    return sub_attribute != nullptr ? sub_attribute : attribute;
  }
};

/// The core schema of a resource type with its extensions.
class ResourceSchema {
 public:
  ResourceSchema(std::string name, Schema core, std::vector<Schema> extensions);

  /// `User`, `Group`
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const Schema& core() const { return core_; }
  [[nodiscard]] const std::vector<Schema>& extensions() const { return extensions_; }
  [[nodiscard]] const std::vector<Attribute>& common() const { return common_; }

  /// In any letter case. A bare name is first the core's, then that of an extension if only one has it, since
  /// the articles print `costCenter` and `organization` bare [rule R54] [rule R56]. A dot may stand for the
  /// colon behind a URN [Entra provisioning-clients 2.7-04]. The URN of a schema alone names all of it.
  [[nodiscard]] std::optional<FoundAttribute> find(const AttributePath& path) const;

  /// This type with no other attributes than those named, which may be `attribute`, `attribute.sub` or either
  /// behind a URN; extensions left empty are gone. The common attributes stay.
  [[nodiscard]] ResourceSchema limited_to(std::span<const std::string_view> paths) const;

 private:
  std::string name_;
  Schema core_;
  std::vector<Schema> extensions_;
  std::vector<Attribute> common_;
};

/// User with the enterprise extension. [RFC7643 4.1, 4.3]
[[nodiscard]] ResourceSchema user_resource_schema();
/// [RFC7643 4.2]
[[nodiscard]] ResourceSchema group_resource_schema();

}  // namespace directory::scim
