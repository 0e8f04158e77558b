// What is to be done next for a group in a tenant, as one request to Graph: a pure function of the row and of what is wanted.
// Called again after each answer until nothing is left.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "directory/cloud_sync/account_plan.h"
#include "directory/cloud_sync/cloud_group.h"

namespace directory {

/// Most members that one request adds. [Graph GR6] [Graph GR7]
inline constexpr std::size_t most_bound_members = 20;

/// How the group ought to be, as far as the next request is concerned.
struct WantedGroup {
  std::string name;
  std::string nickname;  ///< by which one that we made can be told from its namesakes
  /// Users to add, at most one more than a request takes.
  std::vector<CloudMember> missing{};
  std::optional<CloudMember> surplus{};  ///< a user to take out
  bool waits_for_member = true;          ///< whether it is left alone there until it has a user [rule D76]
};

enum class GroupStep : std::uint8_t {
  look_up,       ///< for those of its name [rule R121] [rule R123]
  look_for_own,  ///< whether the one that was asked for is there
  create,        ///< [rule R122]
  rename,
  read_members,
  add_members,
  remove_member
};

struct PlannedGroupStep {
  GroupStep step{};
  GraphCall call{};
  std::vector<CloudMember> members{};  ///< whom it is about
  bool more = false;                   ///< whether others wait to be added after them
  std::string name{};                  ///< that is looked for; of one that is renamed: the name before, where it is known
};

/// A name for the group that nobody else's has, of what Graph allows in a mailNickname. [Graph GR3]
[[nodiscard]] std::string group_nickname(const CloudGroup& group);

/// Nothing where all is done, or where a group without users has to wait. `graph`: the service's address, with its version.
[[nodiscard]] std::optional<PlannedGroupStep> next_group_step(const CloudGroup& group, const WantedGroup& wanted,
                                                              const std::string& graph);

/// Whether it is a security group whose members a client may write: no Microsoft 365 group, none with mail, none whose members
/// follow from a rule. [rule R77] [rule R124] [Graph GR2] [Graph GR11]
[[nodiscard]] bool is_plain_security_group(const base::Json& object);

/// The path and query of a link to a further page; empty where it does not lead to `graph`, which alone is given our token.
[[nodiscard]] std::string page_path(std::string_view link, std::string_view graph);

}  // namespace directory
