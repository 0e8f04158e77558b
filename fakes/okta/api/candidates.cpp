#include "fakes/okta/api/candidates.h"

#include "base/encoding.h"

namespace fakes::okta::api {
namespace {

using Found = std::optional<std::set<UserId>>;

std::set<UserId> at_most(const User* user) { return user == nullptr ? std::set<UserId>{} : std::set<UserId>{user->id}; }

/// The org's own comparison of names knows no accents, an expression's does: it finds no fewer.
Found named_by(const Expression& comparison, const Org& org) {
  if (comparison.op != Operator::eq || !comparison.operand.is_string()) return std::nullopt;
  const std::string text(base::as_text(comparison.operand.get_string()));
  if (comparison.path == "id") return at_most(org.find(UserId{base::to_lower(text)}));  // as all ids are drawn
  if (comparison.path == "profile.login") return at_most(org.find_by_login(text));
  if (comparison.path == "profile.email") return org.find_by_email(text);
  return std::nullopt;
}

/// The first part that names somebody is enough: the others leave no more.
Found named_by_one(const std::vector<Expression>& parts, const Org& org) {
  for (const auto& part : parts) {
    if (auto found = candidates(part, org)) return found;
  }
  return std::nullopt;
}

Found named_by_each(const std::vector<Expression>& parts, const Org& org) {
  std::set<UserId> out;
  for (const auto& part : parts) {
    auto found = candidates(part, org);
    if (!found) return std::nullopt;
    out.merge(*found);
  }
  return out;
}

}  // namespace

std::optional<std::set<UserId>> candidates(const Expression& expression, const Org& org) {
  switch (expression.kind) {
    case Expression::Kind::comparison: return named_by(expression, org);
    case Expression::Kind::all: return named_by_one(expression.parts, org);
    case Expression::Kind::any: return named_by_each(expression.parts, org);
    case Expression::Kind::negation: break;
  }
  return std::nullopt;
}

}  // namespace fakes::okta::api
