#include "fakes/entra/provisioning/scoping_filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <regex>

#include "base/encoding.h"
#include "fakes/entra/expression/value.h"
#include "fakes/entra/property.h"

namespace fakes::entra::provisioning {
namespace {

using base::equals_ignoring_case;
using enum ScopeOperator;

struct Spelling {
  ScopeOperator scope_operator;
  std::string_view portal;
};

constexpr std::array spellings{
    Spelling{equals, "EQUALS"},
    Spelling{not_equals, "NOT EQUALS"},
    Spelling{is_true, "IS TRUE"},
    Spelling{is_false, "IS FALSE"},
    Spelling{is_null, "IS NULL"},
    Spelling{is_not_null, "IS NOT NULL"},
    Spelling{regex_match, "REGEX MATCH"},
    Spelling{not_regex_match, "NOT REGEX MATCH"},
    Spelling{greater_than, "Greater_Than"},
    Spelling{greater_or_equal, "Greater_Than_OR_EQUALS"},
    Spelling{includes, "Includes"},
    Spelling{ends_with, "ENDS_WITH"},
    Spelling{bits_set, "&"},
    Spelling{bits_not_set, "!&"},
};

std::string bare(std::string_view name) {
  auto text = base::to_lower(name);
  std::erase_if(text, [](char c) { return c == ' ' || c == '_'; });
  return text;
}

std::optional<std::regex> read_regex(const std::string& pattern) {
  try {
    return std::regex(pattern, std::regex::ECMAScript);
  } catch (const std::regex_error&) {
    return std::nullopt;
  }
}

bool matches(const std::string& text, const std::string& pattern) {
  const auto regex = read_regex(pattern);
  if (!regex) return false;
  try {
    return std::regex_match(text, *regex);
  } catch (const std::regex_error&) {
    return false;  // too complex
  }
}

bool asks_for_number(ScopeOperator scope_operator) {
  return scope_operator == greater_than || scope_operator == greater_or_equal || scope_operator == bits_set || scope_operator == bits_not_set;
}

/// Values of one kind only: integers.
bool compare_numbers(ScopeOperator scope_operator, std::int64_t held, std::int64_t wanted) {
  if (scope_operator == greater_than) return held > wanted;
  if (scope_operator == greater_or_equal) return held >= wanted;
  const bool shares = (held & wanted) != 0;
  return scope_operator == bits_set ? shares : !shares;
}

}  // namespace

std::optional<ScopeOperator> scope_operator_named(std::string_view name) {
  const auto wanted = bare(name);
  const auto found = std::ranges::find_if(spellings, [&](const Spelling& spelling) { return bare(spelling.portal) == wanted; });
  if (found == spellings.end()) return std::nullopt;
  return found->scope_operator;
}

std::string_view name_of(ScopeOperator scope_operator) { return spellings[static_cast<std::size_t>(scope_operator)].portal; }

std::expected<void, std::string> check_clause(ObjectKind kind, const ScopeClause& clause) {
  constexpr std::array<std::string_view, 6> unsupported{"isMemberOf", "members", "appRoleAssignments", "userType", "manager", "IsSoftDeleted"};
  const auto is_named = [&](std::string_view name) { return equals_ignoring_case(name, clause.attribute); };
  if (std::ranges::any_of(unsupported, is_named)) return std::unexpected(fmt::format("scoping filters cannot ask for {}", clause.attribute));
  if (is_multi_valued(kind, clause.attribute))
    return std::unexpected(fmt::format("scoping filters cannot ask for {}, which has several values", clause.attribute));
  const auto table = properties_of(kind);
  const auto property = std::ranges::find_if(table, [&](const Property& each) { return is_named(each.name); });
  if (property != table.end() && property->type == PropertyType::time)
    return std::unexpected(fmt::format("scoping filters cannot ask for {}, which is a date", clause.attribute));
  if (asks_for_number(clause.scope_operator) && !expression::read_integer(clause.value))
    return std::unexpected(fmt::format("{} asks for an integer, not for \"{}\"", name_of(clause.scope_operator), clause.value));
  const bool has_pattern = clause.scope_operator == regex_match || clause.scope_operator == not_regex_match;
  if (has_pattern && !read_regex(clause.value)) return std::unexpected(fmt::format("\"{}\" is no regular expression", clause.value));
  return {};
}

bool holds(const ScopeClause& clause, const SourceObject& source) {
  const auto value = attribute_of(source, clause.attribute);
  if (expression::is_null_or_empty(value)) return clause.scope_operator == is_null;
  const auto text = expression::as_text(value).value_or(std::string());
  if (asks_for_number(clause.scope_operator)) {
    const auto held = expression::as_integer(value);
    const auto wanted = expression::read_integer(clause.value);
    return held && wanted && compare_numbers(clause.scope_operator, *held, *wanted);
  }
  switch (clause.scope_operator) {
    case equals: return text == clause.value;
    case not_equals: return text != clause.value;
    case is_true: return text == expression::spelling(true);
    case is_false: return text == expression::spelling(false);
    case is_not_null: return true;
    case regex_match: return matches(text, clause.value);
    case not_regex_match: return !matches(text, clause.value);
    case includes: return text.find(clause.value) != std::string::npos;
    case ends_with: return text.ends_with(clause.value);
    default: return false;
  }
}

bool passes(std::span<const ScopingFilter> filters, const SourceObject& source) {
  if (filters.empty()) return true;
  return std::ranges::any_of(filters, [&](const ScopingFilter& filter) {
    return std::ranges::all_of(filter.clauses, [&](const ScopeClause& clause) { return holds(clause, source); });
  });
}

}  // namespace fakes::entra::provisioning
