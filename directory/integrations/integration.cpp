#include "directory/integrations/integration.h"

#include <array>

namespace directory {
namespace {

constexpr std::array kinds{IntegrationKind::entra, IntegrationKind::okta, IntegrationKind::generic};

Integration read_integration(Row row) {
  return {IntegrationId{row.text(0)}, parse_integration_kind(row.text(1)).value_or(IntegrationKind::generic), row.text(2), {}};
}

}  // namespace

std::string_view kind_name(IntegrationKind kind) {
  switch (kind) {
    case IntegrationKind::entra: return "entra";
    case IntegrationKind::okta: return "okta";
    case IntegrationKind::generic: return "generic";
  }
  return "";
}

std::optional<IntegrationKind> parse_integration_kind(std::string_view name) {
  for (const auto kind : kinds) {
    if (kind_name(kind) == name) return kind;
  }
  return std::nullopt;
}

std::optional<Integration> find_integration(Database& db, const IntegrationId& id) {
  return db.first("SELECT id, kind, name FROM integrations WHERE id = ?1", read_integration, id.text());
}

std::vector<Integration> list_integrations(Database& db) {
  std::vector<Integration> found;
  db.query("SELECT id, kind, name FROM integrations ORDER BY id", [&](Row row) { found.push_back(read_integration(row)); });
  return found;
}

void insert_integration(Database& db, const Integration& integration) {
  db.run("INSERT INTO integrations (id, kind, name) VALUES (?1, ?2, ?3)", integration.id.text(), kind_name(integration.kind),
         integration.name);
}

bool is_integration_name_taken(Database& db, std::string_view name) {
  return db.exists("SELECT 1 FROM integrations WHERE name = ?1", name);
}

void delete_integration(Database& db, const IntegrationId& id) {
  db.run("DELETE FROM integrations WHERE id = ?1", id.text());
}

}  // namespace directory
