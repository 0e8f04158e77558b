#include "fakes/scim/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/encoding.h"

namespace fakes::scim {
namespace {

using Returned = Attribute::Returned;

constexpr std::string_view core_urns = "urn:ietf:params:scim:schemas:core:";

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::expected<std::vector<AttributePath>, ScimError> paths_of(std::string_view names,
                                                              const ResourceType& type,
                                                              const Quirks& quirks) {
  std::vector<AttributePath> paths;
  while (!names.empty()) {
    const auto comma = names.find(',');
    const auto name = trimmed(names.substr(0, comma));
    names.remove_prefix(comma == std::string_view::npos ? names.size() : comma + 1);
    const bool core = base::to_lower(name.substr(0, core_urns.size())) == core_urns;
    const bool urn = name.find(':') != std::string_view::npos;
    if (urn && quirks.has(core ? Quirk::core_urn_in_selection_unknown : Quirk::urn_in_selection_unknown))
      continue;
    auto exact = quirks;
    if (quirks.has(Quirk::selection_with_case)) exact.add(Quirk::attribute_names_with_case);
    const auto path = find_attribute(type, name, exact);
    if (path) paths.push_back(*path);
    if (!path && quirks.has(Quirk::unknown_selection_refused)) {
      return std::unexpected(bad_request("invalidPath", fmt::format("\"{}\" names no attribute", name)));
    }
  }
  return paths;
}

/// How much of an attribute a list of paths names.
struct Share {
  bool whole = false;
  std::vector<const Attribute*> sub_attributes{};
};

Share share_of(const std::vector<AttributePath>& paths, const Schema* extension, const Attribute& attribute) {
  Share share;
  for (const auto& path : paths) {
    if (path.extension != extension) continue;
    if (path.attribute == nullptr) share.whole = true;  // the extension as such
    if (path.attribute == nullptr || path.attribute->name != attribute.name) continue;
    if (path.sub_attribute == nullptr)
      share.whole = true;
    else
      share.sub_attributes.push_back(path.sub_attribute);
  }
  return share;
}

/// A complex value with only the members named, or with all but those.
base::Json parted(const base::Json& value, const std::vector<const Attribute*>& sub_attributes, bool keep) {
  if (const auto* array = value.if_array()) {
    base::JsonArray elements;
    for (const auto& element : *array) {
      auto part = parted(element, sub_attributes, keep);
      if (!part.is_null()) elements.push_back(std::move(part));
    }
    return elements.empty() ? base::Json() : base::Json(std::move(elements));
  }
  if (!value.is_object()) return value;
  base::JsonObject members;
  for (const auto& [name, member] : value.get_object()) {
    const auto named = std::ranges::any_of(
        sub_attributes, [&](const Attribute* sub) { return base::json_key(sub->name) == name; });
    if (named == keep) members[name] = member;
  }
  return members.empty() ? base::Json() : base::Json(std::move(members));
}

class Selector {
 public:
  Selector(const Selection& selection, const Quirks& quirks) : selection_(selection), quirks_(quirks) {}

  /// The value as it is shown, or null.
  [[nodiscard]] base::Json shown(const Schema* extension, const Attribute& attribute,
                                 const base::Json& value) const {
    const auto excluded = share_of(selection_.without, extension, attribute);
    const auto asked = selection_.only ? share_of(*selection_.only, extension, attribute) : Share{};
    const bool named = asked.whole || !asked.sub_attributes.empty();
    switch (attribute.returned) {
      case Returned::always:
        return excluded.whole && quirks_.has(Quirk::id_can_be_excluded) && attribute.name == "id"
                   ? base::Json()
                   : value;
      case Returned::never: {
        const bool leaks = quirks_.has(Quirk::password_returned) ||
                           (quirks_.has(Quirk::password_returned_on_request) && named);
        return leaks ? value : base::Json();
      }
      case Returned::request:
        if (!named && !(quirks_.has(Quirk::on_request_always_returned) && !selection_.only)) return {};
        if (quirks_.has(Quirk::on_request_never_returned)) return {};
        break;
      case Returned::by_default:
        break;
    }
    if (selection_.only) return asked_for(asked, value, attribute);
    if (excluded.whole) return {};
    return excluded.sub_attributes.empty() ? value : parted(value, excluded.sub_attributes, false);
  }

 private:
  [[nodiscard]] base::Json asked_for(const Share& asked, const base::Json& value,
                                     const Attribute& attribute) const {
    if (asked.whole) return value;
    if (asked.sub_attributes.empty()) {
      const bool uninvited = (quirks_.has(Quirk::selection_adds_active) && attribute.name == "active") ||
                             (quirks_.has(Quirk::selection_adds_meta) && attribute.name == "meta");
      return uninvited ? value : base::Json();
    }
    if (quirks_.has(Quirk::dotted_selection_unknown)) return {};
    if (quirks_.has(attribute.multi_valued ? Quirk::dotted_selection_takes_whole_values
                                           : Quirk::dotted_selection_takes_all))
      return value;
    return parted(value, asked.sub_attributes, true);
  }

  const Selection& selection_;
  const Quirks& quirks_;
};

const Attribute* core_attribute(const ResourceType& type, std::string_view name) {
  const auto path = find_attribute(type, name, {});
  return path && path->extension == nullptr && path->sub_attribute == nullptr ? path->attribute : nullptr;
}

}  // namespace

std::expected<Selection, ScimError> read_selection(const std::string& attributes, const std::string& excluded,
                                                   const ResourceType& type, const Quirks& quirks) {
  if (!attributes.empty() && !excluded.empty()) {
    if (quirks.has(Quirk::both_selections_fail))
      return std::unexpected(ScimError{500, "", "attributes could not be chosen"});
    return std::unexpected(
        bad_request("invalidValue", "attributes and excludedAttributes exclude each other"));
  }
  Selection selection;
  if (!attributes.empty() && !quirks.has(Quirk::attributes_ignored)) {
    auto paths = paths_of(attributes, type, quirks);
    if (!paths) return std::unexpected(paths.error());
    selection.only = *std::move(paths);
  }
  if (!excluded.empty() && !quirks.has(Quirk::excluded_attributes_ignored)) {
    auto paths = paths_of(excluded, type, quirks);
    if (!paths) return std::unexpected(paths.error());
    selection.without = *std::move(paths);
  }
  return selection;
}

base::JsonObject selected(const base::JsonObject& whole, const ResourceType& type, const Selection& selection,
                          const Quirks& quirks) {
  const Selector selector(selection, quirks);
  base::JsonObject result;
  for (const auto& [key, value] : whole) {
    const std::string_view name(key.data(), key.size());
    const auto extension = std::ranges::find(
        type.extensions, name, [](const Schema* schema) -> std::string_view { return schema->id; });
    if (extension != type.extensions.end() && value.is_object()) {
      base::JsonObject part;
      for (const auto& [member, member_value] : value.get_object()) {
        const auto* attribute = find_in_schema(**extension, {member.data(), member.size()});
        auto shown =
            attribute == nullptr ? base::Json() : selector.shown(*extension, *attribute, member_value);
        if (!shown.is_null()) part[member] = std::move(shown);
      }
      if (!part.empty()) result[key] = std::move(part);
      continue;
    }
    const auto* attribute = core_attribute(type, name);
    // What no schema knows is there by a quirk, and comes with all the rest.
    auto shown = attribute != nullptr ? selector.shown(nullptr, *attribute, value)
                 : selection.only     ? base::Json()
                                      : value;
    if (!shown.is_null()) result[key] = std::move(shown);
  }
  return result;
}

}  // namespace fakes::scim
