#include "fakes/entra/provisioning/scim_path.h"

#include <algorithm>

#include "base/encoding.h"

namespace fakes::entra::provisioning {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::string_view core_prefix = "urn:ietf:params:scim:schemas:core:2.0:";

bool is_name(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '$';
  };
  return !text.empty() && std::ranges::all_of(text, allowed);
}

void skip_blanks(std::string_view& rest) {
  while (rest.starts_with(' ')) rest.remove_prefix(1);
}

/// A word up to a blank or the end.
std::string_view take_word(std::string_view& rest) {
  skip_blanks(rest);
  const auto word = rest.substr(0, std::min(rest.find(' '), rest.size()));
  rest.remove_prefix(word.size());
  return word;
}

std::optional<std::string> take_value(std::string_view& rest) {
  skip_blanks(rest);
  if (!rest.starts_with('"')) {
    const auto word = take_word(rest);
    if (word.empty()) return std::nullopt;
    return std::string(word);
  }
  const auto end = rest.find('"', 1);
  if (end == std::string_view::npos) return std::nullopt;
  std::string value(rest.substr(1, end - 1));
  rest.remove_prefix(end + 1);
  return value;
}

std::optional<std::vector<ScimPath::Condition>> parse_conditions(std::string_view text) {
  std::vector<ScimPath::Condition> conditions;
  for (auto rest = text;;) {
    const auto sub = take_word(rest);
    if (!is_name(sub) || !base::equals_ignoring_case(take_word(rest), "eq")) return std::nullopt;
    auto value = take_value(rest);
    if (!value) return std::nullopt;
    conditions.push_back({std::string(sub), *std::move(value)});
    skip_blanks(rest);
    if (rest.empty()) return conditions;
    if (!base::equals_ignoring_case(take_word(rest), "and")) return std::nullopt;
  }
}

/// The value that a condition stands for in an element.
Json condition_value(const ScimPath::Condition& condition) {
  if (base::equals_ignoring_case(condition.sub, "primary")) return Json(base::equals_ignoring_case(condition.value, "true"));
  return base::json_text(condition.value);
}

bool equals_condition(const Json& held, const std::string& wanted) {
  if (held.is_bool()) return base::equals_ignoring_case(wanted, held.get_bool() ? "true" : "false");
  return held.is_string() && base::equals_ignoring_case(base::as_text(held.get_string()), wanted);
}

bool fulfils(const Json& element, const std::vector<ScimPath::Condition>& conditions) {
  return element.is_object() && std::ranges::all_of(conditions, [&](const ScimPath::Condition& condition) {
           const auto* held = base::member_ignoring_case(element.get_object(), condition.sub);
           return held != nullptr && equals_condition(*held, condition.value);
         });
}

const Json* not_null(const Json* json) { return json == nullptr || json->is_null() ? nullptr : json; }

const Json* member_of(const Json& json, std::string_view name) {
  return json.is_object() ? not_null(base::member_ignoring_case(json.get_object(), name)) : nullptr;
}

/// The member of that name whatever its letter case, made where it is missing.
Json& member_for(JsonObject& object, std::string_view name) {
  for (auto& member : object) {
    if (base::equals_ignoring_case({member.key().data(), member.key().size()}, name)) return member.value();
  }
  return object[base::json_key(name)];
}

JsonObject& object_in(Json& json) {
  if (!json.is_object()) json = JsonObject{};
  return json.get_object();
}

JsonObject new_element(const JsonArray& others, const std::vector<ScimPath::Condition>& conditions) {
  JsonObject element;
  const auto is_primary = [](const Json& other) { return base::bool_member(other, "primary").value_or(false); };
  for (const auto& condition : conditions) element[condition.sub] = condition_value(condition);
  const auto works = [](const ScimPath::Condition& condition) {
    return base::equals_ignoring_case(condition.sub, "type") && base::equals_ignoring_case(condition.value, "work");
  };
  if (std::ranges::any_of(conditions, works) && std::ranges::none_of(others, is_primary)) element["primary"] = true;
  return element;
}

}  // namespace

std::optional<ScimPath> parse_path(std::string_view text) {
  ScimPath path;
  path.text = text;
  const auto bracket = std::min(text.find('['), text.size());
  auto head = text.substr(0, bracket);
  auto tail = text.substr(bracket);
  if (base::to_lower(head).starts_with("urn:")) {
    const auto colon = head.rfind(':');
    path.schema = head.substr(0, colon);
    head.remove_prefix(colon + 1);
    if (base::to_lower(path.schema + ":").starts_with(base::to_lower(core_prefix))) path.schema.clear();
  }
  if (!tail.empty()) {
    const auto end = tail.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    auto conditions = parse_conditions(tail.substr(1, end - 1));
    if (!conditions) return std::nullopt;
    path.conditions = *std::move(conditions);
    tail.remove_prefix(end + 1);
    if (!tail.empty() && !tail.starts_with('.')) return std::nullopt;
    path.sub = tail.empty() ? std::string() : std::string(tail.substr(1));
    if (!tail.empty() && !is_name(path.sub)) return std::nullopt;
  } else if (const auto dot = head.find('.'); dot != std::string_view::npos) {
    path.sub = head.substr(dot + 1);
    head = head.substr(0, dot);
    if (!is_name(path.sub)) return std::nullopt;
  }
  path.attribute = head;
  return is_name(head) ? std::optional(std::move(path)) : std::nullopt;
}

const Json* held(const Json& resource, const ScimPath& path) {
  const auto* holder = path.schema.empty() ? &resource : member_of(resource, path.schema);
  if (holder == nullptr) return nullptr;
  const auto* attribute = member_of(*holder, path.attribute);
  if (attribute == nullptr) return nullptr;
  if (path.has_filter()) {
    if (!attribute->is_array()) return nullptr;
    const auto& elements = attribute->get_array();
    const auto found = std::ranges::find_if(elements, [&](const Json& element) { return fulfils(element, path.conditions); });
    if (found == elements.end()) return nullptr;
    attribute = &*found;
  }
  return path.sub.empty() ? attribute : member_of(*attribute, path.sub);
}

void place(JsonObject& resource, const ScimPath& path, Json value) {
  auto& holder = path.schema.empty() ? resource : object_in(member_for(resource, path.schema));
  auto& attribute = member_for(holder, path.attribute);
  if (!path.has_filter()) {
    if (path.sub.empty()) {
      attribute = std::move(value);
    } else {
      member_for(object_in(attribute), path.sub) = std::move(value);
    }
    return;
  }
  if (!attribute.is_array()) attribute = JsonArray{};
  auto& elements = attribute.get_array();
  auto found = std::ranges::find_if(elements, [&](const Json& element) { return fulfils(element, path.conditions); });
  if (found == elements.end()) {
    auto element = new_element(elements, path.conditions);
    elements.push_back(std::move(element));
    found = elements.end() - 1;
  }
  auto& element = found->get_object();
  if (!path.sub.empty()) {
    member_for(element, path.sub) = std::move(value);
  } else if (value.is_object()) {
    for (auto& member : value.get_object()) element[member.key()] = std::move(member.value());
  }
}

bool is_boolean(const ScimPath& path) {
  if (path.sub.empty()) return path.schema.empty() && !path.has_filter() && base::equals_ignoring_case(path.attribute, "active");
  return base::equals_ignoring_case(path.sub, "primary");
}

}  // namespace fakes::entra::provisioning
