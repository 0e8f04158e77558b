#include "directory/devices/agent_report.h"

#include <string>
#include <vector>

#include "directory/devices/account_provisioning.h"
#include "directory/devices/commands.h"
#include "directory/devices/device_logins.h"
#include "directory/devices/system_facts.h"
#include "directory/groups/dynamic_membership.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

constexpr std::size_t most_ids = 1'000;

/// The texts of a list; what is no text is passed over.
std::vector<std::string> ids_in(const base::JsonObject& body, std::string_view name) {
  std::vector<std::string> ids;
  const auto* list = base::member(body, name);
  if (list == nullptr || !list->is_array()) return ids;
  for (const auto& id : list->get_array()) {
    if (id.is_string() && ids.size() < most_ids) ids.emplace_back(base::as_text(id.get_string()));
  }
  return ids;
}

void store_facts(Core& core, const System& system, const SystemFacts& facts) {
  const auto before = why_not_offered(core, system);
  core.db().run("UPDATE systems SET facts = ?2 WHERE id = ?1", system.id.text(),
                base::to_text(to_json(facts)));
  if (why_not_offered(core, system) != before) touch_systems(core, {system.id.text()});
  evaluate_candidate(core, GraphType::system, system.id.text());  // [rule D52]
}

}  // namespace

Decided take_report(Core& core, const System& system, const base::JsonObject& body) {
  core.db().run("UPDATE systems SET last_contact = ?2 WHERE id = ?1", system.id.text(), core.now());
  if (const auto* report = base::member(body, "facts")) {
    if (!report->is_object()) return error_response(400, "facts must be an object");
    const auto facts = read_facts(report->get_object());
    if (!facts) return error_response(400, facts.error());
    store_facts(core, system, *facts);
  }
  if (const auto* list = base::member(body, "login_attempts")) {
    const auto logins = read_device_logins(*list);
    if (!logins) return error_response(400, logins.error());
    record_device_logins(core, system, *logins);
  }
  // A hand-off is erased once the device has it; a newer one has another id and stays.
  for (const auto& id : ids_in(body, "handoffs_done")) {
    core.db().run("DELETE FROM handoffs WHERE id = ?1 AND system_id = ?2", id, system.id.text());
    core.probes.sometimes(Probe::handoff_is_acknowledged_again, core.db().changed_rows() == 0);
  }
  for (const auto& id : ids_in(body, "commands_done")) acknowledge_command(core, system.id, id);
  return base::HttpResponse(204);
}

}  // namespace directory
