#include "fakes/scim/patch.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "fakes/scim/comparison.h"
#include "fakes/scim/edit.h"
#include "fakes/scim/patch_target.h"

namespace fakes::scim {
namespace {

using Done = std::expected<void, ScimError>;

std::unexpected<ScimError> refuse(std::string scim_type, std::string detail) {
  return std::unexpected(bad_request(std::move(scim_type), std::move(detail)));
}

bool is_urn(const base::Json& json, std::string_view urn) {
  return json.is_string() && base::equals_ignoring_case(base::as_text(json.get_string()), urn);
}

bool names_schema(const base::Json* schemas, std::string_view urn) {
  const auto* array = schemas == nullptr ? nullptr : schemas->if_array();
  return array != nullptr && std::ranges::any_of(*array, [&](const base::Json& schema) { return is_urn(schema, urn); });
}

/// The operations of a message. [RFC7644 3.5.2]
std::expected<base::JsonArray, ScimError> operations_of(const base::Json& body, const Quirks& quirks) {
  const auto* message = body.if_object();
  if (message == nullptr) return refuse("invalidSyntax", "a PATCH is a JSON object");
  if (!names_schema(base::member_ignoring_case(*message, "schemas"), patch_schema) &&
      !quirks.has(Quirk::patch_schema_not_needed)) {
    return refuse("invalidSyntax", fmt::format("\"schemas\" does not name {}", patch_schema));
  }
  const auto* operations = base::member_ignoring_case(*message, "Operations");
  if (operations != nullptr && operations->is_object() && quirks.has(Quirk::single_operation_accepted)) {
    return base::JsonArray{*operations};
  }
  const bool is_list = operations != nullptr && operations->is_array();
  if ((!is_list || operations->get_array().empty()) && quirks.has(Quirk::no_operations_accepted)) return base::JsonArray{};
  if (!is_list) return refuse("invalidSyntax", "\"Operations\" is no array");
  const auto& list = operations->get_array();
  if (list.empty()) return refuse("invalidSyntax", "\"Operations\" is empty");
  if (list.size() > most_operations) {
    return std::unexpected(ScimError{413, "", fmt::format("a PATCH has at most {} operations", most_operations)});
  }
  return list;
}

std::optional<PatchOp> op_named(std::string_view word, const Quirks& quirks) {
  const auto name = quirks.has(Quirk::op_with_case) ? std::string(word) : base::to_lower(word);
  if (name == "add") return PatchOp::add;
  if (name == "replace") return PatchOp::replace;
  if (name == "remove") return PatchOp::remove;
  return std::nullopt;
}

struct Operation {
  PatchOp op;
  std::optional<std::string> path;
  const base::Json* value;  ///< null where the operation has none
};

std::expected<Operation, ScimError> read_operation(const base::Json& json, const Quirks& quirks) {
  const auto* object = json.if_object();
  if (object == nullptr) return refuse("invalidSyntax", "an operation is a JSON object");
  const auto* word = base::member_ignoring_case(*object, "op");
  if (word == nullptr || !word->is_string()) return refuse("invalidSyntax", "an operation has no \"op\"");
  const auto op = op_named(base::as_text(word->get_string()), quirks);
  if (!op) return refuse("invalidSyntax", "\"op\" is one of add, remove and replace");
  Operation operation{*op, std::nullopt, base::member_ignoring_case(*object, "value")};
  if (*op != PatchOp::remove && operation.value == nullptr && !quirks.has(Quirk::value_not_needed)) {
    return refuse("invalidValue", fmt::format("\"{}\" needs a value", base::as_text(word->get_string())));
  }
  const auto* path = base::member_ignoring_case(*object, "path");
  if (path == nullptr || path->is_null()) return operation;
  if (!path->is_string()) return refuse("invalidPath", "\"path\" is a text");
  operation.path = base::as_text(path->get_string());
  return operation;
}

/// Whether the attribute already has exactly this value, or neither has one.
bool repeats(const PatchTarget& target, const base::Json& value, const base::JsonObject& resource) {
  const auto* now = base::member(resource, target.path.attribute->name);
  return now == nullptr ? is_empty_value(value) : *now == value;
}

class Patch {
 public:
  Patch(base::JsonObject resource, const ResourceType& type, const Quirks& quirks)
      : resource_(std::move(resource)), type_(type), quirks_(quirks) {}

  Done apply(const base::Json& json) {
    if (const auto* object = json.if_object(); object != nullptr && quirks_.has(Quirk::unknown_op_ignored)) {
      const auto* word = base::member_ignoring_case(*object, "op");
      if (word != nullptr && word->is_string() && !op_named(base::as_text(word->get_string()), quirks_)) return {};
    }
    const auto operation = read_operation(json, quirks_);
    if (!operation) return std::unexpected(operation.error());
    if (!operation->path) return apply_without_path(*operation);
    const auto target = parse_patch_target(*operation->path, type_, quirks_);
    if (!target) return without_target(*operation, target.error());
    return apply_at(operation->op, *target, operation->value);
  }

  /// `schemas` lists each extension of which the resource holds anything, and no other. [RFC7644 3.5.2]
  base::JsonObject finished() && {
    for (const auto* extension : type_.extensions) {
      const auto* data = resource_.if_contains(base::json_key(extension->id));
      const bool present = data != nullptr && (!is_empty_value(*data) || quirks_.has(Quirk::empty_reference_stored));
      if (data != nullptr && !present) resource_.stable_erase(base::json_key(extension->id));
      auto* schemas = resource_.if_contains("schemas");
      if (schemas == nullptr || !schemas->is_array()) continue;
      auto& urns = schemas->get_array();
      const auto listed = std::ranges::find_if(urns, [&](const base::Json& urn) { return is_urn(urn, extension->id); });
      const bool missing = present && listed == urns.end();
      if (!present && listed != urns.end()) urns.erase(listed);
      if (missing && !quirks_.has(Quirk::extension_not_listed)) urns.push_back(base::json_text(extension->id));
    }
    return std::move(resource_);
  }

  [[nodiscard]] const base::JsonObject& resource() const { return resource_; }

 private:
  Done without_target(const Operation& operation, const ScimError& error) {
    const bool malformed = operation.path->find_first_of("[]") != std::string::npos ||
                           operation.path->find("..") != std::string::npos || operation.path->ends_with('.');
    if (malformed && quirks_.has(Quirk::malformed_path_ignored)) return {};
    if (!malformed && quirks_.has(Quirk::unknown_path_ignored)) return {};
    if (!malformed && quirks_.has(Quirk::unknown_path_stored) && operation.value != nullptr) {
      resource_[base::json_key(*operation.path)] = *operation.value;
      return {};
    }
    return std::unexpected(error);
  }

  Done apply_without_path(const Operation& operation) {
    if (operation.op == PatchOp::remove) {
      if (quirks_.has(Quirk::remove_without_path_succeeds)) return {};
      return refuse("noTarget", "\"remove\" needs a path");
    }
    if (operation.op == PatchOp::add && quirks_.has(Quirk::add_without_path_ignored)) return {};
    if (operation.op == PatchOp::replace && quirks_.has(Quirk::replace_without_path_ignored)) return {};
    if (operation.value == nullptr) return {};
    const auto* members = operation.value->if_object();
    if (members == nullptr) return refuse("invalidValue", "without a path the value is an object of attributes");
    const bool whole = operation.op == PatchOp::replace && quirks_.has(Quirk::replace_without_path_wipes_members);
    if (whole && !members->contains("members")) resource_.stable_erase("members");
    return apply_members(operation.op, "", *members);
  }

  /// Each member as an operation of its own; `prefix` is an extension's URN and a colon, or empty.
  Done apply_members(PatchOp op, const std::string& prefix, const base::JsonObject& members) {
    for (const auto& [key, value] : members) {
      const auto done = apply_member(op, prefix + std::string(key.data(), key.size()), value);
      if (!done) return done;
    }
    return {};
  }

  Done apply_member(PatchOp op, const std::string& name, const base::Json& value) {
    const bool dotted = !name.starts_with("urn:") && name.find('.') != std::string::npos;
    if (dotted && quirks_.has(Quirk::dotted_names_ignored)) return {};
    if (dotted && op == PatchOp::add && quirks_.has(Quirk::dotted_names_in_add_ignored)) return {};
    if (dotted && quirks_.has(Quirk::dotted_names_stored)) {
      resource_[base::json_key(name)] = value;
      return {};
    }
    if (name == "active" && quirks_.has(Quirk::active_without_path_ignored)) return {};
    const auto target = parse_patch_target(name, type_, quirks_);
    if (!target) return {};
    const auto* attribute = target->path.attribute;
    const bool echo = attribute != nullptr && attribute->mutability == Attribute::Mutability::read_only &&
                      repeats(*target, value, resource_);
    if (echo && !quirks_.has(Quirk::repeated_read_only_refused)) return {};
    return apply_at(op, *target, &value);
  }

  Done apply_at(PatchOp op, const PatchTarget& target, const base::Json* value) {
    if (target.path.attribute == nullptr) return apply_to_extension(op, *target.path.extension, value);
    if (target.path.attribute->name == "schemas") return check_schemas(op, value);
    const bool silent = target.path.attribute->mutability == Attribute::Mutability::read_only &&
                        quirks_.has(Quirk::read_only_ignored);
    if (silent) return {};
    if (op == PatchOp::remove) return remove_value(target, value, resource_, quirks_);
    if (value == nullptr) return {};
    return put_value(op, target, *value, resource_, quirks_);
  }

  Done apply_to_extension(PatchOp op, const Schema& extension, const base::Json* value) {
    if (op == PatchOp::remove) {
      resource_.stable_erase(base::json_key(extension.id));
      return {};
    }
    if (value == nullptr || !value->is_object()) return refuse("invalidValue", fmt::format("{} is an object", extension.id));
    return apply_members(op, extension.id + ":", value->get_object());
  }

  /// Which schemas a resource has follows from what it holds; all that can be asked is whether the request knows them.
  Done check_schemas(PatchOp op, const base::Json* value) const {
    if (op == PatchOp::remove) return refuse("mutability", "\"schemas\" is required and cannot be removed");
    if (value == nullptr) return {};
    const auto known = [&](const base::Json& urn) {
      const auto names = [&](const Schema* schema) { return is_urn(urn, schema->id); };
      return names(type_.core) || std::ranges::any_of(type_.extensions, names);
    };
    const auto list = value->is_array() ? value->get_array() : base::JsonArray{*value};
    if (std::ranges::all_of(list, known)) return {};
    return refuse("invalidValue", "\"schemas\" names a schema that the resource type does not have");
  }

  base::JsonObject resource_;
  const ResourceType& type_;
  const Quirks& quirks_;
};

}  // namespace

std::expected<PatchResult, ScimError> apply_patch(base::JsonObject& resource, const base::Json& body,
                                                  const ResourceType& type, const Quirks& quirks) {
  auto operations = operations_of(body, quirks);
  if (!operations) return std::unexpected(operations.error());
  if (quirks.has(Quirk::last_operation_first)) std::ranges::reverse(*operations);
  Patch patch(resource, type, quirks);
  for (const auto& operation : *operations) {
    const auto done = patch.apply(operation);
    if (done) continue;
    if (quirks.has(Quirk::patch_not_atomic)) resource = patch.resource();
    return std::unexpected(done.error());
  }
  auto patched = std::move(patch).finished();
  const bool changed = patched != resource;
  resource = std::move(patched);
  return PatchResult{changed || quirks.has(Quirk::patch_always_changes)};
}

}  // namespace fakes::scim
