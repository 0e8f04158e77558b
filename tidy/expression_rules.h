// Rules about where in an expression a draw or a co_await stands.
#pragma once

#include <string>
#include <vector>

#include "tidy/finding.h"
#include "tidy/source_text.h"

namespace tidy {

/// `two-draws`: one argument list draws twice; compilers evaluate arguments in different orders.
[[nodiscard]] std::vector<Finding> check_two_draws(const std::string& path, const SourceText& source);

/// `capturing-coroutine`: a lambda with captures is a coroutine; its frame outlives the closure.
[[nodiscard]] std::vector<Finding> check_capturing_coroutines(const std::string& path,
                                                              const SourceText& source);

/// `await-in-condition`: co_await in the condition of an if, while or for, or in a conditional operator.
[[nodiscard]] std::vector<Finding> check_await_in_condition(const std::string& path,
                                                            const SourceText& source);

}  // namespace tidy
