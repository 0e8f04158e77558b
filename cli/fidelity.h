// How far the fakes of Microsoft's services and of Okta's go: each operation with its fidelity, from the tables that answer them.
#pragma once

#include <string>

namespace cli {

[[nodiscard]] std::string text_of_operations();
/// The page docs/operations.md.
[[nodiscard]] std::string markdown_of_operations();

}  // namespace cli
