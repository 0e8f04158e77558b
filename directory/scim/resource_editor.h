// Writes to single attributes of a resource in memory: the steps that PATCH and the reading of a posted
// resource are made of. An error leaves the resource half changed; the callers work on a copy.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "base/json.h"
#include "directory/scim/filter.h"
#include "directory/scim/resource_patch.h"

namespace directory::scim {

class ResourceEditor {
 public:
  enum class Verb { add, replace };
  using Done = std::expected<void, ScimError>;

  ResourceEditor(base::JsonObject& resource, const ResourceSchema& schema, const PatchRules& rules)
      : resource_(resource), schema_(schema), rules_(rules) {}

  /// At a path that the client named: read-only attributes are refused.
  Done write(Verb verb, const TargetPath& path, const base::Json& value);
  /// Each member of a value without path, or of a resource: read-only attributes are left out.
  Done write_members(Verb verb, const base::JsonObject& members);
  /// `listed` null: all values; else only the values it lists.
  Done remove(const TargetPath& path, const base::Json* listed);
  /// Drops what became empty, names the schemas in use, and asks for what is required.
  Done finish();

  [[nodiscard]] std::vector<std::string> take_ignored() { return std::move(ignored_); }

 private:
  enum class Named { by_path, by_member };

  Done write_found(Verb verb, const FoundAttribute& found, const TargetPath& path, const base::Json& value,
                   Named named);
  Done write_schema(Verb verb, const Schema& schema, const base::Json& value, Named named);
  Done write_single(base::JsonObject& holder, const Attribute& attribute, const base::Json& value);
  Done write_scalar(base::JsonObject& holder, const Attribute& attribute, const base::Json& value,
                    std::string_view name);
  Done write_list(Verb verb, base::JsonObject& holder, const Attribute& attribute, const base::Json& value);
  Done write_sub_attribute(Verb verb, base::JsonObject& holder, const FoundAttribute& found,
                           const base::Json& value);
  Done write_selected(Verb verb, base::JsonObject& holder, const FoundAttribute& found, const Filter& filter,
                      const base::Json& value);
  Done write_value(Verb verb, base::JsonArray& values, std::size_t at, const FoundAttribute& found,
                   const base::Json& value);

  Done merge(base::JsonObject& into, const Attribute& attribute, const base::JsonObject& given);
  Done add_values(base::JsonArray& values, const Attribute& attribute, base::JsonArray added);
  std::expected<base::JsonArray, ScimError> canonical_values(const Attribute& attribute,
                                                             const base::Json& value);
  std::expected<base::JsonObject, ScimError> canonical_object(const Attribute& attribute,
                                                              const base::Json& value);
  std::expected<base::JsonObject, ScimError> value_selected_by(const Attribute& attribute,
                                                               const Filter& filter);

  Done remove_selected(base::JsonObject& holder, const FoundAttribute& found, const Filter& filter);
  Done remove_listed(base::JsonObject& holder, const Attribute& attribute, const base::Json& listed);

  /// `value`: what the client would have there; absent, nothing is left out.
  Done unknown(std::string path, Named named, const base::Json& value);
  [[nodiscard]] static std::string name_of(const FoundAttribute& found);
  [[nodiscard]] static bool is_read_only(const FoundAttribute& found);
  [[nodiscard]] static std::unexpected<ScimError> unchangeable(std::string_view name);
  [[nodiscard]] bool lenient() const { return rules_.lenience == Lenience::vendors; }
  base::JsonObject& holder(const FoundAttribute& found);
  Done tidy(base::JsonObject& holder, const std::vector<Attribute>& attributes);

  base::JsonObject& resource_;
  const ResourceSchema& schema_;
  const PatchRules& rules_;
  std::vector<std::string> ignored_;
  std::vector<const Attribute*> rewritten_;  ///< lists of which single values changed: two may be the same
};

}  // namespace directory::scim
