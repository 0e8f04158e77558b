#include "directory/cloud_sync/cloud_attributes.h"

#include <fmt/format.h>

namespace directory {
namespace {

base::Json text_or_null(const std::optional<std::string>& text) {
  if (!text || text->empty()) return nullptr;
  return base::json_text(*text);
}

/// Graph insists on one: what people would be called if nobody had said so. [Graph U3] [Graph U8]
std::string display_name_of(const UserAttributes& attributes) {
  if (attributes.displayname && !attributes.displayname->empty()) return *attributes.displayname;
  const auto first = attributes.firstname.value_or("");
  const auto last = attributes.lastname.value_or("");
  if (first.empty() && last.empty()) return attributes.username;
  return first.empty() || last.empty() ? first + last : fmt::format("{} {}", first, last);
}

}  // namespace

const CloudAttribute* find_cloud_attribute(std::string_view name) {
  for (const auto& attribute : cloud_attributes) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

AttributeChoices attribute_choices(Database& db, const CloudDirectoryId& id) {
  AttributeChoices choices;
  db.query(
      "SELECT attribute, exported, imported FROM cloud_attribute_choices WHERE directory_id = ?1",
      [&](Row row) { choices[row.text(0)] = {row.boolean(1), row.boolean(2)}; }, id.text());
  return choices;
}

void choose_attribute(Database& db, const CloudDirectoryId& id, std::string_view attribute, const AttributeChoice& choice) {
  db.run(
      "INSERT INTO cloud_attribute_choices (directory_id, attribute, exported, imported) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (directory_id, attribute) DO UPDATE SET exported = excluded.exported, imported = excluded.imported",
      id.text(), attribute, choice.exported, choice.imported);
  // A delta query goes on with the properties that it began with. [Graph DL2]
  db.run("UPDATE cloud_directories SET delta_link = '' WHERE id = ?1", id.text());
}

AttributeChoice choice_of(const AttributeChoices& choices, const CloudAttribute& attribute) {
  const auto found = choices.find(attribute.name);
  auto choice = found == choices.end() ? AttributeChoice{} : found->second;
  if (attribute.kind == CloudAttributeKind::always) choice.exported = true;
  return choice;
}

base::JsonObject exported_properties(const User& user, const AttributeChoices& choices) {
  base::JsonObject properties;
  for (const auto& attribute : cloud_attributes) {
    if (!choice_of(choices, attribute).exported || attribute.name == "manager") continue;
    const auto key = base::json_key(attribute.property);
    if (attribute.name == "displayname") {
      properties[key] = display_name_of(user.attributes);
    } else if (attribute.name == "alternateEmail") {
      base::JsonArray mails;
      if (user.attributes.alternate_email) mails.emplace_back(*user.attributes.alternate_email);
      properties[key] = std::move(mails);
    } else {
      properties[key] = text_or_null(user.attributes.*attribute.member);
    }
  }
  return properties;
}

UserAttributes imported_attributes(const base::Json& account, const AttributeChoices& choices) {
  UserAttributes attributes;
  for (const auto& attribute : cloud_attributes) {
    if (!choice_of(choices, attribute).imported || attribute.member == nullptr) continue;
    auto value = base::string_member(account, attribute.property);
    if (value && !value->empty()) attributes.*attribute.member = std::move(*value);
  }
  return attributes;
}

}  // namespace directory
