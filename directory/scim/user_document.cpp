#include "directory/scim/user_document.h"

#include <set>

#include "base/prepared_text.h"

namespace directory::scim {
namespace {

std::set<std::string> email_keys(const base::JsonObject& attributes) {
  std::set<std::string> keys;
  const auto* emails = base::member(attributes, "emails");
  if (emails == nullptr || !emails->is_array()) return keys;
  for (const auto& entry : emails->get_array()) {
    if (const auto value = base::string_member(entry, "value")) keys.insert(base::comparison_key(*value));
  }
  return keys;
}

}  // namespace

UserDocument find_document(Database& db, const UserId& id) {
  auto found = db.first(
      "SELECT user_name, document FROM scim_users WHERE user_id = ?1",
      [](Row row) {
        UserDocument document{row.optional_text(0), {}};
        auto json = base::parse_json(row.text(1));
        if (json && json->is_object()) document.attributes = std::move(json->get_object());
        return document;
      },
      id.text());
  return found ? std::move(*found) : UserDocument{};
}

void store_document(Database& db, const UserId& id, const UserDocument& document) {
  // Looked for first: what deletes from a table without row ids opens a table of its own for it.
  if (db.exists("SELECT 1 FROM scim_emails WHERE user_id = ?1", id.text())) db.run("DELETE FROM scim_emails WHERE user_id = ?1", id.text());
  if (!document.user_name && document.attributes.empty()) {
    db.run("DELETE FROM scim_users WHERE user_id = ?1", id.text());
    return;
  }
  const auto key = document.user_name ? std::optional(base::comparison_key(*document.user_name)) : std::nullopt;
  db.run(
      "INSERT INTO scim_users (user_id, user_name, user_name_key, document) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (user_id) DO UPDATE SET user_name = ?2, user_name_key = ?3, document = ?4",
      id.text(), document.user_name, key, base::to_text(document.attributes));
  for (const auto& email : email_keys(document.attributes)) {
    db.run("INSERT INTO scim_emails (value_key, user_id) VALUES (?1, ?2)", email, id.text());
  }
}

std::optional<UserId> find_by_user_name(Database& db, std::string_view user_name) {
  const auto key = base::comparison_key(user_name);
  const auto id = [](Row row) { return UserId{row.text(0)}; };
  if (auto found = db.first("SELECT user_id FROM scim_users WHERE user_name_key = ?1", id, key)) return found;
  return db.first(
      "SELECT id FROM users WHERE username_key = ?1 AND NOT EXISTS "
      "(SELECT 1 FROM scim_users WHERE user_id = users.id AND user_name IS NOT NULL)",
      id, key);
}

}  // namespace directory::scim
