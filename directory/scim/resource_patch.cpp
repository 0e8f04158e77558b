#include "directory/scim/resource_patch.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "directory/scim/resource_editor.h"

namespace directory::scim {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::string_view patch_schema_urn = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

bool names_schema(const JsonObject& body, std::string_view urn) {
  const auto* schemas = base::member_ignoring_case(body, "schemas");
  if (schemas == nullptr || !schemas->is_array()) return false;
  return std::ranges::any_of(schemas->get_array(), [&](const Json& one) {
    return one.is_string() && base::equals_ignoring_case(base::as_text(one.get_string()), urn);
  });
}

ResourceEditor::Done apply_operation(ResourceEditor& editor, const JsonObject& operation,
                                     const PatchRules& rules) {
  const auto* op = base::member_ignoring_case(operation, "op");
  if (op == nullptr || !op->is_string()) return refuse("invalidSyntax", "an operation needs an op");
  const auto verb = base::to_lower(base::as_text(op->get_string()));
  const auto* path_text = base::member_ignoring_case(operation, "path");
  const auto* value = base::member_ignoring_case(operation, "value");
  if (path_text != nullptr && path_text->is_null()) path_text = nullptr;
  if (path_text != nullptr && !path_text->is_string())
    return refuse("invalidPath", "a path must be a string");
  if (rules.lenience == Lenience::vendors && path_text != nullptr && path_text->get_string().empty())
    path_text = nullptr;

  TargetPath path;
  if (path_text != nullptr) {
    auto parsed = parse_target_path(base::as_text(path_text->get_string()));
    if (!parsed) return refuse("invalidPath", parsed.error().message);
    path = std::move(*parsed);
  }
  if (verb == "remove") {
    if (path_text == nullptr) return refuse("noTarget", "remove needs a path");
    if (value != nullptr && value->is_null()) value = nullptr;
    if (value != nullptr && rules.lenience == Lenience::rfc)
      return refuse("invalidValue", "remove takes no value");
    return editor.remove(path, value);
  }
  if (verb != "add" && verb != "replace") {
    return refuse("invalidSyntax",
                  fmt::format("'{}' is no operation; add, replace and remove are", excerpt(verb, 32)));
  }
  if (value == nullptr) return refuse("invalidValue", fmt::format("{} needs a value", verb));
  const auto writes = verb == "add" ? ResourceEditor::Verb::add : ResourceEditor::Verb::replace;
  if (path_text != nullptr) return editor.write(writes, path, *value);
  if (!value->is_object())
    return refuse("invalidValue", fmt::format("{} without a path needs an object", verb));
  return editor.write_members(writes, value->get_object());
}

}  // namespace

std::expected<Edited, ScimError> apply_patch(JsonObject& resource, const JsonObject& body,
                                             const ResourceSchema& schema, const PatchRules& rules) {
  if (rules.needs_schemas && !names_schema(body, patch_schema_urn)) {
    return refuse("invalidSyntax", fmt::format("a PATCH names the schema {}", patch_schema_urn));
  }
  const auto* operations = base::member_ignoring_case(body, "Operations");
  if (operations == nullptr || !operations->is_array() || operations->get_array().empty()) {
    return refuse("invalidSyntax", "a PATCH needs an array of Operations");
  }
  if (operations->get_array().size() > most_patch_operations) {
    return refuse("tooMany", fmt::format("a PATCH has at most {} operations", most_patch_operations));
  }
  auto patched = resource;
  ResourceEditor editor(patched, schema, rules);
  for (const auto& entry : operations->get_array()) {
    if (!entry.is_object()) return refuse("invalidSyntax", "an operation is not an object");
    if (auto applied = apply_operation(editor, entry.get_object(), rules); !applied)
      return std::unexpected(applied.error());
  }
  if (auto finished = editor.finish(); !finished) return std::unexpected(finished.error());
  resource = std::move(patched);
  return Edited{editor.take_ignored()};
}

std::expected<CanonicalResource, ScimError> canonical_resource(const JsonObject& body,
                                                               const ResourceSchema& schema,
                                                               const PatchRules& rules) {
  if (rules.needs_schemas && !names_schema(body, schema.core().id)) {
    return refuse("invalidSyntax", fmt::format("a {} names the schema {}", schema.name(), schema.core().id));
  }
  CanonicalResource canonical;
  ResourceEditor editor(canonical.resource, schema, rules);
  if (auto written = editor.write_members(ResourceEditor::Verb::replace, body); !written)
    return std::unexpected(written.error());
  if (auto finished = editor.finish(); !finished) return std::unexpected(finished.error());
  canonical.ignored = editor.take_ignored();
  return canonical;
}

}  // namespace directory::scim
