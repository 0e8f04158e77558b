#include "directory/scim/patch.h"

#include <fmt/format.h>

#include "base/encoding.h"

namespace directory::scim {
namespace {

std::expected<void, InvalidValue> apply_operation(ResourceState& state, const base::JsonObject& operation) {
  const auto* op = base::member_ignoring_case(operation, "op");
  if (op == nullptr || !op->is_string()) return refuse("invalidSyntax", "an operation needs an op");
  const auto verb = base::to_lower(base::as_text(op->get_string()));
  const auto* path = base::member_ignoring_case(operation, "path");
  const auto* value = base::member_ignoring_case(operation, "value");
  if (path != nullptr && !path->is_string()) return refuse("invalidPath", "a path must be a string");

  if (verb == "remove") {
    if (path == nullptr) return refuse("noTarget", "remove needs a path");
    const auto set = set_attribute(state, base::as_text(path->get_string()), base::Json(nullptr));
    if (!set) return std::unexpected(set.error());
    return {};
  }
  if (verb != "add" && verb != "replace") {
    return refuse("invalidSyntax", fmt::format("'{}' is no operation; add, replace and remove are", verb.substr(0, 32)));
  }
  if (value == nullptr) return refuse("invalidValue", fmt::format("{} needs a value", verb));
  if (path == nullptr) {
    if (!value->is_object()) return refuse("invalidValue", fmt::format("{} without a path needs an object", verb));
    return apply_resource(state, value->get_object());
  }
  const auto set = set_attribute(state, base::as_text(path->get_string()), *value);
  if (!set) return std::unexpected(set.error());
  return {};
}

}  // namespace

std::expected<void, InvalidValue> apply_patch(ResourceState& state, const base::JsonObject& body) {
  const auto* operations = base::member_ignoring_case(body, "Operations");
  if (operations == nullptr || !operations->is_array() || operations->get_array().empty()) {
    return refuse("invalidSyntax", "a PATCH needs an array of Operations");
  }
  if (operations->get_array().size() > most_operations) {
    return refuse("tooMany", fmt::format("a PATCH has at most {} operations", most_operations));
  }
  for (const auto& entry : operations->get_array()) {
    if (!entry.is_object()) return refuse("invalidSyntax", "an operation is not an object");
    if (auto applied = apply_operation(state, entry.get_object()); !applied) return applied;
  }
  return {};
}

}  // namespace directory::scim
