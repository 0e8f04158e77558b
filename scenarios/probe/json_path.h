// Places in a JSON document as cases write them: `name.givenName`, `emails[0].value`, `Resources[*].id`, and members under
// a schema's URN, `urn:…:User:department`. Names of members compare without regard to case [RFC7643 2.1].
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/probe/probe.h"

namespace scenarios::probe {

/// A place that a path leads to; `value` is null where there is nothing.
struct Found {
  std::string where;  ///< the path with indices in place of `[*]`
  const Value* value = nullptr;
};

/// Everything that the path leads to. Without `[*]` that is exactly one place; a `[*]` over nothing gives none.
[[nodiscard]] std::vector<Found> find_all(const Value& document, std::string_view path);

/// The value there, or null where there is none; for paths without `[*]`.
[[nodiscard]] const Value* find_one(const Value& document, std::string_view path);

/// Sets the value, making objects and list elements on the way.
void set_at(Value& document, std::string_view path, Value value);

/// Removes the member there, if any.
void remove_at(Value& document, std::string_view path);

/// The member of that name in whatever letter case; null where there is none.
[[nodiscard]] const Value* member(const Value& object, std::string_view name);

}  // namespace scenarios::probe
