#include "directory/devices/agent_requests.h"

#include "directory/devices/system_record.h"
#include "directory/server/responses.h"

namespace directory {

std::optional<System> system_asking(Core& core, const base::HttpRequest& request) {
  const auto key = request.headers.find("x-system-key");
  if (!key) return std::nullopt;
  return find_system_by_agent_key(core.db(), base::Secret(std::string(*key)));
}

base::HttpResponse unknown_system(Core& core, const base::HttpRequest& request) {
  const auto key = request.headers.find("x-system-key");
  const bool forgotten = core.has(Defect::deleted_device_is_forgotten);
  if (key && !forgotten && is_to_be_removed(core.db(), base::Secret(std::string(*key)))) {
    return error_response(410, "the system is deleted: the agent uninstalls itself");
  }
  return error_response(401, "the system is not known");
}

Actor actor_of(const System& system) { return {Actor::Kind::device, system.id.text(), system.hostname}; }

}  // namespace directory
