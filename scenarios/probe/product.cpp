#include "scenarios/probe/product.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "scenarios/probe/json_path.h"

namespace scenarios::probe {
namespace {

constexpr std::string_view user_urn = "urn:ietf:params:scim:schemas:core:2.0:User";
constexpr std::string_view group_urn = "urn:ietf:params:scim:schemas:core:2.0:Group";
constexpr std::string_view enterprise_urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// A need, and the member of /ServiceProviderConfig that announces it.
struct Feature {
  std::string_view need;
  std::string_view member;
  bool unless_told = false;  ///< what counts where the configuration cannot be read
};
constexpr std::array features{Feature{"patch", "patch.supported", true},
                              Feature{"bulk", "bulk.supported"},
                              Feature{"filter", "filter.supported", true},
                              Feature{"sort", "sort.supported"},
                              Feature{"etag", "etag.supported"},
                              Feature{"change_password", "changePassword.supported"},
                              Feature{"cursor", "pagination.cursor"}};
constexpr std::array<std::string_view, 11> other_needs{"paging_both",  "config", "schemas",           "resource_types",
                                                       "enterprise",   "User",   "Group",             "custom_types",
                                                       "remote",       "second_credential", "token_endpoint"};

std::string text_at(const Value& object, std::string_view name) {
  const auto* value = member(object, name);
  return value != nullptr && value->is_string() ? value->get<std::string>() : std::string{};
}

bool flag_at(const Value& object, std::string_view name) {
  const auto* value = member(object, name);
  return value != nullptr && value->is_boolean() && value->get<bool>();
}

std::vector<std::string> texts_at(const Value& object, std::string_view name) {
  std::vector<std::string> out;
  const auto* value = member(object, name);
  if (value == nullptr || !value->is_array()) return out;
  for (const auto& one : *value) {
    if (one.is_string()) out.push_back(one.get<std::string>());
  }
  return out;
}

/// Of a list answer, or of a bare array: some products send that.
const Value& elements(const Value& answer) {
  static const Value none = Value::array();
  const auto* resources = answer.is_array() ? &answer : member(answer, "Resources");
  return resources != nullptr && resources->is_array() ? *resources : none;
}

Attribute read_attribute(const Value& node, std::string_view schema, std::string_view above, int depth) {
  Attribute out;
  out.name = text_at(node, "name");
  out.path = above.empty() ? out.name : fmt::format("{}{}{}", above, above.ends_with(':') ? "" : ".", out.name);
  out.schema = schema;
  const auto set = [&](std::string& field, std::string_view name) {
    if (auto text = text_at(node, name); !text.empty()) field = std::move(text);
  };
  set(out.type, "type");
  set(out.mutability, "mutability");
  set(out.returned, "returned");
  set(out.uniqueness, "uniqueness");
  out.multi_valued = flag_at(node, "multiValued");
  out.required = flag_at(node, "required");
  out.case_exact = flag_at(node, "caseExact");
  out.canonical_values = texts_at(node, "canonicalValues");
  out.reference_types = texts_at(node, "referenceTypes");
  const auto* subs = member(node, "subAttributes");
  if (subs != nullptr && subs->is_array() && depth < 3) {
    for (const auto& sub : *subs) {
      if (!text_at(sub, "name").empty()) out.sub_attributes.push_back(read_attribute(sub, schema, out.path, depth + 1));
    }
  }
  return out;
}

/// What the RFC's own User and Group have in common with every product, for one that publishes no schema.
std::vector<Attribute> minimum_of(std::string_view type) {
  std::vector<Attribute> out;
  const auto add = [&](std::string_view name, bool required) {
    Attribute one;
    one.name = one.path = name;
    one.required = required;
    out.push_back(std::move(one));
  };
  if (type == "Group") {
    add("displayName", true);
    return out;
  }
  add("userName", true);
  add("displayName", false);
  return out;
}

}  // namespace

std::vector<std::string> ResourceType::schemas() const {
  std::vector<std::string> out{schema};
  for (const auto& extension : extensions) out.push_back(extension.schema);
  return out;
}

std::vector<std::string> ResourceType::members() const {
  std::vector<std::string> out{"schemas", "id", "externalId", "meta"};  // [RFC7643 3, 3.1]
  for (const auto& attribute : attributes) {
    if (attribute.path == attribute.name) out.push_back(attribute.name);
  }
  for (const auto& extension : extensions) out.push_back(extension.schema);
  return out;
}

Product::Product(Value config, Value resource_types, Value schemas, Circumstances circumstances)
    : config_(std::move(config)),
      resource_types_(std::move(resource_types)),
      schemas_(std::move(schemas)),
      circumstances_(circumstances) {
  for (const auto& node : elements(resource_types_)) {
    ResourceType type{text_at(node, "name"), text_at(node, "id"), text_at(node, "endpoint"), text_at(node, "schema"), {}, {}};
    if (type.id.empty()) type.id = type.name;
    // Some give the endpoint with the base URL's path, some without a slash.
    if (const auto slash = type.endpoint.rfind('/'); slash != std::string::npos) type.endpoint.erase(0, slash + 1);
    type.endpoint.insert(0, "/");
    const auto* extensions = member(node, "schemaExtensions");
    if (extensions != nullptr && extensions->is_array()) {
      for (const auto& one : *extensions) type.extensions.push_back({text_at(one, "schema"), flag_at(one, "required")});
    }
    if (!type.name.empty() && type.endpoint.size() > 1) types_.push_back(std::move(type));
  }
  if (types_.empty()) {
    types_.push_back({"User", "User", "/Users", std::string(user_urn), {}, {}});
    types_.push_back({"Group", "Group", "/Groups", std::string(group_urn), {}, {}});
  }
  for (auto& type : types_) type.attributes = read_attributes(type);
}

bool Product::supported(std::string_view feature) const {
  for (const auto& one : features) {
    if (one.need != feature) continue;
    if (!config_.is_object()) return one.unless_told;
    const auto* value = find_one(config_, one.member);
    // Some send the flag as text; that is judged elsewhere.
    return value != nullptr && (*value == true || (value->is_string() && base::equals_ignoring_case(value->get<std::string>(), "true")));
  }
  return false;
}

bool Product::is_need(std::string_view need) {
  if (need.starts_with("no ")) return is_need(need.substr(3));
  if (need.starts_with("read_only ")) need.remove_prefix(10);
  if (need.find(':') != std::string_view::npos) return true;
  return std::ranges::find(features, need, &Feature::need) != features.end() ||
         std::ranges::find(other_needs, need) != other_needs.end();
}

bool Product::meets(std::string_view need) const {
  if (need.starts_with("no ")) return !meets(need.substr(3));
  const bool read_only = need.starts_with("read_only ");
  if (read_only) need.remove_prefix(10);
  if (const auto colon = need.find(':'); colon != std::string_view::npos && !need.starts_with("urn:")) {
    const auto found = attribute(need.substr(0, colon), need.substr(colon + 1));
    return found && found->writable() != read_only;
  }
  if (need == "config") return config_.is_object();
  if (need == "schemas") return !elements(schemas_).empty();
  if (need == "resource_types") return !elements(resource_types_).empty();
  if (need == "User" || need == "Group") return resource_type(need) != nullptr;
  if (need == "enterprise") {
    const auto* user = resource_type("User");
    return user != nullptr && std::ranges::any_of(user->extensions, [](const ResourceType::Extension& one) {
      return base::equals_ignoring_case(one.schema, enterprise_urn);
    });
  }
  if (need == "custom_types")
    return std::ranges::any_of(types_, [](const ResourceType& one) { return one.name != "User" && one.name != "Group"; });
  if (need == "paging_both") return supported("cursor") && flag_at(config_.value("pagination", Value::object()), "index");
  if (need == "remote") return circumstances_.remote;
  if (need == "second_credential") return circumstances_.second_credential;
  if (need == "token_endpoint") return circumstances_.token_endpoint;
  return supported(need);
}

std::string Product::lack_text(std::string_view need) const {
  if (need.starts_with("no ")) return fmt::format("the product announces {}", need.substr(3));
  if (need == "remote") return "the target is on this machine";
  if (need == "second_credential" || need == "token_endpoint")
    return fmt::format("the configuration names no {}", need == "token_endpoint" ? "token endpoint" : "second credential");
  if (need.starts_with("read_only ")) return fmt::format("{} is not listed as read-only", need.substr(10));
  if (need.find(':') != std::string_view::npos) return fmt::format("{} is not an attribute that can be written", need);
  return fmt::format("the product does not announce {}", need);
}

const ResourceType* Product::resource_type(std::string_view name) const {
  const auto found = std::ranges::find_if(types_, [&](const ResourceType& one) { return base::equals_ignoring_case(one.name, name); });
  return found == types_.end() ? nullptr : &*found;
}

const std::vector<Attribute>& Product::attributes(std::string_view type) const {
  static const std::vector<Attribute> none;
  const auto* resource = resource_type(type);
  return resource == nullptr ? none : resource->attributes;
}

std::vector<Attribute> Product::read_attributes(const ResourceType& type) const {
  std::vector<Attribute> out;
  const auto add = [&](std::string_view schema, bool core) {
    for (const auto& one : elements(schemas_)) {
      if (!base::equals_ignoring_case(text_at(one, "id"), schema)) continue;
      const auto* list = member(one, "attributes");
      if (list == nullptr || !list->is_array()) continue;
      for (const auto& node : *list) {
        if (!text_at(node, "name").empty())
          out.push_back(read_attribute(node, schema, core ? std::string{} : fmt::format("{}:", schema), 0));
      }
    }
  };
  add(type.schema, true);
  if (out.empty()) return minimum_of(type.name);
  for (const auto& extension : type.extensions) add(extension.schema, false);
  return out;
}

std::vector<Attribute> Product::leaves(std::string_view type) const {
  std::vector<Attribute> out;
  for (const auto& one : attributes(type)) {
    out.push_back(one);
    if (one.multi_valued) continue;
    for (const auto& sub : one.sub_attributes) {
      out.push_back(sub);
      // A part of what cannot be written cannot be written.
      if (!one.writable()) out.back().mutability = one.mutability;
    }
  }
  return out;
}

std::optional<Attribute> Product::attribute(std::string_view type, std::string_view path) const {
  for (const auto& one : attributes(type)) {
    if (base::equals_ignoring_case(one.path, path)) return one;
    for (const auto& sub : one.sub_attributes) {
      if (!base::equals_ignoring_case(sub.path, path)) continue;
      auto found = sub;
      if (!one.writable()) found.mutability = one.mutability;
      return found;
    }
  }
  return std::nullopt;
}

std::vector<std::string> Product::schema_ids() const {
  std::vector<std::string> out;
  for (const auto& one : elements(schemas_)) {
    if (auto id = text_at(one, "id"); !id.empty()) out.push_back(std::move(id));
  }
  return out;
}

std::vector<std::string> Product::announced() const {
  std::vector<std::string> out;
  for (const auto& one : features) {
    if (config_.is_object() && supported(one.need)) out.emplace_back(one.need);
  }
  if (meets("resource_types")) {
    for (const auto& type : types_) out.push_back(fmt::format("resource type {}", type.name));
  }
  for (const auto& id : schema_ids()) out.push_back(fmt::format("schema {}", id));
  return out;
}

}  // namespace scenarios::probe
