#include "directory/organization/settings_store.h"

#include "directory/organization/settings_json.h"

namespace directory {

void load_settings(Core& core) {
  const auto stored = core.db().first("SELECT body FROM organization_settings WHERE id = 1",
                                      [](Row row) { return row.text(0); });
  if (!stored) {
    store_settings(core, core.settings);
    return;
  }
  const auto body = base::parse_json(*stored);
  if (!body || !body->is_object()) return;
  if (auto settings = with_changes(core.settings, body->get_object())) core.settings = std::move(*settings);
}

void store_settings(Core& core, const OrganizationSettings& settings) {
  core.db().run(
      "INSERT INTO organization_settings (id, body) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET body = "
      "excluded.body",
      base::to_text(to_json(settings)));
}

}  // namespace directory
