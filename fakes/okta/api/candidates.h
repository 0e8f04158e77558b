// Among whom an expression can find somebody at all: where it names users by id, login or e-mail address, nobody else is looked at.
#pragma once

#include <optional>
#include <set>

#include "fakes/okta/api/expression.h"
#include "fakes/okta/org/org.h"

namespace fakes::okta::api {

/// Empty where it can be anybody. Whom it holds for is among them; the evaluation decides.
[[nodiscard]] std::optional<std::set<UserId>> candidates(const Expression& expression, const Org& org);

}  // namespace fakes::okta::api
