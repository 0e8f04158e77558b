#include "directory/devices/agent_api.h"

#include <fmt/format.h>

#include <charconv>

#include "base/encoding.h"
#include "directory/admins/api_keys.h"
#include "directory/devices/agent_report.h"
#include "directory/devices/agent_requests.h"
#include "directory/devices/device_password_change.h"
#include "directory/devices/recovery_key.h"
#include "directory/devices/system_record.h"
#include "directory/groups/dynamic_membership.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonObject;
using base::Secret;

/// A poll that finds nothing new is written down no oftener than this.
constexpr base::Duration contact_granularity = std::chrono::minutes{5};

HttpResponse note_contact(Core& core, const System& system) {
  return core.transact([&] {
    core.db().run("UPDATE systems SET last_contact = ?2 WHERE id = ?1", system.id.text(), core.now());
    return HttpResponse(204);
  });
}

std::int64_t integer_parameter(const base::Target& target, std::string_view name) {
  const auto given = target.parameter(name).value_or("0");
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), value);
  return error == std::errc{} && end == given.data() + given.size() && value >= 0 ? value : 0;
}

}  // namespace

void AgentApi::add_routes(Router& router) {
  router.add_waiting("GET", "/agent/v1/state", [this](RoutedRequest request) { return poll(std::move(request)); });
  router.add("POST", "/agent/v1/register", bound(*this, &AgentApi::register_system));
  router.add("POST", "/agent/v1/report", bound(*this, &AgentApi::report));
  router.add("POST", "/agent/v1/password", bound(*this, &AgentApi::change_password));
  router.add("POST", "/agent/v1/recovery-key", bound(*this, &AgentApi::escrow));
}

HttpResponse AgentApi::register_system(const RoutedRequest& request) {
  if (!may_register_systems(*core_, request.http)) return error_response(401, "a valid connect key is required");
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto hostname = base::string_or(*body, "hostname", "");
  const auto os = base::string_or(*body, "os", "");
  const auto sealing_key = base::from_base64(base::string_or(*body, "sealing_key", ""));
  if (hostname.empty() || hostname.size() > 255) return error_response(400, "hostname is required");
  if (os != "windows" && os != "macos") return error_response(400, "os is one of windows, macos");
  if (!sealing_key || sealing_key->size() != 32) return error_response(400, "sealing_key is an X25519 key in base64");
  return core_->transact([&]() -> Decided {
    const auto key = core_->new_token();
    // The answer to an earlier registration was lost: nobody has the key that it gave.
    const auto unused = core_->db().first(
        "UPDATE systems SET agent_key_digest = ?4 WHERE hostname = ?1 AND os = ?2 AND sealing_key = ?3 AND last_contact = created RETURNING id",
        [](Row row) { return row.text(0); }, hostname, os, *sealing_key, token_digest(key));
    if (core_->probes.sometimes(Probe::device_registers_again, unused.has_value())) return json_response(201, JsonObject{{"system_id", *unused}, {"agent_key", key.reveal()}});
    const auto id = core_->new_id();
    core_->db().run(
        "INSERT INTO systems (id, hostname, display_name, os, agent_key_digest, sealing_key, created, last_contact) "
        "VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?6)",
        id, hostname, os, token_digest(key), *sealing_key, core_->now());
    core_->events.write("system_create", core_->now(), {Actor::Kind::device, id, hostname}, {"system", id, hostname});
    evaluate_candidate(*core_, GraphType::system, id);  // [rule D52]
    return json_response(201, JsonObject{{"system_id", id}, {"agent_key", key.reveal()}});
  });
}

base::Task<HttpResponse> AgentApi::poll(RoutedRequest routed) {
  const auto& request = routed.http;
  const auto known = integer_parameter(routed.target, "revision");
  const auto longest = std::chrono::floor<std::chrono::seconds>(core_->options.longest_poll).count();
  const auto wait = std::chrono::seconds{std::min<std::int64_t>(integer_parameter(routed.target, "wait"), longest)};
  const auto deadline = core_->ports.scheduler->now() + wait;
  auto system = system_asking(*core_, request);
  if (!system) co_return unknown_system(*core_, request);
  auto hold = core_->connections.hold(system->id.text());
  if (core_->probes.sometimes(Probe::too_many_polls, !hold)) co_return error_response(503, "too many polls are held");
  for (;;) {
    if (system->revision != known) co_return state_of(*system);
    if (core_->now() - system->last_contact >= contact_granularity) {
      auto written = note_contact(*core_, *system);
      if (!written.ok()) co_return written;
    }
    const bool is_over = core_->ports.scheduler->now() >= deadline || core_->ending();
    if (is_over || core_->fires(FaultPoint::poll_is_answered_early)) co_return HttpResponse(204);
    co_await hold->changed(deadline);
    if (core_->probes.sometimes(Probe::poll_is_superseded, hold->superseded())) co_return error_response(409, "a newer poll of this system has come");
    core_->probes.sometimes(Probe::poll_is_woken, core_->ports.scheduler->now() < deadline);
    system = system_asking(*core_, request);
    if (!system) co_return unknown_system(*core_, request);
  }
}

HttpResponse AgentApi::state_of(const System& system) {
  return core_->transact([&] {
    core_->db().run("UPDATE systems SET last_contact = ?2 WHERE id = ?1", system.id.text(), core_->now());
    return json_response(200, desired_state(*core_, system));
  });
}

HttpResponse AgentApi::report(const RoutedRequest& request) {
  auto body = read_object(request.http, largest_report);
  if (!body) return body.error();
  return core_->transact([&]() -> Decided {
    const auto system = system_asking(*core_, request.http);
    if (!system) return unknown_system(*core_, request.http);
    return take_report(*core_, *system, *body);
  });
}

HttpResponse AgentApi::change_password(const RoutedRequest& request) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  return core_->transact([&]() -> Decided {
    const auto system = system_asking(*core_, request.http);
    if (!system) return unknown_system(*core_, request.http);
    return take_password_change(*core_, *system, *body);
  });
}

HttpResponse AgentApi::escrow(const RoutedRequest& request) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  return core_->transact([&]() -> Decided {
    const auto system = system_asking(*core_, request.http);
    if (!system) return unknown_system(*core_, request.http);
    return take_recovery_key(*core_, *system, *body);
  });
}

}  // namespace directory
