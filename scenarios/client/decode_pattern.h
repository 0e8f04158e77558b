// Patterns of exchanges and the laws over them, as cases write them.
#pragma once

#include <span>
#include <string_view>

#include "scenarios/client/client_case.h"
#include "scenarios/probe/strict_reader.h"

namespace scenarios::client {

/// What begins an expectation, in the order of the reference.
[[nodiscard]] std::span<const std::string_view> law_names();
/// One line for people.
[[nodiscard]] std::string_view law_help(std::string_view name);

[[nodiscard]] Pattern read_exchange_pattern(probe::StrictReader& in, const YamlNode& node);
[[nodiscard]] Law read_law(probe::StrictReader& in, std::string_view name, const YamlNode& node);

}  // namespace scenarios::client
