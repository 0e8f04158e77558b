// What is to be seen of a world once it has healed: over the directory's interfaces, and of the fakes themselves.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/task.h"
#include "scenarios/engine/cast.h"

namespace properties {

/// A user as the directory's admin API shows it at the end.
struct DirectoryUserView {
  std::string id;
  std::string username;
  std::string email;
  std::string state;
  std::string external_id;
  bool has_password = false;
  bool locked = false;
  bool password_expired = false;
  base::Json shown;  ///< all of it
};

/// What connects a user or a group to the tenant, as the directory shows it. [rule D63]
struct ConnectionView {
  std::string object_id;  ///< Microsoft's; empty: not known
  std::string status;     ///< `synced`, `pending`, or what is wrong
  std::string message;
};

struct GroupView {
  std::string id;
  std::string name;
  std::vector<std::string> members;  ///< ids of users
  std::optional<std::pair<std::string, std::string>> rule{};  ///< attribute and the text that it has to be equal to
};

struct SystemView {
  std::string id;
  std::string hostname;
  std::vector<std::string> users;  ///< ids of those who may use it, by whatever path
};

/// What the judges look at. They share nothing with the directory.
struct FinalView {
  std::vector<DirectoryUserView> users;
  std::map<std::string, bool, std::less<>> portal_sessions;  ///< person to whether the last session is open
  std::string cloud_authorization;                           ///< of the Microsoft 365 directory; empty: there is none
  std::map<std::string, ConnectionView, std::less<>> connections;        ///< by user id
  std::map<std::string, ConnectionView, std::less<>> group_connections;  ///< by group id
  std::vector<GroupView> groups;
  std::vector<SystemView> systems;
  std::vector<base::Json> events;  ///< of the directory's log, oldest first
  bool takes_over_passwords = true;
  scenarios::Cast* cast = nullptr;                           ///< history and devices

  [[nodiscard]] const DirectoryUserView* user(std::string_view id) const;
  /// The script's person of that username; null where there is none.
  [[nodiscard]] const scenarios::Person* person_of(std::string_view username) const;
};

/// `done` says whether the directory has answered to the end.
[[nodiscard]] base::Task<void> read_final_view(scenarios::Cast& cast, FinalView& view, bool& done);

}  // namespace properties
