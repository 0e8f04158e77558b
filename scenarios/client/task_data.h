// What a product outside is told of a task: names and values in full, secrets included, since it has nothing else.
#pragma once

#include "scenarios/client/client_case.h"
#include "scenarios/client/client_suite.h"
#include "scenarios/engine/cast.h"

namespace scenarios::client {

/// With user names, addresses and the values of passwords; people whom the product is to make are introduced to the cast.
[[nodiscard]] Task told_in_full(Cast& cast, const SuiteInfo& suite, Task task);

}  // namespace scenarios::client
