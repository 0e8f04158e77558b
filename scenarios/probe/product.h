// What a product says of itself: its /ServiceProviderConfig, /ResourceTypes and /Schemas, as cases ask for it. What is not
// announced is not judged; what could not be read is taken to be as the RFC's minimum.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/probe/probe.h"

namespace scenarios::probe {

/// An attribute as a schema lists it. Missing characteristics have the defaults of RFC 7643 2.2.
struct Attribute {
  std::string path;    ///< `name.givenName`; with the URN in front for an extension's
  std::string name;    ///< the last part alone
  std::string schema;  ///< URN
  std::string type = "string";
  bool multi_valued = false;
  bool required = false;
  bool case_exact = false;
  std::string mutability = "readWrite";
  std::string returned = "default";
  std::string uniqueness = "none";
  std::vector<std::string> canonical_values;
  std::vector<std::string> reference_types;
  std::vector<Attribute> sub_attributes;

  [[nodiscard]] bool writable() const { return mutability != "readOnly"; }
};

struct ResourceType {
  struct Extension {
    std::string schema;
    bool required = false;
  };
  std::string name;
  std::string id;        ///< the name where there is none
  std::string endpoint;  ///< below the base URL, "/Users"
  std::string schema;
  std::vector<Extension> extensions;
  std::vector<Attribute> attributes;  ///< of all its schemas; those of extensions with their URN in the path

  /// URNs of its schema and of all extensions.
  [[nodiscard]] std::vector<std::string> schemas() const;
  /// The members that the object of a resource may have: common attributes, those of the schema, URNs of extensions.
  [[nodiscard]] std::vector<std::string> members() const;
};

/// What the configuration adds to what the product announces.
struct Circumstances {
  bool remote = false;          ///< beyond loopback
  bool second_credential = false;
  bool token_endpoint = false;
};

class Product {
 public:
  /// Each is the parsed answer, null where there was none.
  Product(Value config, Value resource_types, Value schemas, Circumstances circumstances);

  /// Whether a need of a case is met: `patch`, `bulk`, `filter`, `sort`, `etag`, `change_password`, `cursor`, `paging_both`,
  /// `config`, `schemas`, `resource_types`, `enterprise`, `User`, `Group`, `custom_types`, `remote`, `second_credential`, `token_endpoint`;
  /// `User:nickName` for a listed attribute that can be written, `read_only User:groups` for one that cannot;
  /// `no X` for the opposite.
  [[nodiscard]] bool meets(std::string_view need) const;
  /// Why not, as a sentence for the report.
  [[nodiscard]] std::string lack_text(std::string_view need) const;
  /// Whether the word is one that meets() knows.
  [[nodiscard]] static bool is_need(std::string_view need);

  [[nodiscard]] const std::vector<ResourceType>& resource_types() const { return types_; }
  [[nodiscard]] const ResourceType* resource_type(std::string_view name) const;
  /// Of a resource type; none where there is no such type.
  [[nodiscard]] const std::vector<Attribute>& attributes(std::string_view type) const;
  [[nodiscard]] std::optional<Attribute> attribute(std::string_view type, std::string_view path) const;
  /// Single complex attributes replaced by their sub-attributes beside themselves.
  [[nodiscard]] std::vector<Attribute> leaves(std::string_view type) const;
  [[nodiscard]] std::vector<std::string> schema_ids() const;

  /// For the report: "patch", "filter", "resource type Group".
  [[nodiscard]] std::vector<std::string> announced() const;

 private:
  [[nodiscard]] bool supported(std::string_view feature) const;
  [[nodiscard]] std::vector<Attribute> read_attributes(const ResourceType& type) const;

  Value config_;
  Value resource_types_;
  Value schemas_;
  Circumstances circumstances_;
  std::vector<ResourceType> types_;
};

}  // namespace scenarios::probe
