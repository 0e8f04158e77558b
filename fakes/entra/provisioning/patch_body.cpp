#include "fakes/entra/provisioning/patch_body.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "fakes/entra/expression/roles.h"

namespace fakes::entra::provisioning {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

enum class Op : std::uint8_t { add, replace, remove };

std::string_view word(Op op, const PatchStyle& style) {
  if (op == Op::add) return style.is_compliant() ? "add" : "Add";
  if (op == Op::replace) return style.is_compliant() ? "replace" : "Replace";
  return style.is_compliant() ? "remove" : "Remove";
}

JsonObject operation(Op op, std::string_view path, const PatchStyle& style) {
  JsonObject operation{{"op", base::json_text(word(op, style))}};
  if (!path.empty()) operation["path"] = base::json_text(path);
  return operation;
}

JsonObject operation(Op op, std::string_view path, Json value, const PatchStyle& style) {
  auto built = operation(op, path, style);
  built["value"] = std::move(value);
  return built;
}

JsonObject envelope(JsonArray operations) {
  return {{"schemas", JsonArray{"urn:ietf:params:scim:api:messages:2.0:PatchOp"}}, {"Operations", std::move(operations)}};
}

std::string wire_path(const ScimPath& path, const PatchStyle& style) {
  if (path.schema.empty() || !style.quirks.has(ClientQuirk::extension_with_dot)) return path.text;
  return path.schema + "." + path.text.substr(path.schema.size() + 1);
}

/// How the dialect writes a mapped value.
Json wire_value(const MappedValue& mapped, const PatchStyle& style) {
  if (mapped.outcome.roles != expression::RoleChange::none) return expression::patched_roles(mapped.outcome);
  auto value = mapped.value;
  if (value.is_bool() && !style.is_compliant() && !style.quirks.has(ClientQuirk::disable_as_boolean))
    value = base::json_text(expression::spelling(value.get_bool()));
  if (style.quirks.has(ClientQuirk::values_in_arrays) && !style.is_compliant() && !value.is_array())
    return JsonArray{JsonObject{{"value", std::move(value)}}};
  return value;
}

Op op_of(const Change& change) {
  if (change.mapped->outcome.roles == expression::RoleChange::add) return Op::add;
  if (change.mapped->outcome.roles == expression::RoleChange::replace) return Op::replace;
  return change.before == nullptr ? Op::add : Op::replace;
}

/// Whether the change is about an element that the target does not have.
bool is_new_element(const Change& change) { return change.before == nullptr && change.mapped->row->target.has_filter(); }

/// The roles that a resource shows, by their values.
std::vector<std::string> shown_roles(const Json& roles) {
  std::vector<std::string> values;
  if (!roles.is_array()) return values;
  for (const auto& element : roles.get_array()) values.push_back(expression::role_of(base::string_or(element, "value", "")).value);
  std::ranges::sort(values);
  return values;
}

bool agrees(const MappedValue& mapped, const Json& shown) {
  if (mapped.outcome.roles == expression::RoleChange::none) return shown == mapped.value;
  const auto wanted = shown_roles(mapped.value);
  const auto there = shown_roles(shown);
  return mapped.outcome.roles == expression::RoleChange::replace ? wanted == there : std::ranges::includes(there, wanted);
}

JsonArray classic_operations(std::span<const Change> changes, const PatchStyle& style) {
  JsonArray operations;
  for (const auto& change : changes) {
    const auto& target = change.mapped->row->target;
    if (style.quirks.has(ClientQuirk::primary_first_as_text) && is_new_element(change)) {
      const auto element = target.text.substr(0, target.text.find(']') + 1);
      operations.push_back(operation(Op::add, element + ".primary", Json("true"), style));
    }
    operations.push_back(operation(op_of(change), wire_path(target, style), wire_value(*change.mapped, style), style));
  }
  return operations;
}

JsonArray compliant_operations(std::span<const Change> changes, const PatchStyle& style) {
  const auto merges = [&](const Change& change, Op op) {
    return op_of(change) == op && !change.mapped->row->target.has_filter() && change.mapped->outcome.roles == expression::RoleChange::none;
  };
  const auto replaced = std::ranges::count_if(changes, [&](const Change& change) { return merges(change, Op::replace); });
  const auto joins = [&](const Change& change) {
    if (merges(change, Op::add)) return style.quirks.has(ClientQuirk::additions_without_path);
    return replaced > 1 && merges(change, Op::replace);
  };
  JsonArray operations;
  JsonObject added;
  JsonObject values;
  for (const auto& change : changes) {
    auto value = wire_value(*change.mapped, style);
    if (joins(change)) {
      (op_of(change) == Op::add ? added : values)[change.mapped->row->target.text] = std::move(value);
    } else {
      operations.push_back(operation(op_of(change), wire_path(change.mapped->row->target, style), std::move(value), style));
    }
  }
  if (!added.empty()) operations.push_back(operation(Op::add, {}, std::move(added), style));
  if (!values.empty()) operations.push_back(operation(Op::replace, {}, std::move(values), style));
  return operations;
}

JsonArray references(std::span<const std::string> ids) {
  JsonArray values;
  for (const auto& id : ids) values.push_back(JsonObject{{"$ref", nullptr}, {"value", base::json_text(id)}});
  return values;
}

}  // namespace

std::optional<PatchDialect> flag_of(const base::Uri& tenant_url) {
  if (!tenant_url.query) return std::nullopt;
  if (tenant_url.query->find("aadOptscim062020") != std::string::npos) return PatchDialect::compliant;
  if (tenant_url.query->find("AzureAdScimPatch2017") != std::string::npos) return PatchDialect::classic;
  return std::nullopt;
}

std::string Change::log_before() const {
  if (before == nullptr) return {};
  if (mapped->outcome.redacted) return std::string(expression::redacted_text);
  if (before->is_string()) return std::string(base::as_text(before->get_string()));
  if (before->is_bool()) return std::string(expression::spelling(before->get_bool()));
  return base::to_text(*before);
}

std::vector<Change> differences(std::span<const MappedValue> values, const Json& target) {
  std::vector<Change> changes;
  for (const auto& mapped : values) {
    const auto* shown = held(target, mapped.row->target);
    if (mapped.value.is_null()) {
      if (mapped.nulled && shown != nullptr) changes.push_back({&mapped, shown});
    } else if (shown == nullptr || !agrees(mapped, *shown)) {
      changes.push_back({&mapped, shown});
    }
  }
  return changes;
}

JsonObject patch_body(ObjectKind kind, std::span<const Change> changes, const PatchStyle& style) {
  if (kind == ObjectKind::group && style.quirks.has(ClientQuirk::group_rename_without_path)) {
    JsonObject values;
    for (const auto& change : changes) values[change.mapped->row->target.text] = wire_value(*change.mapped, style);
    return envelope({operation(Op::replace, {}, std::move(values), style)});
  }
  return envelope(style.is_compliant() ? compliant_operations(changes, style) : classic_operations(changes, style));
}

JsonObject manager_body(const ScimPath& target, std::string_view manager, bool had_manager, std::string_view users_url,
                        const PatchStyle& style) {
  const auto op = had_manager ? Op::replace : Op::add;
  const auto id = base::json_text(manager);
  if (style.quirks.has(ClientQuirk::manager_as_array) && !manager.empty()) {
    const JsonObject reference{{"$ref", fmt::format("{}/{}", users_url, manager)}, {"value", id}};
    return envelope({operation(op, "manager", JsonArray{reference}, style)});
  }
  if (style.quirks.has(ClientQuirk::manager_as_object)) return envelope({operation(op, wire_path(target, style), JsonObject{{"value", id}}, style)});
  return envelope({operation(op, wire_path(target, style), id, style)});
}

std::string manager_shown(const Json& user, const ScimPath& target) {
  const auto* shown = held(user, target);
  if (shown == nullptr) return {};
  if (shown->is_string()) return std::string(base::as_text(shown->get_string()));
  return base::string_or(*shown, "value", "");
}

JsonObject added_members_body(std::span<const std::string> ids, const PatchStyle& style) {
  const auto op = style.quirks.has(ClientQuirk::members_replaced) ? Op::replace : Op::add;
  return envelope({operation(op, "members", references(ids), style)});
}

JsonObject removed_members_body(std::span<const std::string> ids, const PatchStyle& style) {
  if (!style.is_compliant()) return envelope({operation(Op::remove, "members", references(ids), style)});
  JsonArray operations;
  for (const auto& id : ids) operations.push_back(operation(Op::remove, fmt::format(R"(members[value eq "{}"])", id), style));
  return envelope(std::move(operations));
}

}  // namespace fakes::entra::provisioning
