// What somebody knows of an organisation who was told every answer: plain maps that share nothing with the
// directory. Written out as facts, one a line, they are compared with what a directory shows over HTTP.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace directory {

struct Person {
  std::string id;
  std::string email;
  std::string display_name{};
  std::string department{};
  std::string state = "ACTIVATED";
  std::optional<std::string> password{};
  bool locked = false;
  bool expired = false;
  bool federated = false;  ///< signs in at the identity provider, and nowhere with a password
  int mails_owed = 0;
};

struct Computer {
  std::string id;
  std::map<std::string, bool> users{};  ///< by username: whether with sudo
  std::set<std::string> handoffs{};     ///< the usernames whose passwords wait for the computer
  std::string recovery_key{};           ///< in escrow
};

struct UserGroup {
  std::string name;
  std::set<std::string> members{};  ///< usernames
};

struct AdministratorKnown {
  std::string email;
  std::string role;
};

struct PortalSession {
  std::size_t number = 0;  ///< in the order of logins
  std::string username;
};

struct Organization {
  std::map<std::string, Person> people;                      ///< by username
  std::map<std::string, Computer> computers;                 ///< by hostname
  std::map<std::string, std::string> policies;               ///< names by id
  std::map<std::string, UserGroup> groups;                   ///< by id
  std::map<std::string, AdministratorKnown> administrators;  ///< by id; the first of all is left out
  std::map<std::string, std::string> integrations;  ///< names by id; those of the installation are left out
  std::vector<PortalSession> sessions;              ///< those that are open
  std::vector<std::string> events;                  ///< of the kinds in `told_events`

  void end_sessions_of(std::string_view username) {
    std::erase_if(sessions, [&](const PortalSession& session) { return session.username == username; });
  }
  void set_password(const std::string& username, std::string password) {
    auto& person = people.at(username);
    person.password = std::move(password);
    person.locked = person.expired = false;
    end_sessions_of(username);
    for (auto& [hostname, computer] : computers) {
      if (computer.users.contains(username)) computer.handoffs.insert(username);
    }
  }
  void remove(const std::string& username) {
    end_sessions_of(username);
    for (auto& [hostname, computer] : computers) {
      computer.users.erase(username);
      computer.handoffs.erase(username);
    }
    for (auto& [id, group] : groups) group.members.erase(username);
    people.erase(username);
  }
};

/// The events that belong to changes one to one; each is written as its type, and its subject's name where it
/// has one.
inline const std::set<std::string, std::less<>> told_events{
    "user_create",    "user_update",   "user_delete",   "user_suspended",        "user_unsuspended",
    "user_activated", "user_lockout",  "user_unlocked", "user_password_expired", "user_password_set",
    "policy_create",  "policy_update", "policy_delete", "user_password_change",  "user_login_attempt",
    "system_create",  "group_create",  "group_update",  "group_delete",          "association_change",
    "admin_create",   "admin_update",  "admin_delete",  "integration_activate",  "integration_deactivate"};

inline bool names_its_subject(std::string_view event) {
  return !event.starts_with("association") && !event.starts_with("admin") &&
         !event.starts_with("integration");
}

// Lines of the model and of what is seen

inline std::string line_of(const std::string& username, const Person& person) {
  return fmt::format("person {}: {} {} '{}' '{}' {}{}{}{}", username, person.id, person.email,
                     person.display_name, person.department, person.state,
                     person.password ? " with a password" : "", person.locked ? " locked" : "",
                     person.expired ? " expired" : "");
}
inline std::string line_of_computer(std::string_view hostname, std::string_view id) {
  return fmt::format("computer {}: {}", hostname, id);
}
inline std::string line_of_binding(std::string_view hostname, std::string_view username) {
  return fmt::format("binding {} {}", hostname, username);
}
inline std::string line_of_account(std::string_view hostname, std::string_view username, bool sudo,
                                   bool handoff) {
  return fmt::format("account {} {}{}{}", hostname, username, sudo ? " sudo" : "",
                     handoff ? " password waits" : "");
}
inline std::string line_of_recovery_key(std::string_view hostname, std::string_view key) {
  return fmt::format("recovery key of {}: {}", hostname, key);
}
inline std::string line_of_policy(std::string_view id, std::string_view name) {
  return fmt::format("policy {}: {}", id, name);
}
inline std::string line_of_group(std::string_view id, std::string_view name) {
  return fmt::format("group {}: {}", id, name);
}
inline std::string line_of_member(std::string_view group, std::string_view username) {
  return fmt::format("member of {}: {}", group, username);
}
inline std::string line_of_administrator(std::string_view id, std::string_view email, std::string_view role) {
  return fmt::format("administrator {}: {} {}", id, email, role);
}
inline std::string line_of_integration(std::string_view id, std::string_view name) {
  return fmt::format("integration {}: {}", id, name);
}
inline std::string line_of_key(std::string_view integration) {
  return fmt::format("key of integration {}", integration);
}
inline std::string line_of_session(const PortalSession& session) {
  return fmt::format("session {} of {}", session.number, session.username);
}
inline std::string line_of_login(std::string_view username, std::string_view password) {
  return fmt::format("login of {} with '{}'", username, password);
}

inline bool may_log_in(const Person& person) {
  return person.password && person.state == "ACTIVATED" && !person.locked && !person.expired && !person.federated;
}

/// Everything but events and mails, sorted.
inline std::vector<std::string> facts_of(const Organization& organization) {
  std::vector<std::string> facts;
  for (const auto& [username, person] : organization.people) {
    facts.push_back(line_of(username, person));
    if (may_log_in(person)) facts.push_back(line_of_login(username, *person.password));
  }
  for (const auto& [hostname, computer] : organization.computers) {
    facts.push_back(line_of_computer(hostname, computer.id));
    if (!computer.recovery_key.empty()) facts.push_back(line_of_recovery_key(hostname, computer.recovery_key));
    for (const auto& [username, sudo] : computer.users) {
      facts.push_back(line_of_binding(hostname, username));
      if (!organization.people.at(username).password) continue;
      facts.push_back(line_of_account(hostname, username, sudo, computer.handoffs.contains(username)));
    }
  }
  for (const auto& [id, name] : organization.policies) facts.push_back(line_of_policy(id, name));
  for (const auto& [id, group] : organization.groups) {
    facts.push_back(line_of_group(id, group.name));
    for (const auto& member : group.members) facts.push_back(line_of_member(group.name, member));
  }
  for (const auto& [id, known] : organization.administrators)
    facts.push_back(line_of_administrator(id, known.email, known.role));
  for (const auto& [id, name] : organization.integrations) {
    facts.push_back(line_of_integration(id, name));
    facts.push_back(line_of_key(name));
  }
  for (const auto& session : organization.sessions) facts.push_back(line_of_session(session));
  std::ranges::sort(facts);
  return facts;
}

}  // namespace directory
