#include "fakes/scim/articles.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "fakes/scim/value.h"

namespace fakes::scim {
namespace {

using Checked = std::expected<void, ScimError>;

constexpr std::size_t longest = 1024;  // characters [rule R44] [rule R45] [rule R46] [rule R47]

constexpr std::array<std::string_view, 8> core_table{"userName", "name",  "displayName", "active",
                                                     "emails",   "title", "locale",      "userType"};
constexpr std::array<std::string_view, 2> name_table{"familyName", "givenName"};
constexpr std::array<std::string_view, 4> extension_table{"employeeNumber", "costCenter", "organization", "department"};
/// What every resource has, whatever the table says.
constexpr std::array<std::string_view, 2> common{"schemas", "externalId"};

/// Attributes that a provider with a quirk loses.
struct Lost {
  Quirk quirk;
  std::string_view holder;  ///< empty: the resource itself; "name", or the extension
  std::string_view name;
};
constexpr std::string_view of_extension = "extension";
constexpr std::array lost{Lost{Quirk::given_name_not_kept, "name", "givenName"},
                          Lost{Quirk::family_name_not_kept, "name", "familyName"},
                          Lost{Quirk::display_name_not_kept, "", "displayName"},
                          Lost{Quirk::address_not_kept, "", "emails"},
                          Lost{Quirk::title_not_kept, "", "title"},
                          Lost{Quirk::locale_not_kept, "", "locale"},
                          Lost{Quirk::user_type_not_kept, "", "userType"},
                          Lost{Quirk::department_not_kept, of_extension, "department"},
                          Lost{Quirk::employee_number_not_kept, of_extension, "employeeNumber"},
                          Lost{Quirk::organization_not_kept, of_extension, "organization"}};

template <class Table>
bool lists(const Table& table, std::string_view name) {
  return std::ranges::find(table, name) != table.end();
}

/// In characters of UTF-8.
std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80U;
}

Checked refuse(std::string what) {
  return std::unexpected(bad_request("invalidValue", std::move(what)));
}

Checked check_user_name(std::string_view name, const Quirks& quirks) {
  if (name.find('@') != std::string_view::npos && !quirks.has(Quirk::mail_as_user_name_accepted))
    return refuse("\"userName\" must not be a mail address");
  const auto special = [&](char c) {
    if (c == '.') return quirks.has(Quirk::dotted_user_name_refused);
    return !is_letter_or_digit(c) && c != '-' && c != '_' && c != '@' && !quirks.has(Quirk::special_characters_accepted);
  };
  if (std::ranges::any_of(name, special)) return refuse("\"userName\" has special characters");
  return {};
}

/// Whether it looks like an address; that it leads anywhere only a mail can tell.
bool is_address(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos &&
         text.find_first_of(" \t") == std::string_view::npos;
}

Checked check_addresses(const base::JsonObject& attributes, const Record* old, const Quirks& quirks) {
  if (old != nullptr && quirks.has(Quirk::address_not_kept)) return {};
  const auto* emails = base::member(attributes, "emails");
  const bool none = emails == nullptr || !emails->is_array() || emails->get_array().empty();
  if (none) return quirks.has(Quirk::address_not_needed) ? Checked{} : refuse("\"emails\" is required");
  for (const auto& email : emails->get_array()) {
    if (!is_address(base::string_or(email, "value", "")) && !quirks.has(Quirk::malformed_address_accepted))
      return refuse("\"emails\" has what is no mail address");
  }
  return {};
}

Checked check_lengths(const base::JsonObject& attributes, const Quirks& quirks) {
  if (quirks.has(Quirk::longer_values_accepted)) return {};
  const auto too_long = [](const base::Json* holder, std::string_view name) {
    return holder != nullptr && length(base::string_or(*holder, name, "")) > longest;
  };
  const auto* name = base::member(attributes, "name");
  const auto* emails = base::member(attributes, "emails");
  bool any = length(base::string_or(attributes, "userName", "")) > longest || too_long(name, "givenName") ||
             too_long(name, "familyName");
  if (emails != nullptr && emails->is_array()) {
    for (const auto& email : emails->get_array()) any = any || too_long(&email, "value");
  }
  return any ? refuse(fmt::format("a value has more than {} characters", longest)) : Checked{};
}

/// Letters of English, digits, spaces and hyphens.
bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return c == ' ' || c == '-' || (is_letter_or_digit(c) && static_cast<unsigned char>(c) < 0x80U);
  });
}

Checked check(const base::JsonObject& attributes, const Record* old, const Quirks& quirks) {
  if (old == nullptr && quirks.has(Quirk::password_needed) && !attributes.contains("password"))
    return refuse("\"password\" is required");
  if (quirks.has(Quirk::display_name_checked) && !is_plain(base::string_or(attributes, "displayName", "")))
    return refuse("\"displayName\" has special characters");
  if (auto checked = check_user_name(base::string_or(attributes, "userName", ""), quirks); !checked) return checked;
  if (auto checked = check_addresses(attributes, old, quirks); !checked) return checked;
  return check_lengths(attributes, quirks);
}

void erase(base::JsonObject& attributes, std::string_view holder, std::string_view name) {
  if (holder.empty()) {
    attributes.stable_erase(base::json_key(name));
    return;
  }
  const auto key = base::json_key(holder);
  auto* object = attributes.contains(key) ? attributes.at(key).if_object() : nullptr;
  if (object == nullptr) return;
  object->stable_erase(base::json_key(name));
  if (object->empty()) attributes.stable_erase(key);
}

/// Takes out of the object what `keeps` does not; says whether anything was there.
template <class Keeps>
bool prune(base::JsonObject& object, Keeps keeps) {
  base::JsonObject kept;
  for (const auto& [name, value] : object) {
    if (keeps(std::string_view(name.data(), name.size()))) kept[name] = value;
  }
  const bool pruned = kept.size() != object.size();
  object = std::move(kept);
  return pruned;
}

/// Leaves the table's attributes; says whether there were others.
bool leave_table(base::JsonObject& attributes, const Quirks& quirks) {
  const auto& urn = enterprise_schema().id;
  const bool all = quirks.has(Quirk::unsupported_attributes_kept);
  bool pruned = prune(attributes, [&](std::string_view name) {
    return lists(core_table, name) || lists(common, name) || name == urn || (all && name != "password");
  });
  const auto prune_part = [&](std::string_view holder, auto keeps) {
    const auto key = base::json_key(holder);
    auto* part = attributes.contains(key) ? attributes.at(key).if_object() : nullptr;
    if (part == nullptr) return;
    pruned = prune(*part, keeps) || pruned;
    if (part->empty()) attributes.stable_erase(key);
  };
  prune_part("name", [&](std::string_view name) { return lists(name_table, name) || all; });
  prune_part(urn, [&](std::string_view name) {
    return lists(extension_table, name) || (name == "manager" ? quirks.has(Quirk::manager_kept) : all);
  });
  return pruned;
}

/// The first address in place of all.
void leave_first_address(base::JsonObject& attributes) {
  auto* emails = attributes.if_contains("emails");
  if (emails == nullptr || !emails->is_array() || emails->get_array().empty()) return;
  auto first = emails->get_array().front();
  if (first.is_object()) first.get_object()["primary"] = true;
  *emails = base::JsonArray{std::move(first)};
}

void keep_old(base::JsonObject& attributes, const base::JsonObject& old, std::string_view name) {
  const auto key = base::json_key(name);
  attributes.stable_erase(key);
  if (old.contains(key)) attributes[key] = old.at(key);
}

}  // namespace

Schema limited_to_table(const Schema& schema) {
  auto out = schema;
  const bool core = schema.id == user_schema().id;
  std::erase_if(out.attributes, [&](const Attribute& attribute) {
    return !(core ? lists(core_table, attribute.name) : lists(extension_table, attribute.name));
  });
  for (auto& attribute : out.attributes) {
    if (attribute.name == "emails") attribute.required = true;
    if (attribute.name != "name") continue;
    std::erase_if(attribute.sub_attributes, [](const Attribute& part) { return !lists(name_table, part.name); });
  }
  return out;
}

std::expected<base::JsonObject, ScimError> kept_by_articles(base::JsonObject attributes, const Record* old,
                                                            const Quirks& quirks) {
  if (auto checked = check(attributes, old, quirks); !checked) return std::unexpected(checked.error());
  const bool others = leave_table(attributes, quirks);
  const bool refuses =
      quirks.has(old == nullptr ? Quirk::unsupported_attribute_refused : Quirk::unsupported_attribute_refused_by_patch);
  if (others && refuses) return std::unexpected(bad_request("invalidValue", "an attribute is not supported"));
  const auto& urn = enterprise_schema().id;
  for (const auto& one : lost) {
    if (quirks.has(one.quirk)) erase(attributes, one.holder == of_extension ? std::string_view(urn) : one.holder, one.name);
  }
  if (quirks.has(Quirk::first_address_taken)) leave_first_address(attributes);
  if (old == nullptr && quirks.has(Quirk::pending_is_inactive)) attributes["active"] = false;
  if (old != nullptr && quirks.has(Quirk::extension_change_ignored)) keep_old(attributes, old->attributes, urn);
  if (old != nullptr && quirks.has(Quirk::address_change_ignored)) keep_old(attributes, old->attributes, "emails");
  // Which schemas are listed follows from what is left.
  attributes.stable_erase("schemas");
  return attributes;
}

}  // namespace fakes::scim
