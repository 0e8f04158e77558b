// A group of users or of systems, as stored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "directory/associations/graph_object.h"
#include "directory/groups/member_query.h"

namespace directory {

using GroupId = base::Id<struct GroupTag>;

/// How a group gets its members. [rule D50]
enum class MembershipMethod {
  not_set,
  static_members,
  review_required,  ///< a rule proposes, an admin decides [rule D53]
  automated         ///< a rule decides
};

/// What an admin or an integration may set.
struct GroupFields {
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> email;
  std::optional<std::string> external_id;
  MembershipMethod membership_method = MembershipMethod::not_set;
  /// Of user groups: members are administrators of every system that the group is joined to. [rule V11]
  bool sudo = false;
  bool sudo_without_password = false;
  std::optional<MemberQuery> member_query;
  /// Members, or not, whatever the rule says; ids in order. [rule D56]
  std::vector<std::string> exemptions;
  bool suggestions_notify = false;  ///< `memberSuggestionsNotify`; kept and shown, nobody is sent anything

  bool operator==(const GroupFields&) const = default;
};

struct Group {
  GroupId id;
  GraphType type = GraphType::user_group;  ///< user_group or system_group
  GroupFields fields;
  base::Instant created{};
  base::Instant modified{};
  std::int64_t version = 1;                      ///< counts up with fields and members
  std::optional<base::Instant> next_evaluation;  ///< of its rule, where it has one [rule D52]

  [[nodiscard]] GraphObject object() const { return {type, id.text()}; }
  /// Members follow from its rule, or are proposed by it.
  [[nodiscard]] bool has_rule() const { return is_dynamic() && fields.member_query.has_value(); }
  [[nodiscard]] bool is_dynamic() const {
    return fields.membership_method == MembershipMethod::review_required ||
           fields.membership_method == MembershipMethod::automated;
  }
  [[nodiscard]] GraphType member_type() const {
    return type == GraphType::user_group ? GraphType::user : GraphType::system;
  }
};

/// `NOTSET`, `STATIC`, `DYNAMIC_REVIEW_REQUIRED`, `DYNAMIC_AUTOMATED`.
[[nodiscard]] std::string_view method_name(MembershipMethod method);
[[nodiscard]] std::optional<MembershipMethod> parse_method(std::string_view name);

}  // namespace directory
