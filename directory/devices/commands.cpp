#include "directory/devices/commands.h"

#include <algorithm>
#include <array>
#include <utility>

#include "directory/devices/desired_state.h"

namespace directory {
namespace {

constexpr std::array names{std::pair{std::string_view("lock"), CommandKind::lock},
                           std::pair{std::string_view("restart"), CommandKind::restart},
                           std::pair{std::string_view("shutdown"), CommandKind::shutdown},
                           std::pair{std::string_view("erase"), CommandKind::erase}};

}  // namespace

std::string_view command_name(CommandKind kind) {
  return std::ranges::find(names, kind, &decltype(names)::value_type::second)->first;
}

std::optional<CommandKind> parse_command(std::string_view name) {
  const auto found = std::ranges::find(names, name, &decltype(names)::value_type::first);
  return found == names.end() ? std::nullopt : std::optional(found->second);
}

bool queue_command(Core& core, const SystemId& system, CommandKind kind) {
  if (pending_commands(core.db(), system).size() >= most_pending_commands) return false;
  core.db().run("INSERT INTO system_commands (id, system_id, kind) VALUES (?1, ?2, ?3)", core.new_id(),
                system.text(), command_name(kind));
  touch_systems(core, {system.text()});
  return true;
}

std::vector<Command> pending_commands(Database& db, const SystemId& system) {
  std::vector<Command> commands;
  db.query(
      "SELECT id, kind FROM system_commands WHERE system_id = ?1 ORDER BY sequence",
      [&](Row row) {
        commands.push_back({row.text(0), parse_command(row.text(1)).value_or(CommandKind::lock)});
      },
      system.text());
  return commands;
}

void acknowledge_command(Core& core, const SystemId& system, std::string_view id) {
  core.db().run("DELETE FROM system_commands WHERE id = ?1 AND system_id = ?2", id, system.text());
}

}  // namespace directory
