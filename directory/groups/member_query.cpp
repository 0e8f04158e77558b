#include "directory/groups/member_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace directory {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using Kind = MemberRule::Kind;
using Op = MemberRule::Op;

struct OpName {
  Op op;
  std::string_view name;
};
constexpr std::array op_names{OpName{Op::equal, "eq"}, OpName{Op::not_equal, "ne"}, OpName{Op::one_of, "in"}};

/// Reads a rule within the limits of its whole query.
class Reader {
 public:
  using Read = std::expected<MemberRule, std::string>;

  Read condition(const Json& json) {
    const auto field = base::string_member(json, "field");
    const auto op = base::string_member(json, "operator");
    const auto value = base::string_member(json, "value");
    if (!field || !op || !value) return std::unexpected("a filter has the texts field, operator and value");
    if (++conditions_ > most_conditions) {
      return std::unexpected(fmt::format("a query has at most {} filters", most_conditions));
    }
    if (field->empty() || field->size() > longest_condition_value ||
        value->size() > longest_condition_value) {
      return std::unexpected(fmt::format("field and value have at most {} bytes", longest_condition_value));
    }
    const auto known = std::ranges::find(op_names, *op, &OpName::name);
    if (known == op_names.end()) return std::unexpected("operator is one of eq, ne, in");
    return MemberRule{Kind::condition, *field, known->op, *value, {}};
  }

  Read parts(Kind kind, const Json& list, std::size_t depth) {
    if (depth > deepest_rule) {
      return std::unexpected(fmt::format("a query is at most {} levels deep", deepest_rule));
    }
    if (!list.is_array() || list.get_array().empty())
      return std::unexpected("a query has at least one filter");
    MemberRule rule{kind, {}, {}, {}, {}};
    for (const auto& entry : list.get_array()) {
      auto part = this->rule(entry, depth);
      if (!part) return part;
      rule.parts.push_back(std::move(*part));
    }
    return rule;
  }

  Read rule(const Json& json, std::size_t depth) {
    const auto* all = base::member(json, "and");
    const auto* any = base::member(json, "or");
    if (all != nullptr && any != nullptr) return std::unexpected("a filter has and or or, not both");
    if (all != nullptr) return parts(Kind::all, *all, depth + 1);
    if (any != nullptr) return parts(Kind::any, *any, depth + 1);
    return condition(json);
  }

 private:
  std::size_t conditions_ = 0;
};

JsonObject to_json(const MemberRule& rule) {
  if (rule.kind == Kind::condition) {
    const auto op = std::ranges::find(op_names, rule.op, &OpName::op)->name;
    return {{"field", rule.field}, {"operator", base::json_text(op)}, {"value", rule.value}};
  }
  JsonArray parts;
  for (const auto& part : rule.parts) parts.push_back(to_json(part));
  return {{rule.kind == Kind::all ? "and" : "or", std::move(parts)}};
}

/// Whether `test` holds for one of the alternatives between bars, or for the whole value of another operator.
template <class Test>
bool any_value(const MemberRule& condition, Test test) {
  if (condition.op != Op::one_of) return test(std::string_view(condition.value));
  for (std::string_view rest = condition.value;;) {
    const auto end = std::min(rest.find('|'), rest.size());
    if (test(rest.substr(0, end))) return true;
    if (end == rest.size()) return false;
    rest.remove_prefix(end + 1);
  }
}

bool holds(const MemberRule& condition, const Candidate& candidate, const IsMember& is_member) {
  bool found = false;
  if (condition.field == member_of_field) {
    found = any_value(condition,
                      [&](std::string_view group) { return is_member(std::string(group), candidate.id); });
  } else if (const auto attribute = candidate.attributes.find(condition.field);
             attribute != candidate.attributes.end()) {
    found = any_value(condition, [&](std::string_view value) { return value == attribute->second; });
  }
  return condition.op == Op::not_equal ? !found : found;
}

void collect_groups(const MemberRule& rule, std::vector<std::string>& groups) {
  for (const auto& part : rule.parts) collect_groups(part, groups);
  if (rule.kind != Kind::condition || rule.field != member_of_field) return;
  any_value(rule, [&](std::string_view group) {
    groups.emplace_back(group);
    return false;
  });
}

}  // namespace

std::expected<MemberQuery, std::string> read_member_query(const Json& json) {
  MemberQuery query{base::string_or(json, "queryType", ""), {}};
  Reader reader;
  Reader::Read rule;
  if (query.type == "Filter" || query.type == "FilterQuery") {
    const auto* filters = base::member(json, "filters");
    rule = reader.parts(Kind::all, filters == nullptr ? Json{} : *filters, 1);
  } else if (query.type == "Search") {
    const auto* filters = base::member(json, "searchFilters");
    rule = reader.rule(filters == nullptr ? Json{} : *filters, 0);
  } else {
    return std::unexpected("queryType is one of Filter, FilterQuery, Search");
  }
  if (!rule) return std::unexpected(rule.error());
  query.rule = std::move(*rule);
  return query;
}

JsonObject to_json(const MemberQuery& query) {
  JsonObject out{{"queryType", query.type}};
  auto rule = to_json(query.rule);
  if (query.type == "Search") {
    out["searchFilters"] = std::move(rule);
  } else {
    out["filters"] = std::move(rule["and"]);
  }
  return out;
}

std::vector<std::string> referenced_groups(const MemberRule& rule) {
  std::vector<std::string> groups;
  collect_groups(rule, groups);
  std::ranges::sort(groups);
  const auto repeated = std::ranges::unique(groups);
  groups.erase(repeated.begin(), repeated.end());
  return groups;
}

bool matches(const MemberRule& rule, const Candidate& candidate, const IsMember& is_member) {
  const auto part_matches = [&](const MemberRule& part) { return matches(part, candidate, is_member); };
  switch (rule.kind) {
    case Kind::condition:
      return holds(rule, candidate, is_member);
    case Kind::all:
      return std::ranges::all_of(rule.parts, part_matches);
    case Kind::any:
      return std::ranges::any_of(rule.parts, part_matches);
  }
  return false;
}

}  // namespace directory
