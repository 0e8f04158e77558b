#include "fakes/scim/edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/encoding.h"
#include "fakes/scim/comparison.h"
#include "fakes/scim/value.h"

namespace fakes::scim {
namespace {

using Done = std::expected<void, ScimError>;
using Mutability = Attribute::Mutability;
using Type = Attribute::Type;

std::unexpected<ScimError> refuse(std::string scim_type, const Attribute& attribute, std::string_view why) {
  return std::unexpected(bad_request(std::move(scim_type), fmt::format("\"{}\" {}", attribute.name, why)));
}

template <class Predicate>
void drop_if(base::JsonArray& values, Predicate predicate) {
  values.erase(std::remove_if(values.begin(), values.end(), predicate), values.end());
}

/// The object that holds the attribute: the resource, or the extension's, which is made if need be.
base::JsonObject& holder_of(const AttributePath& path, base::JsonObject& resource) {
  if (path.extension == nullptr) return resource;
  auto& extension = resource[base::json_key(path.extension->id)];
  if (!extension.is_object()) extension.emplace_object();
  return extension.get_object();
}

void assign(base::JsonObject& object, const Attribute& attribute, base::Json value) {
  if (value.is_null() || (value.is_array() && value.get_array().empty())) {
    object.stable_erase(base::json_key(attribute.name));
  } else {
    object[base::json_key(attribute.name)] = std::move(value);
  }
}

/// Sets a single value, unless it is required and would be lost, or immutable and would change.
Done set_single(base::JsonObject& object, const Attribute& attribute, base::Json value, const Quirks& quirks) {
  const auto* old = base::member(object, attribute.name);
  const bool lost = value.is_null() || (value.is_array() && value.get_array().empty());
  if (lost && attribute.required && !quirks.has(Quirk::required_removed)) {
    return refuse("invalidValue", attribute, "is required and cannot be empty");
  }
  const bool immutable = attribute.mutability == Mutability::immutable;
  const bool fixed = immutable && !quirks.has(Quirk::immutable_changed);
  const bool set_late = immutable && old == nullptr && quirks.has(Quirk::first_immutable_refused_by_patch);
  if (set_late || (fixed && old != nullptr && *old != value)) return refuse("mutability", attribute, "cannot be changed once it is set");
  assign(object, attribute, std::move(value));
  return {};
}

/// Whether the value proper of a complex attribute changes; what described the old one ($ref, display) then goes with it.
bool is_renewed(const Attribute& attribute, const base::Json& old, const base::Json& sent, const base::Json& accepted) {
  if (default_sub_attribute(attribute) == nullptr) return false;
  const auto* members = sent.if_object();
  if (members != nullptr && base::member_ignoring_case(*members, "value") == nullptr) return false;
  const auto* old_value = base::member(old, "value");
  const auto* new_value = base::member(accepted, "value");
  return old_value == nullptr || new_value == nullptr || *old_value != *new_value;
}

/// Takes the sub-attributes that were sent and leaves the others. [RFC7644 3.5.2.1] [RFC7644 3.5.2.3]
Done merge_complex(base::JsonObject& object, const Attribute& attribute, const base::Json& sent,
                   base::Json accepted, const Quirks& quirks) {
  const auto* old = base::member(object, attribute.name);
  const bool has_members = sent.is_object() || accepted.is_object();
  const bool whole = old == nullptr || !old->is_object() || !has_members || is_renewed(attribute, *old, sent, accepted);
  if (whole || quirks.has(Quirk::complex_replaced_whole)) return set_single(object, attribute, std::move(accepted), quirks);
  auto merged = old->get_object();
  const auto& members = sent.is_object() ? sent.get_object() : accepted.get_object();
  for (const auto& [name, value] : members) {
    const auto* sub_attribute = find_sub_attribute(attribute, {name.data(), name.size()}, quirks);
    if (sub_attribute == nullptr || sub_attribute->mutability == Mutability::read_only) continue;
    const auto* now = base::member(accepted, sub_attribute->name);
    const auto done = set_single(merged, *sub_attribute, now == nullptr ? base::Json() : *now, quirks);
    if (!done) return done;
  }
  assign(object, attribute, merged.empty() ? base::Json() : base::Json(std::move(merged)));
  return {};
}

/// Appends what is not there yet; a value that is there takes over the sub-attributes that were sent.
void append(const Attribute& attribute, base::JsonArray& values, const base::JsonArray& added, const Quirks& quirks) {
  for (const auto& element : added) {
    auto same = std::ranges::find_if(values, [&](const base::Json& value) {
      return is_same_value(attribute, value, element, quirks);
    });
    const bool twice = quirks.has(Quirk::add_duplicates_values) ||
                       (attribute.name == "members" && quirks.has(Quirk::members_added_twice));
    if (same == values.end() || twice) {
      values.push_back(element);
      same = values.end() - 1;
    } else if (same->is_object() && element.is_object()) {
      for (const auto& [name, value] : element.get_object()) same->get_object()[name] = value;
    }
    const auto index = static_cast<std::size_t>(same - values.begin());
    if (is_primary(element) && !quirks.has(Quirk::several_primaries_kept)) keep_one_primary(values, index);
    if (quirks.has(Quirk::add_takes_first_value_only)) break;
  }
  constexpr std::size_t page = 100;
  if (quirks.has(Quirk::add_keeps_first_hundred) && values.size() > page) values.resize(page);
}

Done put_multi_valued(PatchOp op, base::JsonObject& object, const Attribute& attribute, base::Json accepted,
                      const Quirks& quirks) {
  auto* old = object.if_contains(base::json_key(attribute.name));
  const bool has_values = old != nullptr && old->is_array();
  if (has_values && accepted.is_array() && accepted.get_array().empty() && quirks.has(Quirk::empty_list_ignored)) return {};
  const bool appends = op == PatchOp::add ? !quirks.has(Quirk::add_replaces_values)
                                          : quirks.has(Quirk::replace_adds_values);
  if (!has_values || !appends || !accepted.is_array()) return set_single(object, attribute, std::move(accepted), quirks);
  append(attribute, old->get_array(), accepted.get_array(), quirks);
  return {};
}

Done put_attribute(PatchOp op, base::JsonObject& object, const Attribute& attribute, const base::Json& sent,
                   const Quirks& quirks) {
  const auto* old = base::member(object, attribute.name);
  if (op == PatchOp::replace && old == nullptr && quirks.has(Quirk::replace_of_unset_ignored)) return {};
  if (op == PatchOp::add && old == nullptr && !attribute.multi_valued && quirks.has(Quirk::add_to_unset_ignored)) return {};
  if (op == PatchOp::replace && old != nullptr && attribute.name == "displayName" && quirks.has(Quirk::replaced_name_ignored)) return {};
  if (attribute.name == "active" && sent == base::Json(false) && quirks.has(Quirk::deactivation_ignored)) return {};
  if (attribute.name == "active" && sent.is_string() && quirks.has(Quirk::true_as_text_ignored) &&
      base::equals_ignoring_case(base::as_text(sent.get_string()), "true")) {
    return {};
  }
  if (op == PatchOp::add && old != nullptr && !attribute.multi_valued && attribute.type != Type::complex &&
      quirks.has(Quirk::add_keeps_old_value)) {
    return {};
  }
  if (is_empty_value(sent) && !attribute.multi_valued && quirks.has(Quirk::empty_value_ignored)) return {};
  auto accepted = accepted_value(attribute, sent, quirks);
  if (!accepted) return std::unexpected(accepted.error());
  if (sent.is_object() && accepted->is_null() && quirks.has(Quirk::empty_object_ignored)) return {};
  if (attribute.multi_valued) return put_multi_valued(op, object, attribute, *std::move(accepted), quirks);
  if (attribute.type == Type::complex) return merge_complex(object, attribute, sent, *std::move(accepted), quirks);
  return set_single(object, attribute, *std::move(accepted), quirks);
}

/// The positions of the values that the target's filter selects, or of all.
std::vector<std::size_t> selected(const PatchTarget& target, const base::JsonArray& values) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i].is_object()) continue;
    if (!target.filter || matches(*target.filter, values[i].get_object())) indices.push_back(i);
  }
  return indices;
}

/// The value that a target describes of which there is none yet; empty if one must not be made.
std::optional<base::JsonObject> described(PatchOp op, const PatchTarget& target, const Quirks& quirks) {
  if (!target.filter || quirks.has(Quirk::missing_value_not_made)) return std::nullopt;
  auto value = value_described_by(*target.filter);
  if (!value || op == PatchOp::add) return value;
  const auto* types = find_sub_attribute(*target.path.attribute, "type", {});
  const auto type = base::string_or(*value, "type", "");
  const bool is_canonical = types != nullptr && std::ranges::any_of(types->canonical_values, [&](const auto& canonical) {
    return base::equals_ignoring_case(canonical, type);
  });
  return is_canonical ? value : std::nullopt;
}

/// Changes one value of a multi-valued attribute: its sub-attribute, or all of it.
Done put_element(PatchOp op, const PatchTarget& target, const base::Json& sent, base::Json& element, const Quirks& quirks) {
  const auto& attribute = *target.path.attribute;
  if (target.path.sub_attribute != nullptr) {
    if (quirks.has(Quirk::value_path_replaces_value)) element.emplace_object();
    return put_attribute(op, element.get_object(), *target.path.sub_attribute, sent, quirks);
  }
  auto accepted = accepted_value(attribute, sent, quirks);
  if (!accepted) return std::unexpected(accepted.error());
  if (!accepted->is_array() || accepted->get_array().size() != 1 || !accepted->get_array().front().is_object()) {
    return refuse("invalidValue", attribute, "needs one value here: an object");
  }
  auto renewed = accepted->get_array().front().get_object();
  for (const auto& sub_attribute : attribute.sub_attributes) {
    const auto* old = base::member(element, sub_attribute.name);
    auto* now = renewed.if_contains(base::json_key(sub_attribute.name));
    if (old == nullptr) continue;
    const bool fixed = sub_attribute.mutability == Mutability::immutable && !quirks.has(Quirk::immutable_changed);
    if (fixed && now != nullptr && *now != *old) return refuse("mutability", sub_attribute, "cannot be changed once it is set");
    if (now == nullptr && (fixed || op == PatchOp::add)) renewed[base::json_key(sub_attribute.name)] = *old;
  }
  element = std::move(renewed);
  return {};
}

/// Whether a value says nothing but what it would be for.
bool is_hollow(const base::Json& value) {
  const auto* object = value.if_object();
  return object != nullptr && std::ranges::all_of(*object, [](const auto& pair) {
    return pair.key() == "type" || pair.key() == "primary" || is_empty_value(pair.value());
  });
}

Done put_elements(PatchOp op, const PatchTarget& target, const base::Json& sent, base::JsonObject& object,
                  const Quirks& quirks) {
  const auto& attribute = *target.path.attribute;
  auto* old = object.if_contains(base::json_key(attribute.name));
  auto values = old != nullptr && old->is_array() ? old->get_array() : base::JsonArray{};
  auto indices = selected(target, values);
  if (op == PatchOp::add && !indices.empty() && quirks.has(Quirk::filtered_add_appends)) {
    values.push_back(base::JsonObject{});
    indices = {values.size() - 1};
  }
  if (indices.empty()) {
    if (op == PatchOp::add && quirks.has(Quirk::filtered_add_lost)) return {};
    const auto value = described(op, target, quirks);
    if (!value && op == PatchOp::replace && quirks.has(Quirk::replace_without_target_succeeds)) return {};
    if (!value) return refuse("noTarget", attribute, "has no value that the path selects");
    indices.push_back(values.size());
    values.push_back(*value);
  }
  if (quirks.has(Quirk::value_path_first_match_only)) indices.resize(1);
  for (const auto index : indices) {
    const auto done = put_element(op, target, sent, values[index], quirks);
    if (!done) return done;
  }
  const auto chosen = std::ranges::find_if(indices, [&](std::size_t index) { return is_primary(values[index]); });
  if (chosen != indices.end() && !quirks.has(Quirk::several_primaries_kept)) keep_one_primary(values, *chosen);
  const bool clears = is_empty_value(sent);
  drop_if(values, [&](const base::Json& value) { return clears ? is_hollow(value) : is_empty_value(value); });
  assign(object, attribute, std::move(values));
  return {};
}

/// The values without those that are listed. [Entra provisioning-clients 7.1-03]
base::JsonArray without_listed(const Attribute& attribute, const base::JsonArray& values, const base::Json& listed,
                               const Quirks& quirks) {
  const auto list = listed.is_array() ? listed.get_array() : base::JsonArray{listed};
  base::JsonArray kept;
  for (const auto& value : values) {
    const bool is_listed = std::ranges::any_of(list, [&](const base::Json& element) {
      return !element.is_null() && is_same_value(attribute, value, element, quirks);
    });
    if (!is_listed) kept.push_back(value);
  }
  return kept;
}

/// Whether a list of what to remove names anything. A list of nulls does not, and so removes nothing.
bool is_list(const base::Json* listed, const Quirks& quirks) {
  if (listed == nullptr || listed->is_null() || quirks.has(Quirk::value_list_removes_all)) return false;
  return !(quirks.has(Quirk::null_in_list_removes_all) && listed->is_array() &&
           std::ranges::any_of(listed->get_array(), [](const base::Json& element) { return element.is_null(); }));
}

void remove_selected(const PatchTarget& target, base::JsonArray& values, const Quirks& quirks) {
  auto indices = selected(target, values);
  if (quirks.has(Quirk::remove_first_match_only) && indices.size() > 1) indices.resize(1);
  if (quirks.has(Quirk::remove_filter_takes_all) && !indices.empty()) return values.clear();
  const auto* sub_attribute = quirks.has(Quirk::remove_sub_takes_value) ? nullptr : target.path.sub_attribute;
  for (const auto index : indices) {
    auto& element = values[index].get_object();
    if (sub_attribute != nullptr) element.stable_erase(base::json_key(sub_attribute->name));
    if (sub_attribute == nullptr || is_hollow(element)) values[index] = nullptr;
  }
  drop_if(values, [](const base::Json& value) { return value.is_null(); });
}

Done check_mutability(const PatchTarget& target, PatchOp op, const Quirks& quirks) {
  for (const auto* attribute : {target.path.attribute, target.path.sub_attribute}) {
    if (attribute == nullptr) continue;
    const bool read_only = attribute->mutability == Mutability::read_only;
    if (read_only && !quirks.has(Quirk::read_only_written)) return refuse("mutability", *attribute, "cannot be changed");
    const bool fixed = attribute->mutability == Mutability::immutable && !quirks.has(Quirk::immutable_changed);
    if (op == PatchOp::remove && fixed) return refuse("mutability", *attribute, "cannot be removed once it is set");
  }
  return {};
}

}  // namespace

std::expected<void, ScimError> put_value(PatchOp op, const PatchTarget& target, const base::Json& value,
                                         base::JsonObject& resource, const Quirks& quirks) {
  if (auto allowed = check_mutability(target, op, quirks); !allowed) return allowed;
  if (op == PatchOp::add && target.path.extension == &enterprise_schema() && quirks.has(Quirk::add_to_extension_ignored)) return {};
  const auto& attribute = *target.path.attribute;
  auto& object = holder_of(target.path, resource);
  if (target.filter || (target.path.sub_attribute != nullptr && attribute.multi_valued)) {
    return put_elements(op, target, value, object, quirks);
  }
  if (target.path.sub_attribute == nullptr) {
    const bool is_held = attribute.type == Type::complex && base::member(object, attribute.name) != nullptr;
    if (op == PatchOp::replace && is_held && !attribute.multi_valued && quirks.has(Quirk::replace_of_complex_ignored)) return {};
    return put_attribute(op, object, attribute, value, quirks);
  }
  const base::JsonObject members{{base::json_key(target.path.sub_attribute->name), value}};
  return put_attribute(op, object, attribute, members, quirks);
}

std::expected<void, ScimError> remove_value(const PatchTarget& target, const base::Json* listed,
                                            base::JsonObject& resource, const Quirks& quirks) {
  if (auto allowed = check_mutability(target, PatchOp::remove, quirks); !allowed) return allowed;
  const auto& attribute = *target.path.attribute;
  const bool whole = !target.filter && target.path.sub_attribute == nullptr;
  if (whole && attribute.required && !quirks.has(Quirk::required_removed)) {
    return refuse("mutability", attribute, "is required and cannot be removed");
  }
  auto& object = holder_of(target.path, resource);
  auto* old = object.if_contains(base::json_key(attribute.name));
  if (old == nullptr) return {};
  auto* values = attribute.multi_valued ? old->if_array() : nullptr;
  if (values != nullptr && whole && is_list(listed, quirks)) {
    *values = without_listed(attribute, *values, *listed, quirks);
  } else if (values != nullptr && whole && quirks.has(Quirk::remove_keeps_first_value)) {
    values->resize(std::min<std::size_t>(values->size(), 1));
  } else if (values != nullptr && !whole) {
    if (selected(target, *values).empty() && quirks.has(Quirk::remove_without_match_refused)) {
      return refuse("noTarget", attribute, "has no value that the path selects");
    }
    remove_selected(target, *values, quirks);
  } else if (!whole && old->is_object() && !quirks.has(Quirk::remove_sub_takes_value)) {
    old->get_object().stable_erase(base::json_key(target.path.sub_attribute->name));
  } else {
    *old = quirks.has(Quirk::removed_becomes_empty_text) && !attribute.multi_valued ? base::json_text("") : base::Json();
  }
  const bool kept_empty = quirks.has(Quirk::removed_list_kept_empty) && old->is_array() && old->get_array().empty();
  if (kept_empty) old->get_array().push_back(base::JsonObject{});
  const bool kept_text = old->is_string();
  if (is_empty_value(*old) && !kept_empty && !kept_text) object.stable_erase(base::json_key(attribute.name));
  return {};
}

}  // namespace fakes::scim
