#include "directory/admins/administrator.h"

#include <fmt/format.h>

#include "base/encoding.h"

namespace directory {
namespace {

Administrator read_administrator(Row row) {
  return {AdministratorId{row.text(0)}, row.text(1), parse_role(row.text(2)).value_or(Role::read_only), row.boolean(3),
          row.instant(4)};
}

std::string select(std::string_view tail) {
  return fmt::format("SELECT id, email, role, suspended, created FROM administrators {}", tail);
}

}  // namespace

std::optional<Administrator> find_administrator(Database& db, const AdministratorId& id) {
  return db.first(select("WHERE id = ?1"), read_administrator, id.text());
}

std::optional<Administrator> find_administrator_by_email(Database& db, std::string_view email) {
  return db.first(select("WHERE email_key = ?1"), read_administrator, base::to_lower(email));
}

std::vector<Administrator> list_administrators(Database& db) {
  std::vector<Administrator> found;
  db.query(select("ORDER BY created, id"), [&](Row row) { found.push_back(read_administrator(row)); });
  return found;
}

void insert_administrator(Database& db, const Administrator& administrator) {
  db.run("INSERT INTO administrators (id, email, email_key, role, suspended, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
         administrator.id.text(), administrator.email, base::to_lower(administrator.email), role_name(administrator.role),
         administrator.suspended, administrator.created);
}

void update_administrator(Database& db, const Administrator& administrator) {
  db.run("UPDATE administrators SET email = ?2, email_key = ?3, role = ?4, suspended = ?5 WHERE id = ?1",
         administrator.id.text(), administrator.email, base::to_lower(administrator.email), role_name(administrator.role),
         administrator.suspended);
}

void delete_administrator(Database& db, const AdministratorId& id) {
  db.run("DELETE FROM administrators WHERE id = ?1", id.text());
}

}  // namespace directory
