#include "directory/users/user_store.h"

#include <fmt/format.h>

#include "base/encoding.h"

namespace directory {
namespace {

constexpr std::string_view columns =
    "id, username, email, external_id, firstname, lastname, displayname, job_title, department, location, cost_center, "
    "employee_type, company, employee_identifier, system_username, state, creation_source, password_hash, password_set, "
    "password_expired, locked, failed_logins, created, modified, version";

User read_user(Row row) {
  User user;
  int column = 0;
  user.id = UserId{row.text(column++)};
  auto& attributes = user.attributes;
  attributes.username = row.text(column++);
  attributes.email = row.text(column++);
  for (const auto& attribute : text_attributes) attributes.*attribute.member = row.optional_text(column++);
  user.state = parse_state(row.text(column++)).value_or(UserState::suspended);
  user.creation_source = row.text(column++);
  user.password_hash = row.optional_text(column++);
  user.password_set = row.optional_instant(column++);
  user.password_expired = row.boolean(column++);
  user.locked = row.boolean(column++);
  user.failed_logins = static_cast<int>(row.integer(column++));
  user.created = row.instant(column++);
  user.modified = row.instant(column++);
  user.version = row.integer(column++);
  return user;
}

std::string select(std::string_view tail) { return fmt::format("SELECT {} FROM users {}", columns, tail); }

std::optional<User> find_by(Database& db, std::string_view condition, std::string_view value) {
  return db.first(select(condition), read_user, value);
}

}  // namespace

std::optional<User> find_user(Database& db, const UserId& id) { return find_by(db, "WHERE id = ?1", id.text()); }

std::optional<User> find_user_by_username(Database& db, std::string_view username) {
  return find_by(db, "WHERE username_key = ?1", base::to_lower(username));
}

std::optional<User> find_user_by_email(Database& db, std::string_view email) {
  return find_by(db, "WHERE email_key = ?1", base::to_lower(email));
}

std::vector<User> find_users_by_external_id(Database& db, std::string_view external_id) {
  std::vector<User> users;
  db.query(select("WHERE external_id = ?1 ORDER BY id"), [&](Row row) { users.push_back(read_user(row)); }, external_id);
  return users;
}

std::optional<User> find_user_by_employee_identifier(Database& db, std::string_view identifier) {
  return find_by(db, "WHERE employee_identifier_key = ?1", base::to_lower(identifier));
}

std::optional<User> find_user_by_system_username(Database& db, std::string_view name) {
  return find_by(db, "WHERE system_username = ?1", name);
}

std::vector<User> list_users(Database& db, std::int64_t skip, std::int64_t limit) {
  std::vector<User> users;
  db.query(select("ORDER BY created, id LIMIT ?2 OFFSET ?1"), [&](Row row) { users.push_back(read_user(row)); }, skip, limit);
  return users;
}

std::int64_t count_users(Database& db) {
  return db.first("SELECT count(*) FROM users", [](Row row) { return row.integer(0); }).value_or(0);
}

namespace {

std::optional<std::string> key_of(const std::optional<std::string>& value) {
  if (!value) return std::nullopt;
  return base::to_lower(*value);
}

void write_user(Database& db, std::string_view sql, const User& user, std::int64_t version) {
  const auto& a = user.attributes;
  db.run(sql, user.id.text(), a.username, base::to_lower(a.username), a.email, base::to_lower(a.email), a.external_id,
         a.firstname, a.lastname, a.displayname, a.job_title, a.department, a.location, a.cost_center, a.employee_type,
         a.company, a.employee_identifier, key_of(a.employee_identifier), a.system_username, state_name(user.state),
         user.creation_source, user.password_hash, user.password_set, user.password_expired, user.locked,
         user.failed_logins, user.created, user.modified, version);
}

}  // namespace

void insert_user(Database& db, const User& user) {
  write_user(db,
             "INSERT INTO users (id, username, username_key, email, email_key, external_id, firstname, lastname, "
             "displayname, job_title, department, location, cost_center, employee_type, company, employee_identifier, "
             "employee_identifier_key, system_username, state, creation_source, password_hash, password_set, "
             "password_expired, locked, failed_logins, created, modified, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
             "?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)",
             user, user.version);
}

void update_user(Database& db, const User& user) {
  write_user(db,
             "UPDATE users SET username = ?2, username_key = ?3, email = ?4, email_key = ?5, external_id = ?6, "
             "firstname = ?7, lastname = ?8, displayname = ?9, job_title = ?10, department = ?11, location = ?12, "
             "cost_center = ?13, employee_type = ?14, company = ?15, employee_identifier = ?16, "
             "employee_identifier_key = ?17, system_username = ?18, state = ?19, creation_source = ?20, "
             "password_hash = ?21, password_set = ?22, password_expired = ?23, locked = ?24, failed_logins = ?25, "
             "created = ?26, modified = ?27, version = ?28 WHERE id = ?1",
             user, user.version + 1);
}

void delete_user(Database& db, const UserId& id) { db.run("DELETE FROM users WHERE id = ?1", id.text()); }

}  // namespace directory
