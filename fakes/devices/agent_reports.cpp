// What the agent tells the directory, and the commands it carries out: each part of a report is told until
// the directory has it, and each command is carried out once.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "fakes/devices/agent.h"

namespace fakes::devices {
namespace {

constexpr base::Duration report_timeout = std::chrono::seconds{30};
constexpr std::size_t attempts_a_report = 100;

// In the numbers of Windows; of other systems the directory does not show them. [rule DI27]
constexpr int interactive = 2;
constexpr int unlock = 7;

constexpr std::array commands{std::pair{std::string_view("lock"), Command::lock},
                              std::pair{std::string_view("restart"), Command::restart},
                              std::pair{std::string_view("shutdown"), Command::shutdown},
                              std::pair{std::string_view("erase"), Command::erase}};

std::string_view name_of(AccountKind kind) {
  switch (kind) {
    case AccountKind::local:
      return "local";
    case AccountKind::microsoft:
      return "microsoft";
    case AccountKind::domain:
      return "domain";
  }
  return "";
}

base::JsonArray list(const std::set<std::string>& ids) {
  base::JsonArray out;
  for (const auto& id : ids) out.push_back(base::Json(id));
  return out;
}

}  // namespace

base::Task<void> Agent::run_reports() {
  while (!is_over()) {
    if (device_->running()) rotate_recovery_key();
    if (!device_->running() || !has_news()) {
      co_await news_.wait("something to report");
      continue;
    }
    bool told = true;
    if (has_report()) told = co_await report();
    if (told && memory_->recovery_key) told = co_await send_recovery_key();
    if (told && !memory_->captured.empty()) told = co_await send_captured();
    // The polls find out when the directory is well again.
    if (!told && !is_over()) co_await contact_.wait("contact with the directory");
  }
}

bool Agent::has_news() const {
  const bool waiting = memory_->recovery_key || !memory_->captured.empty();
  return has_report() || (waiting && !memory_->system_id.empty());
}

bool Agent::has_report() const {
  if (memory_->system_id.empty()) return false;
  return !memory_->handoffs_done.empty() || !memory_->commands_done.empty() ||
         !device_->attempts_after(memory_->reported_attempts).empty() ||
         base::to_text(facts()) != memory_->reported_facts;
}

base::Task<bool> Agent::report() {
  // Lost reports do no harm: each part is told again, and the directory knows each for what it had.
  auto newest = memory_->reported_attempts;
  const auto told_facts = base::to_text(facts());
  const auto handoffs = memory_->handoffs_done;
  const auto done = memory_->commands_done;
  base::JsonObject body{{"handoffs_done", list(handoffs)}, {"commands_done", list(done)}};
  if (told_facts != memory_->reported_facts) body["facts"] = facts();
  if (auto made = attempts(newest); !made.empty()) body["login_attempts"] = std::move(made);
  const auto result = co_await call("POST", "/agent/v1/report", std::move(body), report_timeout);
  if (config_.probing.sometimes(Probe::agent_report_is_lost, !result || result->status != 204)) co_return false;
  memory_->reported_facts = told_facts;
  memory_->reported_attempts = newest;
  for (const auto& id : handoffs) memory_->handoffs_done.erase(id);
  for (const auto& id : done) memory_->commands_done.erase(id);
  if (memory_->last_command) carry_out(*memory_->last_command);
  co_return true;
}

base::JsonObject Agent::facts() const {
  base::JsonArray accounts;
  const auto disk = device_->disk_facts();
  for (const auto* account : device_->accounts()) {
    accounts.push_back(base::JsonObject{{"userName", account->name},
                                        {"managed", account->managed()},
                                        {"admin", account->admin},
                                        {"suspended", !account->enabled && !has(Defect::facts_hide_suspensions)},
                                        {"secureTokenEnabled", disk && disk->token_holders.contains(account->name)},
                                        {"origin", base::json_text(name_of(account->kind))}});
  }
  const bool in_domain = device_->membership() == Membership::domain;
  base::JsonObject facts{{"osVersionDetail", base::JsonObject{{"osName", device_->product()}}},
                         {"agentVersion", "1.0.0"},
                         {"arch", device_->platform() == Platform::macos ? "arm64" : "x86_64"},
                         {"azureAdJoined", device_->membership() == Membership::entra},
                         {"domainInfo",
                          base::JsonObject{{"domainName", in_domain ? "EXAMPLE" : ""}, {"partOfDomain", in_domain}}},
                         {"userMetrics", std::move(accounts)}};
  if (disk) facts["fde"] = base::JsonObject{{"active", disk->encrypted}};
  if (disk && disk->service_account) {
    facts["serviceAccountState"] = base::JsonObject{{"hasSecureToken", disk->service_account->secure_token},
                                                    {"passwordAPFSValid", disk->service_account->apfs_valid},
                                                    {"passwordODValid", disk->service_account->od_valid}};
  }
  return facts;
}

/// Attempts at accounts that are managed; `newest` becomes the sequence of the last that was looked at.
base::JsonArray Agent::attempts(std::int64_t& newest) const {
  base::JsonArray made;
  for (const auto& attempt : device_->attempts_after(newest)) {
    if (made.size() >= attempts_a_report) break;
    newest = attempt.sequence;
    const auto* account = device_->find_account(attempt.account);
    if (account == nullptr || !account->managed()) continue;
    made.push_back(base::JsonObject{{"sequence", attempt.sequence},
                                    {"user_id", account->managed_for},
                                    {"kind", attempt.elevation ? "elevation" : "sign_in"},
                                    {"success", attempt.success},
                                    {"at", base::to_rfc3339(attempt.at)},
                                    {"logon_type", attempt.at_lock_screen ? unlock : interactive}});
  }
  return made;
}

/// [rule V13]
void Agent::take_commands(const base::JsonArray& wanted) {
  const auto known = std::exchange(memory_->commands_known, {});
  for (const auto& entry : wanted) {
    const auto id = base::string_or(entry, "id", "");
    const auto kind = base::string_or(entry, "kind", "");
    const auto* found = std::ranges::find(commands, kind, &decltype(commands)::value_type::first);
    if (id.empty() || found == commands.end()) continue;
    memory_->commands_known.insert(id);
    if (known.contains(id)) continue;
    memory_->commands_done.insert(id);
    const auto command = found->second;
    if (command == Command::shutdown || command == Command::erase) {
      if (memory_->last_command != Command::erase) memory_->last_command = command;
    } else {
      carry_out(command);
    }
  }
}

void Agent::carry_out(Command command) {
  switch (command) {
    case Command::lock:
      device_->act(LockScreen{});
      break;
    case Command::restart:
      device_->act(RestartDevice{});
      break;
    case Command::shutdown:
      memory_->last_command.reset();
      device_->act(ShutDownDevice{});
      break;
    case Command::erase:
      device_->act(EraseDevice{});
      *memory_ = AgentMemory{};
      memory_->uninstalled = true;
      break;
  }
}

}  // namespace fakes::devices
