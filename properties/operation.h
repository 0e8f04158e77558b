// What a request does, whomever it does it to: its method and its path without the ids.
#pragma once

#include <string>
#include <string_view>

namespace properties {

/// The path of a target, without query, in which `mark` stands for each id.
[[nodiscard]] std::string path_pattern(std::string_view target, std::string_view mark);

/// The operation of a request, by method and path without query: ids become `{}`, as `list operations` and the directory's routes write
/// them. `PATCH /v1.0/users/5f…` to graph is `graph: PATCH /users/{}`.
[[nodiscard]] std::string operation_of(std::string_view to, std::string_view method, std::string_view target);

}  // namespace properties
