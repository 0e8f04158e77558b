#include "directory/devices/recovery_key.h"

#include <fmt/format.h>

#include "base/crypto.h"
#include "directory/devices/agent_requests.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

constexpr std::size_t vault_key_size = 32;

/// Of the box: the key of one system is not taken for that of another.
std::string context_of(const SystemId& system) { return fmt::format("recovery key of {}", system.text()); }

}  // namespace

Decided take_recovery_key(Core& core, const System& system, const base::JsonObject& body) {
  const auto sequence = base::integer_member(body, "sequence");
  const base::Secret key(base::string_or(body, "key", ""));
  if (!sequence || *sequence < 1) return error_response(400, "sequence counts the keys from 1");
  if (key.empty() || key.reveal().size() > longest_recovery_key) {
    return error_response(400, fmt::format("key is a text of at most {} bytes", longest_recovery_key));
  }
  core.ports.witness->witness(key);
  const auto known = core.db().first(
      "SELECT sequence FROM recovery_keys WHERE system_id = ?1", [](Row row) { return row.integer(0); }, system.id.text());
  if (known && *known >= *sequence) return base::HttpResponse(204);
  const auto& vault_key = core.ports.vault_key;
  if (vault_key.reveal().size() != vault_key_size) return error_response(409, "there is no vault key to seal it with");
  auto rng = core.ports.rng.fork("recovery key", core.ports.rng.next());
  const auto box = base::seal(key.reveal(), base::sealing_keys_of(vault_key).public_key, context_of(system.id), rng);
  if (!box) return error_response(409, "the vault key is not usable");
  core.db().run(
      "INSERT INTO recovery_keys (system_id, sequence, sealed, escrowed) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (system_id) DO UPDATE SET sequence = excluded.sequence, sealed = excluded.sealed, "
      "escrowed = excluded.escrowed",
      system.id.text(), *sequence, *box, core.now());
  core.events.write(core.now(), Event{.type = "system_fde_key_update",
                                      .actor = actor_of(system),
                                      .subject = subject_of(system),
                                      .service = EventService::systems,
                                      .system = EventSystem{system.id.text(), system.hostname, system.hostname}});
  return base::HttpResponse(204);
}

std::optional<base::Secret> find_recovery_key(Core& core, const SystemId& system) {
  const auto box = core.db().first(
      "SELECT sealed FROM recovery_keys WHERE system_id = ?1", [](Row row) { return row.text(0); }, system.text());
  const auto& vault_key = core.ports.vault_key;
  if (!box || vault_key.reveal().size() != vault_key_size) return std::nullopt;
  return base::open_sealed(*box, base::sealing_keys_of(vault_key), context_of(system));
}

bool has_recovery_key(Database& db, const SystemId& system) {
  return db.exists("SELECT 1 FROM recovery_keys WHERE system_id = ?1", system.text());
}

}  // namespace directory
