// The first requests of a session: can the target be reached, does it speak SCIM, and what does it announce? A target that
// fails here fails once, with the cause, and everything else is blocked by that one case.
#pragma once

#include <expected>
#include <string>

#include "base/task.h"
#include "scenarios/probe/client.h"
#include "scenarios/probe/product.h"

namespace scenarios::probe {

/// The case that stands for reaching the target; no script has it.
inline constexpr std::string_view reach_case = "target/reach";

/// The product, or why there is none to judge, as one sentence.
[[nodiscard]] base::Task<std::expected<Product, std::string>> discover(Client& client, Circumstances circumstances);

}  // namespace scenarios::probe
