// The reference of the script language, generated from the same descriptions that decode it.
#pragma once

#include <string>

namespace scenarios {

/// Every key of a script, every verb and observation with its fields; scenarios/README.md is this text.
[[nodiscard]] std::string markdown_reference();
/// Verbs and observations, for a terminal.
[[nodiscard]] std::string text_reference();

}  // namespace scenarios
