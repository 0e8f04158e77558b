// Which users a filter selects: the operators of RFC 7644 over what the model knows of a user.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "properties/models/scim_user.h"

namespace properties::models {

/// `attribute op "value"`.
struct ScimTest {
  enum class Op { eq, co, sw, ew, pr };
  std::string attribute;  ///< `userName`, or one of the model's values
  Op op = Op::eq;
  std::string value{};
  bool negated = false;

  bool operator==(const ScimTest&) const = default;
};

/// Its tests from the left, each with what joins it to those before it.
struct ScimFilter {
  struct Term {
    ScimTest test;
    bool is_or = false;  ///< of the first: nothing
  };
  std::vector<Term> terms;
};

/// As a client writes it. [RFC7644 3.4.2.2]
[[nodiscard]] std::string text_of(const ScimFilter& filter);

/// Nothing: it depends on what is not known. Letters are compared in either case but for those of externalId; `and` goes before `or`.
/// [RFC7643 2.2] [RFC7644 3.4.2.2]
[[nodiscard]] std::optional<bool> selects(const ScimFilter& filter, const ScimUser& user);

}  // namespace properties::models
