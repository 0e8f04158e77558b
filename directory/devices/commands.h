// Built-in commands that wait for a system: queued by an administrator, handed out with the desired state
// until the agent reports them done, each under an id by which the agent carries it out once. [rule D124]
// [rule V13]
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/core/core.h"
#include "directory/users/user.h"

namespace directory {

enum class CommandKind { lock, restart, shutdown, erase };

[[nodiscard]] std::string_view command_name(CommandKind kind);
[[nodiscard]] std::optional<CommandKind> parse_command(std::string_view name);

struct Command {
  std::string id;
  CommandKind kind = CommandKind::lock;
};

inline constexpr std::size_t most_pending_commands = 100;

/// False when `most_pending_commands` wait already.
[[nodiscard]] bool queue_command(Core& core, const SystemId& system, CommandKind kind);
/// In the order they were queued.
[[nodiscard]] std::vector<Command> pending_commands(Database& db, const SystemId& system);
/// Forgets a command that the system has carried out; unknown ids do nothing.
void acknowledge_command(Core& core, const SystemId& system, std::string_view id);

}  // namespace directory
