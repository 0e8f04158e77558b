#include "directory/policies/policy.h"

#include <fmt/format.h>

namespace directory {
namespace {

constexpr std::string_view columns = "id, name, template, settings, created";

Policy read(Row row) {
  return {PolicyId{row.text(0)}, row.text(1), find_policy_template(row.text(2)),
          base::parse_json(row.text(3)).value_or(base::Json{}), row.instant(4)};
}

}  // namespace

std::optional<Policy> find_policy(Database& db, const PolicyId& id) {
  return db.first(fmt::format("SELECT {} FROM policies WHERE id = ?1", columns), read, id.text());
}

std::vector<Policy> list_policies(Database& db, std::int64_t skip, std::int64_t limit) {
  std::vector<Policy> found;
  db.query(
      fmt::format("SELECT {} FROM policies ORDER BY created, id LIMIT ?1 OFFSET ?2", columns),
      [&](Row row) { found.push_back(read(row)); }, limit, skip);
  return found;
}

std::int64_t count_policies(Database& db) {
  return db.first("SELECT count(*) FROM policies", [](Row row) { return row.integer(0); }).value_or(0);
}

void insert_policy(Database& db, const Policy& policy) {
  db.run("INSERT INTO policies (id, name, template, settings, created) VALUES (?1, ?2, ?3, ?4, ?5)",
         policy.id.text(), policy.name, policy.policy_template->id, base::to_text(policy.value),
         policy.created);
}

void update_policy(Database& db, const Policy& policy) {
  db.run("UPDATE policies SET name = ?2, settings = ?3 WHERE id = ?1", policy.id.text(), policy.name,
         base::to_text(policy.value));
}

void delete_policy(Database& db, const PolicyId& id) {
  db.run("DELETE FROM policies WHERE id = ?1", id.text());
}

}  // namespace directory
