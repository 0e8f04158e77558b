// Who makes a product outside do what a case asks for: a command that is started for each task, or a person at the terminal.
#pragma once

#include <memory>
#include <string>

#include "scenarios/client/client_suite.h"
#include "serve/client_edge.h"

namespace cli {

/// Starts `command` by a shell for each task. Folders for what the product keeps are below the system's folder for such.
[[nodiscard]] std::unique_ptr<serve::Operator> operator_by_command(std::string command);

/// Says on standard error what is to be done, and reads a line: empty for done, `n` for failed or refused, `s` for no such task.
[[nodiscard]] std::unique_ptr<serve::Operator> operator_by_hand(const scenarios::client::SuiteInfo& suite);

}  // namespace cli
