#include "directory/admins/administrator_changes.h"

#include "base/encoding.h"
#include "directory/users/attribute_rules.h"

namespace directory {
namespace {

Refusal invalid_field(std::string_view field, std::string message) {
  return {Refusal::Kind::invalid, std::string(field), std::move(message)};
}

std::optional<Refusal> check(Core& core, const Administrator& administrator) {
  if (!is_email(administrator.email) || characters(administrator.email) > longest_attribute) {
    return invalid_field("email", "an administrator needs a valid e-mail address");
  }
  for (const auto* name : {&administrator.firstname, &administrator.lastname}) {
    if (characters(*name) > longest_attribute) return invalid_field("firstname", "a name is too long");
  }
  const auto other = find_administrator_by_email(core.db(), administrator.email);
  if (other && other->id != administrator.id) {
    return Refusal{Refusal::Kind::conflict, "email", "the e-mail address is taken by another administrator"};
  }
  return std::nullopt;
}

/// Without one nobody could make another.
std::optional<Refusal> check_billing_admin_stays(Core& core, const Administrator& administrator) {
  const bool counts = administrator.role == Role::billing_admin && !administrator.suspended;
  if (!counts || has_other_billing_admin(core.db(), administrator.id)) return std::nullopt;
  return Refusal{Refusal::Kind::conflict, "roleName", "this is the last administrator with billing"};
}

std::vector<FieldChange> differences(const Administrator& before, const Administrator& after) {
  std::vector<FieldChange> changes;
  const auto compare = [&](std::string_view field, std::string_view from, std::string_view to) {
    if (from != to) changes.push_back({std::string(field), std::string(from), std::string(to)});
  };
  compare("email", before.email, after.email);
  compare("firstname", before.firstname, after.firstname);
  compare("lastname", before.lastname, after.lastname);
  compare("roleName", role_name(before.role), role_name(after.role));
  compare("suspended", before.suspended ? "true" : "false", after.suspended ? "true" : "false");
  return changes;
}

}  // namespace

EventSubject subject_of(const Administrator& administrator) {
  return {"admin", administrator.id.text(), administrator.email};
}

Change<Administrator> create_administrator(Core& core, Administrator fresh, const Actor& actor) {
  if (auto refusal = check(core, fresh)) return std::unexpected(std::move(*refusal));
  if (count_administrators(core.db()) >= most_administrators) {
    return std::unexpected(Refusal{Refusal::Kind::conflict, "email", "there are too many administrators"});
  }
  fresh.id = AdministratorId{core.new_id()};
  fresh.created = core.now();
  insert_administrator(core.db(), fresh);
  core.events.write("admin_create", core.now(), actor, subject_of(fresh));
  return fresh;
}

Change<Administrator> change_administrator(Core& core, const Administrator& before, Administrator after,
                                           const Actor& actor) {
  const auto changes = differences(before, after);
  if (changes.empty()) return before;
  if (auto refusal = check(core, after)) return std::unexpected(std::move(*refusal));
  if (after.role != Role::billing_admin || after.suspended) {
    if (auto refusal = check_billing_admin_stays(core, before)) return std::unexpected(std::move(*refusal));
  }
  update_administrator(core.db(), after);
  core.events.write("admin_update", core.now(), actor, subject_of(after), changes);
  return after;
}

Change<void> remove_administrator(Core& core, const Administrator& administrator, const Actor& actor) {
  if (auto refusal = check_billing_admin_stays(core, administrator)) return std::unexpected(std::move(*refusal));
  delete_administrator(core.db(), administrator.id);
  core.events.write("admin_delete", core.now(), actor, subject_of(administrator));
  return {};
}

}  // namespace directory
