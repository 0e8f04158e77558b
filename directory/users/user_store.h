// Users as rows: reading, writing, and the lookups that unique indexes serve.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "directory/store/database.h"
#include "directory/users/user.h"

namespace directory {

[[nodiscard]] std::optional<User> find_user(Database& db, const UserId& id);
/// Without regard to letter case. [rule D21]
[[nodiscard]] std::optional<User> find_user_by_username(Database& db, std::string_view username);
[[nodiscard]] std::optional<User> find_user_by_email(Database& db, std::string_view email);
[[nodiscard]] std::vector<User> find_users_by_external_id(Database& db, std::string_view external_id);
[[nodiscard]] std::optional<User> find_user_by_employee_identifier(Database& db, std::string_view identifier);
[[nodiscard]] std::optional<User> find_user_by_system_username(Database& db, std::string_view name);
[[nodiscard]] std::optional<User> find_user_by_alternate_email(Database& db, std::string_view email);
/// Those whose manager it is.
[[nodiscard]] std::vector<User> find_reports(Database& db, const UserId& manager);
/// In order of their ids, which is that of their creation.
[[nodiscard]] std::vector<User> list_users(Database& db, std::int64_t skip, std::int64_t limit);
/// All of them, in the same order, one at a time.
void for_each_user(Database& db, const std::function<void(const User&)>& each);
[[nodiscard]] std::int64_t count_users(Database& db);

void insert_user(Database& db, const User& user);
/// Writes every column and counts the version up.
void update_user(Database& db, const User& user);
/// Writes the count of failed logins, the lock and the next warning alone. They are no attributes of the
/// user, so that a wrong password makes no new version of it.
void update_login_state(Database& db, const User& user);
void delete_user(Database& db, const UserId& id);

}  // namespace directory
