// The rule of a dynamic group: conditions on attributes, joined by and and or. Values are compared whole and
// with their letter case, and no rule is judged for sense. [rule D51] [rule D54]
#pragma once

#include <expected>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace directory {

/// A condition, or parts of which all or any must hold.
struct MemberRule {
  enum class Kind { condition, all, any };
  enum class Op { equal, not_equal, one_of };

  Kind kind = Kind::all;
  std::string field;
  Op op = Op::equal;
  std::string value;  ///< of one_of: alternatives between bars
  std::vector<MemberRule> parts;

  bool operator==(const MemberRule&) const = default;
};

/// `{queryType: "FilterQuery" | "Filter", filters: [{field, operator, value}]}`, where all must hold, or
/// `{queryType: "Search", searchFilters: {and | or: [condition or another such object]}}`. Assumed: the shape
/// inside searchFilters; the operators are the API's eq, ne and in, as rules compare whole values.
struct MemberQuery {
  std::string type;
  MemberRule rule;

  bool operator==(const MemberQuery&) const = default;
};

inline constexpr std::size_t most_conditions = 100;
inline constexpr std::size_t deepest_rule = 8;
inline constexpr std::size_t longest_condition_value = 1024;

/// The field whose value is the id of a group that the member is in. Assumed: the error flags say that rules
/// can refer to groups, and nothing says how.
inline constexpr std::string_view member_of_field = "memberOf";

/// An error says what is wrong with the query's form.
[[nodiscard]] std::expected<MemberQuery, std::string> read_member_query(const base::Json& json);
[[nodiscard]] base::JsonObject to_json(const MemberQuery& query);

/// The groups that the rule names.
[[nodiscard]] std::vector<std::string> referenced_groups(const MemberRule& rule);

/// What a rule looks at. An attribute that is not there equals nothing.
struct Candidate {
  std::string id;
  std::map<std::string, std::string, std::less<>> attributes;
};
using IsMember = std::function<bool(const std::string& group, const std::string& member)>;

[[nodiscard]] bool matches(const MemberRule& rule, const Candidate& candidate, const IsMember& is_member);

}  // namespace directory
