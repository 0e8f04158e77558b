#include "directory/users/user_store.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "base/prepared_text.h"

namespace directory {
namespace {

/// Columns before and after those of the attributes of a table, in the order in which they are written.
constexpr std::array first_columns{"id", "username", "email"};
constexpr std::array last_columns{"state",
                                  "creation_source",
                                  "password_authority",
                                  "password_never_expires",
                                  "ignores_device_failures",
                                  "password_hash",
                                  "password_set",
                                  "password_expires",
                                  "next_warning",
                                  "password_expired",
                                  "locked",
                                  "locked_since",
                                  "unlocks",
                                  "failed_logins",
                                  "created",
                                  "modified",
                                  "version"};
/// Lower-cased twins; written, never read.
constexpr std::array key_columns{"username_key", "email_key", "employee_identifier_key",
                                 "alternate_email_key"};

std::vector<std::string_view> read_columns() {
  std::vector<std::string_view> columns(first_columns.begin(), first_columns.end());
  for (const auto& attribute : text_attributes) columns.push_back(attribute.column);
  for (const auto& attribute : number_attributes) columns.push_back(attribute.column);
  columns.insert(columns.end(), last_columns.begin(), last_columns.end());
  return columns;
}

std::vector<std::string_view> written_columns() {
  auto columns = read_columns();
  columns.insert(columns.end(), key_columns.begin(), key_columns.end());
  return columns;
}

PasswordAuthority parse_authority(std::string_view name) {
  return name == "scim" ? PasswordAuthority::scim : PasswordAuthority::directory;
}

std::string_view authority_name(PasswordAuthority authority) {
  return authority == PasswordAuthority::scim ? "scim" : "directory";
}

User read_user(Row row) {
  User user;
  int column = 0;
  user.id = UserId{row.text(column++)};
  auto& attributes = user.attributes;
  attributes.username = row.text(column++);
  attributes.email = row.text(column++);
  for (const auto& attribute : text_attributes) attributes.*attribute.member = row.optional_text(column++);
  for (const auto& attribute : number_attributes)
    attributes.*attribute.member = row.optional_integer(column++);
  user.state = parse_state(row.text(column++)).value_or(UserState::suspended);
  user.creation_source = row.text(column++);
  user.password_terms.authority = parse_authority(row.text(column++));
  user.password_terms.never_expires = row.boolean(column++);
  user.password_terms.ignores_device_failures = row.boolean(column++);
  user.password_hash = row.optional_text(column++);
  user.password_set = row.optional_instant(column++);
  user.password_expires = row.optional_instant(column++);
  user.next_warning = row.optional_instant(column++);
  user.password_expired = row.boolean(column++);
  user.locked = row.boolean(column++);
  user.locked_since = row.optional_instant(column++);
  user.unlocks = row.optional_instant(column++);
  user.failed_logins = static_cast<int>(row.integer(column++));
  user.created = row.instant(column++);
  user.modified = row.instant(column++);
  user.version = row.integer(column++);
  return user;
}

/// Statements are prepared once each, by their text; making the text anew costs less than a lookup.
std::string select(std::string_view tail) {
  static const auto columns = fmt::format("SELECT {} FROM users ", fmt::join(read_columns(), ", "));
  return columns + std::string(tail);
}

std::optional<User> find_by(Database& db, std::string_view condition, std::string_view value) {
  return db.first(select(condition), read_user, value);
}

}  // namespace

std::optional<User> find_user(Database& db, const UserId& id) {
  return find_by(db, "WHERE id = ?1", id.text());
}

std::optional<User> find_user_by_username(Database& db, std::string_view username) {
  return find_by(db, "WHERE username_key = ?1", base::comparison_key(username));
}

std::optional<User> find_user_by_email(Database& db, std::string_view email) {
  return find_by(db, "WHERE email_key = ?1", base::comparison_key(email));
}

std::optional<User> find_user_by_alternate_email(Database& db, std::string_view email) {
  return find_by(db, "WHERE alternate_email_key = ?1", base::comparison_key(email));
}

std::vector<User> find_users_by_external_id(Database& db, std::string_view external_id) {
  std::vector<User> users;
  db.query(
      select("WHERE external_id = ?1 ORDER BY id"), [&](Row row) { users.push_back(read_user(row)); },
      external_id);
  return users;
}

std::optional<User> find_user_by_employee_identifier(Database& db, std::string_view identifier) {
  return find_by(db, "WHERE employee_identifier_key = ?1", base::comparison_key(identifier));
}

std::optional<User> find_user_by_system_username(Database& db, std::string_view name) {
  return find_by(db, "WHERE system_username = ?1", name);
}

std::vector<User> find_reports(Database& db, const UserId& manager) {
  std::vector<User> users;
  db.query(
      select("WHERE manager = ?1 ORDER BY id"), [&](Row row) { users.push_back(read_user(row)); },
      manager.text());
  return users;
}

std::vector<User> list_users(Database& db, std::int64_t skip, std::int64_t limit) {
  std::vector<User> users;
  db.query(
      select("ORDER BY id LIMIT ?2 OFFSET ?1"), [&](Row row) { users.push_back(read_user(row)); },
      skip, limit);
  return users;
}

void for_each_user(Database& db, const std::function<void(const User&)>& each) {
  db.query(select("ORDER BY id"), [&](Row row) { each(read_user(row)); });
}

std::int64_t count_users(Database& db) {
  return db.first("SELECT count(*) FROM users", [](Row row) { return row.integer(0); }).value_or(0);
}

namespace {

std::optional<std::string> key_of(const std::optional<std::string>& value) {
  if (!value) return std::nullopt;
  return base::comparison_key(*value);
}

template <std::size_t... Text>
void write_user(Database& db, const std::string& sql, const User& user, std::int64_t version,
                std::index_sequence<Text...>) {
  const auto& a = user.attributes;
  db.run(sql, user.id.text(), a.username, a.email, (a.*text_attributes[Text].member)..., a.unix_uid,
         a.unix_guid, state_name(user.state), user.creation_source,
         authority_name(user.password_terms.authority), user.password_terms.never_expires,
         user.password_terms.ignores_device_failures, user.password_hash, user.password_set,
         user.password_expires, user.next_warning, user.password_expired, user.locked, user.locked_since,
         user.unlocks, user.failed_logins, user.created, user.modified, version, base::comparison_key(a.username),
         base::comparison_key(a.email), key_of(a.employee_identifier), key_of(a.alternate_email));
}

constexpr std::make_index_sequence<text_attributes.size()> all_text;

std::string insertion() {
  const auto columns = written_columns();
  std::string places;
  for (std::size_t i = 1; i <= columns.size(); ++i) places += fmt::format("{}?{}", i == 1 ? "" : ", ", i);
  return fmt::format("INSERT INTO users ({}) VALUES ({})", fmt::join(columns, ", "), places);
}

std::string update() {
  const auto columns = written_columns();
  std::string assignments;
  for (std::size_t i = 1; i < columns.size(); ++i) {
    assignments += fmt::format("{}{} = ?{}", i == 1 ? "" : ", ", columns[i], i + 1);
  }
  return fmt::format("UPDATE users SET {} WHERE id = ?1", assignments);
}

}  // namespace

void insert_user(Database& db, const User& user) {
  static const auto sql = insertion();
  write_user(db, sql, user, user.version, all_text);
}

void update_user(Database& db, const User& user) {
  static const auto sql = update();
  write_user(db, sql, user, user.version + 1, all_text);
}

void update_login_state(Database& db, const User& user) {
  db.run(
      "UPDATE users SET failed_logins = ?2, locked = ?3, locked_since = ?4, unlocks = ?5, next_warning = ?6 "
      "WHERE id = ?1",
      user.id.text(), user.failed_logins, user.locked, user.locked_since, user.unlocks, user.next_warning);
}

void delete_user(Database& db, const UserId& id) {
  db.run("DELETE FROM users WHERE id = ?1", id.text());
}

}  // namespace directory
