#include "fakes/entra/attribute_mapping.h"

#include <fmt/format.h>

#include "base/encoding.h"

namespace fakes::entra {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::string_view core_schema = "urn:ietf:params:scim:schemas:core:2.0:User";
constexpr std::string_view enterprise_schema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
constexpr std::string_view work_email = R"(emails[type eq "work"].value)";

/// An enterprise attribute's own name, where `path` addresses one.
std::optional<std::string_view> enterprise_attribute(std::string_view path) {
  if (!path.starts_with(enterprise_schema) || path.size() <= enterprise_schema.size() + 1) return std::nullopt;
  return path.substr(enterprise_schema.size() + 1);
}

/// Puts a value where `path` says into a resource under construction.
void place(JsonObject& resource, std::string_view path, Json value) {
  if (path == work_email) {
    resource["emails"] = JsonArray{JsonObject{{"primary", true}, {"type", "work"}, {"value", std::move(value)}}};
  } else if (const auto attribute = enterprise_attribute(path)) {
    auto& extension = resource[base::json_key(enterprise_schema)];
    if (!extension.is_object()) extension = JsonObject{};
    extension.as_object()[base::json_key(*attribute)] = std::move(value);
  } else if (const auto dot = path.find('.'); dot != std::string_view::npos) {
    auto& complex = resource[base::json_key(path.substr(0, dot))];
    if (!complex.is_object()) complex = JsonObject{};
    complex.as_object()[base::json_key(path.substr(dot + 1))] = std::move(value);
  } else {
    resource[base::json_key(path)] = std::move(value);
  }
}

/// What a target holds at `path`; null where it holds nothing.
const Json* held(const Json& target, std::string_view path) {
  if (path == work_email) {
    const auto* emails = base::member(target, "emails");
    if (emails == nullptr || !emails->is_array()) return nullptr;
    for (const auto& entry : emails->get_array()) {
      if (base::equals_ignoring_case(base::string_or(entry, "type", ""), "work")) return base::member(entry, "value");
    }
    return nullptr;
  }
  if (const auto attribute = enterprise_attribute(path)) {
    const auto* extension = base::member(target, enterprise_schema);
    return extension == nullptr ? nullptr : base::member(*extension, *attribute);
  }
  if (const auto dot = path.find('.'); dot != std::string_view::npos) {
    const auto* complex = base::member(target, path.substr(0, dot));
    return complex == nullptr ? nullptr : base::member(*complex, path.substr(dot + 1));
  }
  return base::member(target, path);
}

/// How the classic dialect writes a value: booleans are strings there.
Json in_dialect(const Json& value, PatchDialect dialect) {
  if (value.is_bool() && dialect == PatchDialect::classic) return value.get_bool() ? Json("True") : Json("False");
  return value;
}

}  // namespace

std::vector<MappingRow> article_mapping() {
  const auto enterprise = [](std::string_view name) { return fmt::format("{}:{}", enterprise_schema, name); };
  return {
      {"userName", Direct{"mailNickname"}, true},             // [rule R36] [rule R44]
      {"active", SoftDeleteSwitch{}},                                  // [rule R49]
      {"displayName", Direct{"displayName"}},                 // [rule R48]
      {"title", Direct{"jobTitle"}},                          // [rule R51]
      {std::string(work_email), Direct{"userPrincipalName"}},  // [rule R37] [rule R47]
      {"name.givenName", Direct{"givenName"}},                // [rule R45]
      {"name.familyName", Direct{"surname"}},                  // [rule R46]
      {"externalId", FromObjectId{}},
      {enterprise("department"), Direct{"department"}},        // [rule R52]
      {enterprise("employeeNumber"), Direct{"employeeId"}},   // [rule R57]
  };
}

std::optional<Json> mapped_value(const MappingRow& row, const SourceUser& user) {
  if (std::holds_alternative<SoftDeleteSwitch>(row.source)) return Json(!user.is_soft_deleted());
  if (std::holds_alternative<FromObjectId>(row.source)) return Json(user.id().text());
  const auto text = user.object.text(std::get<Direct>(row.source).source);
  if (text.empty()) return std::nullopt;
  return base::json_text(text);
}

JsonObject create_body(const std::vector<MappingRow>& mapping, const SourceUser& user) {
  JsonObject body{{"schemas", JsonArray{base::json_text(core_schema), base::json_text(enterprise_schema)}}};
  for (const auto& row : mapping) {
    if (auto value = mapped_value(row, user)) place(body, row.target, std::move(*value));
  }
  body["meta"] = JsonObject{{"resourceType", "User"}};
  body["roles"] = JsonArray{};
  return body;
}

std::optional<JsonObject> update_body(const std::vector<MappingRow>& mapping, const SourceUser& user, const Json& target,
                                      PatchDialect dialect) {
  JsonArray operations;
  JsonObject merged;  // the compliant dialect sends everything without a filter path in one path-less replace
  for (const auto& row : mapping) {
    const auto value = mapped_value(row, user);
    if (!value) continue;
    const auto* current = held(target, row.target);
    if (current != nullptr && *current == *value) continue;
    const bool filter_path = row.target.find('[') != std::string::npos;
    if (dialect == PatchDialect::compliant && !filter_path) {
      merged[row.target] = *value;
      continue;
    }
    const bool add = current == nullptr;
    const auto* op = dialect == PatchDialect::compliant ? (add ? "add" : "replace") : (add ? "Add" : "Replace");
    operations.push_back(JsonObject{{"op", op}, {"path", row.target}, {"value", in_dialect(*value, dialect)}});
  }
  if (!merged.empty()) operations.push_back(JsonObject{{"op", "replace"}, {"value", std::move(merged)}});
  if (operations.empty()) return std::nullopt;
  return JsonObject{{"schemas", JsonArray{"urn:ietf:params:scim:api:messages:2.0:PatchOp"}},
                    {"Operations", std::move(operations)}};
}

}  // namespace fakes::entra
