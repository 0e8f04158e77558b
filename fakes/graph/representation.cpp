#include "fakes/graph/representation.h"

#include <fmt/format.h>

#include <algorithm>

namespace fakes::graph {
namespace {

using entra::Property;
using entra::PropertyType;

std::vector<const Property*> default_set(ObjectKind kind) {
  std::vector<const Property*> out;
  for (const auto& property : entra::properties_of(kind)) {
    if (property.selected) out.push_back(&property);
  }
  return out;
}

bool is_list(const Property& property) { return property.type == PropertyType::texts || property.type == PropertyType::objects; }

/// Relationships and secrets that a selection may name beside the properties of the table.
bool is_beside_the_table(std::string_view name) {
  return name == "manager" || name == "members" || name == "owners" || name == "passwordProfile" || name == "*";
}

}  // namespace

bool Selection::names_one(std::string_view name) const { return std::ranges::find(names, name) != names.end(); }

std::string Selection::context_suffix() const {
  return is_default ? std::string() : fmt::format("({})", fmt::join(names, ","));
}

Outcome<Selection> read_selection(const std::optional<std::string>& select, std::optional<ObjectKind> kind, Shape shape) {
  static const auto users = default_set(ObjectKind::user);
  static const auto groups = default_set(ObjectKind::group);
  Selection out;
  if (!select || select->empty()) {
    out.of_users = users;
    out.of_groups = groups;
    return out;
  }
  out.is_default = false;
  for (std::string_view rest = *select; !rest.empty();) {
    const auto comma = std::min(rest.find(','), rest.size());
    auto name = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    if (name.empty()) continue;
    if (!out.names_one(name)) out.names.emplace_back(name);
    const auto* of_user = entra::find_property(ObjectKind::user, name);
    const auto* of_group = entra::find_property(ObjectKind::group, name);
    const auto* wanted = !kind ? (of_user != nullptr ? of_user : of_group) : (*kind == ObjectKind::user ? of_user : of_group);
    if (wanted == nullptr && !is_beside_the_table(name)) {
      const auto type = kind ? type_of(*kind).substr(1) : std::string_view("microsoft.graph.directoryObject");
      return refuse(400, "BadRequest",
                    fmt::format("Parsing OData Select and Expand failed: Could not find a property named '{}' on type '{}'.", name, type));
    }
    if (shape == Shape::list && wanted != nullptr && wanted->writing == entra::Writing::delegated && !is_list(*wanted))
      return refuse(501, "NotImplemented", "This operation target is not yet supported.");
    if (of_user != nullptr) out.of_users.push_back(of_user);
    if (of_group != nullptr) out.of_groups.push_back(of_group);
  }
  for (auto* chosen : {&out.of_users, &out.of_groups}) {
    std::ranges::sort(*chosen);
    const auto repeated = std::ranges::unique(*chosen);
    chosen->erase(repeated.begin(), repeated.end());
  }
  if (out.names_one("*")) {
    out.of_users = users;
    out.of_groups = groups;
  }
  return out;
}

std::string_view type_of(ObjectKind kind) { return kind == ObjectKind::user ? "#microsoft.graph.user" : "#microsoft.graph.group"; }
std::string_view set_of(ObjectKind kind) { return kind == ObjectKind::user ? "users" : "groups"; }

void add_properties(base::JsonObject& out, const DirectoryObject& object, const Selection& selection) {
  const auto& wanted = selection.of(object.kind());
  out.reserve(out.size() + wanted.size());
  // Both are in the table's order.
  auto value = object.values().begin();
  const auto end = object.values().end();
  for (const auto* property : wanted) {
    while (value != end && value->property < property) ++value;
    const auto key = base::json_key(property->name);
    if (value != end && value->property == property && !value->json.is_null()) {
      out.emplace(key, value->json);
    } else if (is_list(*property)) {
      out.emplace(key, base::JsonArray{});
    } else {
      out.emplace(key, nullptr);
    }
  }
  if (selection.names_one("passwordProfile")) out.emplace("passwordProfile", nullptr);  // [Graph U18]
}

}  // namespace fakes::graph
