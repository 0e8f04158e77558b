#include "directory/admins/administrator.h"

#include <fmt/format.h>

#include "base/prepared_text.h"

namespace directory {
namespace {

Administrator read_administrator(Row row) {
  return {AdministratorId{row.text(0)}, row.text(1), parse_role(row.text(2)).value_or(Role::read_only), row.boolean(3),
          row.instant(4), row.text(5), row.text(6)};
}

std::string select(std::string_view tail) {
  return fmt::format("SELECT id, email, role, suspended, created, firstname, lastname FROM administrators {}", tail);
}

}  // namespace

std::optional<Administrator> find_administrator(Database& db, const AdministratorId& id) {
  return db.first(select("WHERE id = ?1"), read_administrator, id.text());
}

std::optional<Administrator> find_administrator_by_email(Database& db, std::string_view email) {
  return db.first(select("WHERE email_key = ?1"), read_administrator, base::comparison_key(email));
}

std::optional<Administrator> find_billing_admin(Database& db) {
  return db.first(select("WHERE role = ?1 AND suspended = 0 ORDER BY created, id LIMIT 1"), read_administrator,
                  role_name(Role::billing_admin));
}

std::vector<Administrator> list_administrators(Database& db) {
  std::vector<Administrator> found;
  db.query(select("ORDER BY created, id"), [&](Row row) { found.push_back(read_administrator(row)); });
  return found;
}

std::int64_t count_administrators(Database& db) {
  return db.first("SELECT count(*) FROM administrators", [](Row row) { return row.integer(0); }).value_or(0);
}

bool has_other_billing_admin(Database& db, const AdministratorId& id) {
  return db.exists("SELECT 1 FROM administrators WHERE role = ?1 AND suspended = 0 AND id <> ?2",
                   role_name(Role::billing_admin), id.text());
}

void insert_administrator(Database& db, const Administrator& administrator) {
  db.run(
      "INSERT INTO administrators (id, email, email_key, role, suspended, created, firstname, lastname) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      administrator.id.text(), administrator.email, base::comparison_key(administrator.email), role_name(administrator.role),
      administrator.suspended, administrator.created, administrator.firstname, administrator.lastname);
}

void update_administrator(Database& db, const Administrator& administrator) {
  db.run(
      "UPDATE administrators SET email = ?2, email_key = ?3, role = ?4, suspended = ?5, firstname = ?6, lastname = ?7 "
      "WHERE id = ?1",
      administrator.id.text(), administrator.email, base::comparison_key(administrator.email), role_name(administrator.role),
      administrator.suspended, administrator.firstname, administrator.lastname);
}

void delete_administrator(Database& db, const AdministratorId& id) {
  db.run("DELETE FROM administrators WHERE id = ?1", id.text());
}

}  // namespace directory
