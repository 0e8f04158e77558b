// Scoping filters: which objects are provisioned, by their attributes. [Entra provisioning-clients 2.17-01]
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/entra/provisioning/source_object.h"

namespace fakes::entra::provisioning {

/// [Entra provisioning-clients 2.17-02]
enum class ScopeOperator : std::uint8_t {
  equals,
  not_equals,
  is_true,
  is_false,
  is_null,
  is_not_null,
  regex_match,
  not_regex_match,
  greater_than,
  greater_or_equal,
  includes,
  ends_with,
  bits_set,
  bits_not_set
};

/// As the portal spells it, or as a schema names it: blanks, underscores and letter case do not count.
[[nodiscard]] std::optional<ScopeOperator> scope_operator_named(std::string_view name);
[[nodiscard]] std::string_view name_of(ScopeOperator scope_operator);

struct ScopeClause {
  std::string attribute;
  ScopeOperator scope_operator = ScopeOperator::equals;
  std::string value{};

  bool operator==(const ScopeClause&) const = default;
};

/// All clauses must be true.
struct ScopingFilter {
  std::string name;
  std::vector<ScopeClause> clauses;

  bool operator==(const ScopingFilter&) const = default;
};

/// Why the portal would not save the clause; [Entra provisioning-clients 2.17-04] has what filters cannot look at.
[[nodiscard]] std::expected<void, std::string> check_clause(ObjectKind kind, const ScopeClause& clause);

/// Of checked clauses. Texts are compared with letter case, a regular expression must match all of the value, and an attribute
/// without a value fulfils only IS NULL. [Entra provisioning-clients 2.17-03]
[[nodiscard]] bool holds(const ScopeClause& clause, const SourceObject& source);
/// True where there are no filters, or one of them passes the object.
[[nodiscard]] bool passes(std::span<const ScopingFilter> filters, const SourceObject& source);

}  // namespace fakes::entra::provisioning
