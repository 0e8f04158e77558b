#include "fakes/devices/agent.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"

namespace fakes::devices {
namespace {

constexpr base::Duration call_timeout = std::chrono::seconds{30};

}  // namespace

std::string_view to_text(PasswordChange outcome) {
  switch (outcome) {
    case PasswordChange::ok: return "ok";
    case PasswordChange::wrong_password: return "wrong password";
    case PasswordChange::refused: return "refused";
    case PasswordChange::offline: return "offline";
    case PasswordChange::not_managed: return "not managed";
  }
  return "";
}

Agent::Agent(Device& device, AgentMemory& memory, base::Clock& clock, base::HttpTransport& transport, base::Trace& trace,
             base::SecretWitness& witness, base::Rng rng, AgentConfig config)
    : device_(&device),
      memory_(&memory),
      clock_(&clock),
      transport_(&transport),
      trace_(&trace),
      witness_(&witness),
      rng_(rng),
      config_(std::move(config)) {}

base::Task<void> Agent::run() {
  for (;;) {
    if (memory_->system_id.empty()) {
      const bool enrolled = co_await enrol();
      if (!enrolled) co_await clock_->sleep_for(config_.retry);
      continue;
    }
    co_await poll_once();
  }
}

base::Task<bool> Agent::enrol() {
  if (memory_->sealing_keys.public_key.empty()) {
    memory_->sealing_keys = base::make_sealing_keys(rng_);
    witness_->witness(memory_->sealing_keys.private_key);
  }
  base::JsonObject body{{"hostname", device_->name()},
                        {"os", boost::json::string_view(device_->os().data(), device_->os().size())},
                        {"sealing_key", base::to_base64(memory_->sealing_keys.public_key)}};
  const auto result = co_await call("POST", "/agent/v1/register", std::move(body), call_timeout);
  if (!result || result->status != 201) co_return false;
  const auto answer = base::parse_json(result->body);
  if (!answer) co_return false;
  memory_->system_id = base::string_or(*answer, "system_id", "");
  memory_->agent_key = base::Secret(base::string_or(*answer, "agent_key", ""));
  witness_->witness(memory_->agent_key);
  trace_->note(device_->name(), "the agent is registered");
  co_return true;
}

base::Task<void> Agent::poll_once() {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(config_.poll).count();
  const auto path = fmt::format("/agent/v1/state?revision={}&wait={}", memory_->revision, seconds);
  const auto result = co_await call("GET", path, std::nullopt, config_.poll + call_timeout);
  if (!result || (result->status != 200 && result->status != 204)) {
    co_await clock_->sleep_for(config_.retry);
    co_return;
  }
  if (result->status == 204) co_return;
  const auto state = base::parse_json(result->body);
  const auto* accounts = state ? base::member(*state, "accounts") : nullptr;
  if (accounts == nullptr || !accounts->is_array()) {
    co_await clock_->sleep_for(config_.retry);
    co_return;
  }
  const auto used = apply(accounts->get_array());
  memory_->revision = base::integer_member(*state, "revision").value_or(0);
  if (used.empty()) co_return;
  base::JsonArray ids;
  for (const auto& id : used) ids.push_back(base::Json(id));
  // Lost reports do no harm: the hand-off stays in the state and is recognised by its stamp.
  base::JsonObject report{{"handoffs_done", std::move(ids)}};
  co_await call("POST", "/agent/v1/report", std::move(report), call_timeout);
}

base::Task<PasswordChange> Agent::change_password(std::string name, base::Secret old_password, base::Secret new_password) {
  auto* account = device_->find_account(name);
  if (account == nullptr || account->managed_for.empty()) co_return PasswordChange::not_managed;
  const auto user_id = account->managed_for;
  base::JsonObject body{{"user_id", user_id}, {"old_password", old_password.reveal()}, {"new_password", new_password.reveal()}};
  const auto result = co_await call("POST", "/agent/v1/password", std::move(body), call_timeout);
  if (!result) co_return PasswordChange::offline;
  if (result->status == 403) co_return PasswordChange::wrong_password;
  if (!result->ok()) co_return PasswordChange::refused;
  const auto answer = base::parse_json(result->body);
  account = device_->find_account(name);
  if (account == nullptr) co_return PasswordChange::not_managed;
  memory_->password_stamps[user_id] = answer ? base::integer_member(*answer, "password_set").value_or(0) : 0;
  device_->set_verifier(*account, device_->make_verifier(new_password), PasswordOrigin::typed_here);
  trace_->note(device_->name(), fmt::format("{} has changed the password here", name));
  co_return PasswordChange::ok;
}

base::Task<base::HttpResult> Agent::call(std::string method, std::string path, std::optional<base::JsonObject> body,
                                         base::Duration timeout) {
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
  auto result = co_await transport_->send(std::move(request), timeout);
  co_return result;
}

std::vector<std::string> Agent::apply(const base::JsonArray& wanted_accounts) {
  std::vector<std::string> used;
  std::vector<std::string> wanted_users;
  for (const auto& wanted : wanted_accounts) {
    if (!wanted.is_object()) continue;
    wanted_users.push_back(base::string_or(wanted, "user_id", ""));
    auto* account = claim_account(wanted.get_object());
    if (account == nullptr) continue;
    account->full_name = base::string_or(wanted, "display_name", account->full_name);
    account->admin = base::bool_member(wanted, "sudo").value_or(false);  // [rule V11]
    if (auto id = take_handoff(*account, wanted.get_object())) used.push_back(std::move(*id));
    device_->set_enabled(*account, base::bool_member(wanted, "enabled").value_or(false));
  }
  // A managed account whose user is no longer bound is disabled and kept. [rule V8] [rule V22]
  for (const auto& [name, listed] : device_->accounts()) {
    if (listed.managed_for.empty() || std::ranges::find(wanted_users, listed.managed_for) != wanted_users.end()) continue;
    device_->set_enabled(*device_->find_account(name), false);
  }
  return used;
}

/// The account that is managed for the user; else the one of the wanted name, taken over; else a new one. [rule V1]
LocalAccount* Agent::claim_account(const base::JsonObject& wanted) {
  const auto user_id = base::string_or(wanted, "user_id", "");
  const auto name = base::string_or(wanted, "local_account", "");
  if (user_id.empty() || name.empty()) return nullptr;
  if (auto* managed = device_->find_managed(user_id)) return managed;
  if (auto* local = device_->find_account(name)) {
    if (!local->managed_for.empty()) {
      trace_->note(device_->name(), fmt::format("account {} is managed for somebody else", name));
      return nullptr;
    }
    trace_->note(device_->name(), fmt::format("account {} is taken over", name));
    local->managed_for = user_id;
    return local;
  }
  device_->create_managed_account(name, base::string_or(wanted, "display_name", name), user_id);
  return device_->find_account(name);
}

/// Opens a sealed verifier and sets it, unless the device has that password already.
std::optional<std::string> Agent::take_handoff(LocalAccount& account, const base::JsonObject& wanted) {
  const auto* handoff = base::member(wanted, "handoff");
  if (handoff == nullptr || !handoff->is_object()) return std::nullopt;
  const auto id = base::string_or(*handoff, "id", "");
  const auto stamp = base::integer_member(*handoff, "password_set").value_or(0);
  auto& known = memory_->password_stamps[account.managed_for];
  if (stamp == known) return id;
  const auto box = base::from_base64(base::string_or(*handoff, "sealed", ""));
  const auto context = fmt::format("password of {} for {}", account.managed_for, memory_->system_id);
  const auto verifier = box ? base::open_sealed(*box, memory_->sealing_keys, context) : std::nullopt;
  if (!verifier) {
    trace_->note(device_->name(), "a hand-off cannot be opened");
    return std::nullopt;
  }
  known = stamp;
  device_->set_verifier(account, verifier->reveal(), PasswordOrigin::elsewhere);
  trace_->note(device_->name(), fmt::format("the password of {} is set by the agent", account.name));
  return id;
}

}  // namespace fakes::devices
