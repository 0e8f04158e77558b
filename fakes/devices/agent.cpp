#include "fakes/devices/agent.h"

#include <fmt/format.h>

#include <utility>

#include "base/encoding.h"

namespace fakes::devices {
namespace {

}  // namespace

Agent::Agent(Device& device, AgentMemory& memory, AgentPorts ports, base::Rng rng, AgentConfig config)
    : device_(&device),
      memory_(&memory),
      ports_(ports),
      rng_(rng),
      config_(std::move(config)),
      news_(ports.scheduler),
      contact_(ports.scheduler) {
  device_->set_listener([this] { news_.notify_all(); });
  device_->set_change_listener([this](const std::string& account, const base::Secret& present,
                                      const base::Secret& password) { capture(account, {present, password}); });
}

Agent::~Agent() {
  if (!retired_) stop_listening();
}

void Agent::stop_listening() {
  device_->set_listener({});
  device_->set_change_listener({});
}

void Agent::retire() {
  retired_ = true;
  stop_listening();
  news_.notify_all();
  contact_.notify_all();
}

void reinstall_agent(Device& device, AgentMemory& memory) {
  device.act(LetGo{});
  memory = AgentMemory{};
}

base::Task<void> Agent::run() {
  while (!is_over() && !device_->running()) co_await news_.wait("the operating system");
  const bool late = has(Defect::restarted_agent_is_late) && !memory_->system_id.empty();
  if (late) co_await ports_.clock.sleep_for(std::chrono::minutes{10});
  if (is_over()) co_return;
  // An erasure that power was cut in goes on; a shutdown has come about by itself.
  if (memory_->last_command == Command::erase) carry_out(Command::erase);
  memory_->last_command.reset();
  while (!is_over()) {
    if (!device_->running()) {
      co_await news_.wait("the operating system");
      continue;
    }
    if (memory_->system_id.empty()) {
      const bool enrolled = co_await enrol();
      if (!enrolled) co_await ports_.clock.sleep_for(config_.retry);
      continue;
    }
    co_await poll_once();
  }
}

base::Task<bool> Agent::enrol() {
  if (memory_->sealing_keys.public_key.empty()) {
    memory_->sealing_keys = base::make_sealing_keys(rng_);
    ports_.witness.witness(memory_->sealing_keys.private_key);
  }
  base::JsonObject body{{"hostname", device_->name()},
                        {"os", base::json_text(device_->os())},
                        {"sealing_key", base::to_base64(memory_->sealing_keys.public_key)}};
  const auto result = co_await call("POST", "/agent/v1/register", std::move(body), call_timeout);
  if (config_.probing.sometimes(Probe::agent_registers_in_vain, !result || result->status != 201)) co_return false;
  const auto answer = base::parse_json(result->body);
  if (!answer) co_return false;
  memory_->system_id = base::string_or(*answer, "system_id", "");
  memory_->agent_key = base::Secret(base::string_or(*answer, "agent_key", ""));
  ports_.witness.witness(memory_->agent_key);
  ports_.trace.note(device_->name(), "the agent is registered");
  co_return true;
}

base::Task<void> Agent::poll_once() {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(config_.poll).count();
  const auto path = fmt::format("/agent/v1/state?revision={}&wait={}", memory_->revision, seconds);
  const auto result = co_await call("GET", path, std::nullopt, config_.poll + call_timeout);
  if (result && result->status == 410) {
    uninstall();
    co_return;
  }
  const bool unchanged = result && result->status == 204;
  const auto state =
      result && result->status == 200 ? base::parse_json(result->body) : base::fail("no state");
  const auto* accounts = state ? base::member(*state, "accounts") : nullptr;
  const bool changed = accounts != nullptr && accounts->is_array();
  if (!unchanged && !changed) {
    const auto front = device_->session();
    if (front && has(Defect::losing_contact_ends_sessions)) device_->act(EndSession{*front});
    config_.probing.reached(Probe::agent_loses_contact);
    lost_contact_ = true;
    co_await ports_.clock.sleep_for(config_.retry);
    co_return;
  }
  config_.probing.sometimes(Probe::agent_is_back, std::exchange(lost_contact_, false));
  if (changed) take_state(*state);
  contact_.notify_all();
  news_.notify_all();
}

void Agent::take_state(const base::Json& state) {
  memory_->app_hidden = base::bool_member(state, "hide_app").value_or(false);
  memory_->provisioning_offered = base::bool_member(state, "provisioning_offered").value_or(false);
  const bool shown = memory_->provisioning_offered && !has(Defect::offer_stays_hidden);
  device_->act(Offer{shown ? "Sign in with JumpCloud" : ""});
  device_->act(ShowApp{!memory_->app_hidden});
  install_service_account();
  const auto* asked = base::member(state, "password_rules");
  const auto rules = read_password_rules(asked == nullptr ? base::Json{} : *asked);
  device_->set_password_rules(rules);
  // Windows can only ask for all classes of characters or for none. [rule V89]
  const bool demanded = device_->platform() == Platform::windows ? rules.all_classes() : asked != nullptr;
  device_->act(DemandComplexity{demanded && !has(Defect::complexity_is_not_demanded)});
  apply_accounts(base::member(state, "accounts")->get_array());
  const auto* commands = base::member(state, "commands");
  if (commands != nullptr && commands->is_array()) take_commands(commands->get_array());
  memory_->revision = base::integer_member(state, "revision").value_or(0);
}

/// Users, accounts and data stay; nobody manages them any more. [rule V10]
void Agent::uninstall() {
  config_.probing.reached(Probe::agent_is_uninstalled);
  ports_.trace.note(device_->name(), "the agent is uninstalled");
  const auto accounts = device_->accounts();
  for (const auto* account : accounts) {
    if (account->managed() && has(Defect::uninstalling_disables_accounts)) device_->act(Disable{account->name});
  }
  device_->act(LetGo{});
  *memory_ = AgentMemory{};
  memory_->uninstalled = true;
  news_.notify_all();
}

base::Task<base::HttpResult> Agent::call(std::string method, std::string path,
                                         std::optional<base::JsonObject> body, base::Duration timeout) {
  base::HttpRequest request(std::move(method), config_.directory_url);
  request.target = std::move(path);
  if (memory_->agent_key.empty()) {
    request.headers.add("x-connect-key", config_.connect_key.reveal());
  } else {
    request.headers.add("x-system-key", memory_->agent_key.reveal());
  }
  if (body) {
    request.headers.add("Content-Type", "application/json");
    request.body = base::to_text(*body);
  }
  auto result = co_await ports_.transport.send(std::move(request), timeout);
  // A Mac that restarts stops at FileVault's window: whoever asked went with the operating system.
  if (!device_->running()) {
    result = std::unexpected(base::TransportFailure{base::TransportFailure::Kind::timed_out, "the device has restarted"});
  }
  // What it was meant for belongs to another agent now.
  if (retired_) result = std::unexpected(base::TransportFailure{base::TransportFailure::Kind::timed_out, "the agent is gone"});
  co_return result;
}

}  // namespace fakes::devices
