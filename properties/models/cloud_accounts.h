// What becomes of people and groups in a Microsoft 365 tenant once they are connected to it, directly or through groups: whose accounts
// there are, whether they may sign in, what stands in them, and who is in which security group. Everything is left alone between two
// steps for as long as it takes to get there. [rule R95] to [rule R124]
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

namespace properties::models {

enum class CloudState { staged, activated, suspended };

struct CloudAccounts {
  struct Person {
    bool exists = false;
    CloudState state = CloudState::activated;
    std::optional<std::string> title{};
    std::optional<std::string> password{};
    bool connected = false;  ///< directly
    bool was_connected = false;  ///< in any way, as this user
  };
  struct Group {
    bool connected = false;
    std::set<int> members{};
  };
  /// At Microsoft.
  struct Account {
    bool exists = false;
    bool enabled = true;
    std::optional<std::string> title{};
    std::optional<std::string> password{};  ///< nothing: one that nobody here has set
  };
  struct TenantGroup {
    bool is_ours = false;     ///< whether one of those of its name is the directory's
    int others = 0;           ///< of its name
    std::set<int> members{};  ///< of ours
  };

  std::map<int, Person> people{};
  std::map<int, Group> groups{};
  std::map<int, Account> accounts{};          ///< by the person whose name they have
  std::map<int, TenantGroup> tenant_groups{};

  [[nodiscard]] const Person& person(int slot) const;
  [[nodiscard]] bool lives(int slot) const { return person(slot).exists; }
  [[nodiscard]] bool is_connected(int slot) const;

  void create(int slot, Person person);
  void remove(int slot);
  void set_password(int slot, const std::string& password);
  void log_in(int slot);
  /// What the directory does once something has changed.
  void settle();
};

}  // namespace properties::models
