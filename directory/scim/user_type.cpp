#include "directory/scim/user_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/crypto.h"
#include "base/encoding.h"
#include "directory/groups/group_store.h"
#include "directory/passwords/password_changes.h"
#include "directory/scim/indexed_lookup.h"
#include "directory/scim/indexes.h"
#include "directory/scim/responses.h"
#include "directory/scim/user_names.h"
#include "directory/users/attribute_rules.h"
#include "directory/users/user_store.h"

namespace directory::scim {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::string_view creation_source = "jumpcloud:scim";  // [rule D31]
constexpr int most_numbers = 1000;
constexpr std::int64_t users_read_at_once = 500;

Refusal taken(std::string_view field, std::string message) {
  return {Refusal::Kind::conflict, std::string(field), std::move(message)};
}

std::optional<std::string> as_change_value(const Json* value) {
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(base::as_text(value->get_string()));
}

/// What differs between documents, by attribute; only plain text is shown with its values. [rule DI24]
std::vector<FieldChange> differences(const UserDocument& before, const UserDocument& after) {
  std::vector<FieldChange> changes;
  if (before.user_name != after.user_name) changes.push_back({"userName", before.user_name, after.user_name});
  const auto compare = [&](std::string_view name, const Json* from, const Json* to) {
    if (from != nullptr && to != nullptr && *from == *to) return;
    changes.push_back({std::string(name), as_change_value(from), as_change_value(to)});
  };
  for (const auto& member : before.attributes) {
    compare({member.key().data(), member.key().size()}, &member.value(),
            after.attributes.if_contains(member.key()));
  }
  for (const auto& member : after.attributes) {
    if (before.attributes.contains(member.key())) continue;
    compare({member.key().data(), member.key().size()}, nullptr, &member.value());
  }
  return changes;
}

/// A manager who is a user is the directory's own business; any other id is kept as it was sent. [rule D26]
void place_manager(Database& db, UserWrite& write) {
  write.attributes.manager.reset();
  auto* extension = write.document.if_contains(base::json_key(enterprise_user_schema_urn));
  const auto* manager = extension != nullptr ? base::member(*extension, "manager") : nullptr;
  const auto id = manager != nullptr ? base::string_member(*manager, "value") : std::nullopt;
  if (!id || !find_user(db, UserId{*id})) return;
  write.attributes.manager = *id;
  extension->get_object().erase("manager");
  if (extension->get_object().empty()) write.document.stable_erase(base::json_key(enterprise_user_schema_urn));
}

/// What a defect drops of a resource that Entra's integration sends.
struct LostAttribute {
  Defect defect;
  std::optional<std::string> UserAttributes::*member;
};
constexpr std::array lost_attributes{LostAttribute{Defect::scim_loses_given_name, &UserAttributes::firstname},
                                     LostAttribute{Defect::scim_loses_surname, &UserAttributes::lastname},
                                     LostAttribute{Defect::scim_loses_display_name, &UserAttributes::displayname},
                                     LostAttribute{Defect::scim_loses_job_title, &UserAttributes::job_title},
                                     LostAttribute{Defect::scim_loses_department, &UserAttributes::department},
                                     LostAttribute{Defect::scim_loses_location, &UserAttributes::location},
                                     LostAttribute{Defect::scim_loses_cost_center, &UserAttributes::cost_center},
                                     LostAttribute{Defect::scim_loses_employee_type, &UserAttributes::employee_type},
                                     LostAttribute{Defect::scim_loses_company, &UserAttributes::company},
                                     LostAttribute{Defect::scim_loses_employee_number, &UserAttributes::employee_identifier}};

void lose_attributes(const Core& core, UserAttributes& attributes) {
  for (const auto& [defect, member] : lost_attributes) {
    if (core.has(defect)) (attributes.*member).reset();
  }
}

std::string username_of(const Core& core, std::string name) {
  if (core.has(Defect::username_ends_at_dot)) name.resize(std::min(name.find('.'), name.size()));
  return name;
}

/// Older examples of Microsoft's write the extension's URN so. [Entra provisioning-clients 2.6-03]
void mend_enterprise_urn(JsonObject& body) {
  constexpr std::string_view mistyped = "urn:ietf:params:scim:schemas:extension:enterprise:2.0User";
  for (const auto& member : body) {
    if (!base::equals_ignoring_case({member.key().data(), member.key().size()}, mistyped)) continue;
    auto extension = member.value();
    const std::string key(member.key());
    body.erase(key);
    body[base::json_key(enterprise_user_schema_urn)] = std::move(extension);
    return;
  }
}

}  // namespace

JsonObject UserType::resource_of(User user) const {
  auto& db = core_->db();
  UserView view{std::move(user), {}, {}, {}};
  view.document = find_document(db, view.user.id);
  if (policy_.detail == Detail::document) {
    for (const auto& id : groups_of_member(db, view.user.id.text())) {
      if (const auto group = find_group(db, GraphType::user_group, id))
        view.groups.push_back({id.text(), group->fields.name});
    }
    if (view.user.attributes.manager) view.manager = find_user(db, UserId{*view.user.attributes.manager});
  }
  auto resource = to_resource(view, policy_.detail, base_url_);
  const bool expired_is_active = core_->options.scim_expiry == ScimExpiry::active && !core_->has(Defect::expiry_always_shows);
  if (expired_is_active || core_->has(Defect::expired_shows_as_active)) resource["active"] = view.user.state != UserState::suspended;
  if (core_->has(Defect::scim_hides_dates)) {
    for (const auto* name : {"created", "lastModified"}) resource["meta"].as_object().erase(name);
  }
  return resource;
}

std::optional<JsonObject> UserType::find(std::string_view id) {
  auto user = std::exchange(written_, std::nullopt);
  if (!user || user->id.text() != id) user = find_user(core_->db(), UserId{std::string(id)});
  if (!user) return std::nullopt;
  return resource_of(std::move(*user));
}

// An expired password shows as inactive without a suspension; what a client asks for is compared with the
// state alone, so that disabling still suspends and enabling does not pass for an activation. [rule RT2]
std::optional<JsonObject> UserType::find_for_change(std::string_view id) {
  const auto user = find_user(core_->db(), UserId{std::string(id)});
  if (!user) return std::nullopt;
  auto resource = resource_of(*user);
  resource["active"] = user->state != UserState::suspended;
  return resource;
}

Change<std::string> UserType::username_for(const std::string& user_name, const UserId& self) const {
  const auto is_free = [&](std::string_view username) {
    const auto other = find_user_by_username(core_->db(), username);
    return !other || other->id == self;
  };
  auto username = username_of(*core_, username_from(user_name, core_->options.username_dots));
  if (is_free(username)) return username;
  if (policy_.collision == LoginCollision::number) {
    for (int number = 2; number <= most_numbers; ++number) {
      core_->probes.reached(Probe::scim_username_is_numbered);
      auto other = numbered(username, number);
      if (is_free(other)) return other;
    }
  }
  core_->probes.reached(Probe::scim_name_is_taken);
  return std::unexpected(
      taken("username", fmt::format("the username '{}', which the userName leads to, is taken", username)));
}

Change<void> UserType::derive_username(UserWrite& write, UserDocument& document, const UserId& self) const {
  if (policy_.user_names == UserNameRule::username) {
    write.attributes.username = username_of(*core_, write.user_name);
    return {};
  }
  if (write.user_name.empty())
    return std::unexpected(Refusal{Refusal::Kind::invalid, "userName", "a userName is required"});
  if (characters(write.user_name) > longest_attribute) {
    return std::unexpected(Refusal{Refusal::Kind::invalid, "userName",
                                   fmt::format("a userName has at most {} characters", longest_attribute)});
  }
  if (const auto other = find_by_user_name(core_->db(), write.user_name); other && *other != self) {
    return std::unexpected(taken("userName", "the userName is taken by another user"));
  }
  auto username = username_for(write.user_name, self);
  if (!username) return std::unexpected(username.error());
  write.attributes.username = std::move(*username);
  document.user_name =
      write.attributes.username == write.user_name ? std::nullopt : std::optional(write.user_name);
  return {};
}

JsonObject UserType::completed(JsonObject body) const {
  mend_enterprise_urn(body);
  if (core_->has(Defect::scim_makes_up_an_address) && base::member_ignoring_case(body, "emails") == nullptr)
    body["emails"] = JsonArray{JsonObject{{"value", "unknown@example.test"}, {"type", "work"}, {"primary", true}}};
  const auto* user_name = base::member_ignoring_case(body, "userName");
  if (policy_.user_names != UserNameRule::login || user_name == nullptr || !user_name->is_string())
    return body;
  if (base::member_ignoring_case(body, "emails") != nullptr) return body;
  const std::string address(base::as_text(user_name->get_string()));
  if (is_email(address))
    body["emails"] = JsonArray{JsonObject{{"value", address}, {"type", "work"}, {"primary", true}}};
  return body;
}

Written UserType::create(JsonObject resource) {
  written_.reset();
  auto write = read_user(std::move(resource), {}, policy_.detail);
  if (!write) return std::unexpected(scim_refusal(write.error()));
  if (policy_.detail == Detail::document) place_manager(core_->db(), *write);
  if (policy_.detail == Detail::table) lose_attributes(*core_, write->attributes);
  UserDocument document{std::nullopt, std::move(write->document)};
  if (auto derived = derive_username(*write, document, UserId{}); !derived) {
    return std::unexpected(scim_refusal(derived.error()));
  }
  NewUser fresh{std::move(write->attributes), core_->settings.state_of_scim_users(),
                std::string(creation_source)};
  if (core_->has(Defect::scim_ignores_default_state)) fresh.state = UserState::activated;
  if (core_->probes.sometimes(Probe::scim_creates_a_suspended_user, !write->active.value_or(true))) fresh.state = UserState::suspended;
  if (policy_.passwords) fresh.password = std::move(write->password);
  auto user = create_user(*core_, std::move(fresh), actor_);
  if (!user) {
    core_->probes.sometimes(Probe::scim_creation_conflicts, user.error().kind == Refusal::Kind::conflict);
    return std::unexpected(scim_refusal(user.error()));
  }
  store_document(core_->db(), user->id, document);
  return written_.emplace(std::move(*user)).id.text();
}

/// A password goes in while the user is not suspended: after a reactivation, before a suspension.
Change<User> UserType::apply_state(User user, const UserWrite& write) const {
  const bool enabled = user.state != UserState::suspended;
  bool enable = write.active.value_or(enabled);
  const bool entra = policy_.user_names == UserNameRule::username;
  if (enabled && core_->has(entra ? Defect::entra_cannot_suspend : Defect::okta_cannot_suspend)) enable = enabled;
  if (!enabled && core_->has(entra ? Defect::entra_cannot_reactivate : Defect::okta_cannot_reactivate)) enable = enabled;
  Change<User> changed = std::move(user);
  if (core_->probes.sometimes(Probe::scim_reactivates, enable && !enabled)) changed = change_state(*core_, *changed, UserState::activated, actor_);
  if (changed && policy_.passwords && write.password &&
      !(changed->password_hash && !changed->password_expired &&
        base::verify_password(*write.password, *changed->password_hash))) {
    changed = set_password(*core_, *changed, *write.password, actor_);
  }
  if (core_->probes.sometimes(Probe::scim_suspends, changed && !enable && enabled)) changed = change_state(*core_, *changed, UserState::suspended, actor_);
  return changed;
}

Written UserType::update(std::string_view id, JsonObject resource) {
  written_.reset();
  auto& db = core_->db();
  const auto user = find_user(db, UserId{std::string(id)});
  if (!user) return std::unexpected(not_found("user"));
  const auto before = find_document(db, user->id);
  auto write = read_user(std::move(resource), user->attributes, policy_.detail);
  if (!write) return std::unexpected(scim_refusal(write.error()));
  auto after = before;
  if (policy_.detail == Detail::document) {
    place_manager(db, *write);
    after.attributes = std::move(write->document);
  } else {
    lose_attributes(*core_, write->attributes);
  }
  // A userName that stays leaves the username alone, which an admin may have changed meanwhile.
  if (write->user_name != user_name_of(*user, before, policy_.detail)) {
    if (auto derived = derive_username(*write, after, user->id); !derived) {
      return std::unexpected(scim_refusal(derived.error()));
    }
  }
  auto changed =
      change_attributes(*core_, *user, std::move(write->attributes), actor_, differences(before, after));
  if (changed) changed = apply_state(std::move(*changed), *write);
  if (!changed) return std::unexpected(scim_refusal(changed.error()));
  if (after != before) store_document(db, user->id, after);
  return written_.emplace(std::move(*changed)).id.text();
}

Written UserType::remove(std::string_view id) {
  written_.reset();
  const auto user = find_user(core_->db(), UserId{std::string(id)});
  if (!user) return std::unexpected(not_found("user"));
  if (core_->probes.sometimes(Probe::scim_deletes, policy_.deletion == Deletion::deletes)) {
    if (auto removed = remove_user(*core_, *user, actor_); !removed)
      return std::unexpected(scim_refusal(removed.error()));
  } else if (auto changed = change_state(*core_, *user, UserState::suspended, actor_); !changed) {
    return std::unexpected(scim_refusal(changed.error()));
  }
  return user->id.text();
}

std::int64_t UserType::count() {
  return count_users(core_->db());
}

JsonArray UserType::page(std::int64_t skip, std::int64_t limit) {
  JsonArray resources;
  for (auto& user : list_users(core_->db(), skip, limit)) resources.push_back(resource_of(std::move(user)));
  return resources;
}

bool UserType::visit(const Filter* filter, std::int64_t most, const std::function<void(JsonObject)>& each) {
  auto& db = core_->db();
  const auto lookups = filter != nullptr ? plan_lookups(*filter, schema(), user_indexes) : std::nullopt;
  if (!lookups) {
    const auto all = count();
    if (all > most) return false;
    for (std::int64_t skip = 0; skip < all; skip += users_read_at_once) {
      for (auto& user : list_users(db, skip, users_read_at_once)) each(resource_of(std::move(user)));
    }
    return true;
  }
  const auto ids = found_ids(db, *lookups);
  if (static_cast<std::int64_t>(ids.size()) > most) return false;
  for (const auto& id : ids) {
    if (auto user = find_user(db, UserId{id})) each(resource_of(std::move(*user)));
  }
  return true;
}

EventSubject UserType::subject_of(std::string_view id) {
  const auto user = find_user(core_->db(), UserId{std::string(id)});
  return user ? directory::subject_of(*user) : EventSubject{"systemuser", std::string(id), {}};
}

}  // namespace directory::scim
