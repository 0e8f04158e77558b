#include "directory/scim/policy.h"

#include <array>
#include <string_view>

namespace directory::scim {
namespace {

/// The articles' table; `password`, `manager` and the rest of RFC 7643 are outside it. [rule R26] [rule R42]
/// [rule R58]
constexpr std::array<std::string_view, 15> table{
    "userName",    "name.givenName", "name.familyName", "displayName",  "emails.value",
    "emails.type", "emails.primary", "active",          "title",        "department",
    "locale",      "costCenter",     "userType",        "organization", "employeeNumber"};

const ResourceSchema& group_schema() {
  static const auto schema = group_resource_schema();
  return schema;
}

const ResourceSchema& table_schema() {
  static const auto schema = all_of_user().limited_to(table);
  return schema;
}

Policy entra() {
  return {.users = &table_schema(),
          .groups = nullptr,  // [Entra provisioning-clients 1-02]
          .detail = Detail::table,
          .user_names = UserNameRule::username,
          .passwords = false,
          .deletion = Deletion::deletes,
          .tells_ignored = true};
}

Policy seeded(Policy policy, const Defects& defects) {
  if (defects.contains(Defect::entra_may_push_groups)) policy.groups = &group_schema();
  if (defects.contains(Defect::entra_cannot_delete)) policy.deletion = Deletion::suspends;
  if (defects.contains(Defect::entra_may_send_anything)) {
    policy.users = &all_of_user();
    policy.detail = Detail::document;
  }
  return policy;
}

// Assumed: no article prints Okta's attribute table, so Okta is served all of RFC 7643, and its group push
// too. [Okta provisioning-clients 4.8-01]
Policy okta(const Options& options, const Defects& defects) {
  const bool removes = options.scim_deletion == ScimDeletion::by_verb ? !defects.contains(Defect::the_verb_is_ignored)
                                                                      : defects.contains(Defect::the_source_is_ignored);
  return {.users = &all_of_user(),
          .groups = &group_schema(),
          .detail = Detail::document,
          .user_names = UserNameRule::login,
          .collision = options.okta_login_collision,
          .passwords = true,
          .deletion = removes ? Deletion::deletes : Deletion::suspends};
}

// Assumed: R44 speaks of the vendors' integrations; a client without a policy may call its users as RFC 7643
// lets it, so any userName is taken, and a derived username gives way to one that is there already.
// [RFC7643 4.1.1]
Policy generic() {
  return {.users = &all_of_user(),
          .groups = &group_schema(),
          .detail = Detail::document,
          .user_names = UserNameRule::login,
          .collision = LoginCollision::number,
          .passwords = true,
          .deletion = Deletion::deletes,
          .bodies = {Lenience::vendors, UnknownAttributes::ignored, UnselectedValues::refused, true},
          .patches = {Lenience::vendors, UnknownAttributes::refused, UnselectedValues::refused, true}};
}

}  // namespace

/// But that the directory has no user without an address. [rule R47]
const ResourceSchema& all_of_user() {
  static const auto schema = [] {
    auto core = user_schema_definition();
    for (auto& attribute : core.attributes)
      attribute.required = attribute.required || attribute.name == "emails";
    return ResourceSchema("User", std::move(core), {enterprise_user_schema_definition()});
  }();
  return schema;
}

Policy policy_of(IntegrationKind kind, const Options& options, const Defects& defects) {
  switch (kind) {
    case IntegrationKind::entra:
      return seeded(entra(), defects);
    case IntegrationKind::okta:
      return okta(options, defects);
    case IntegrationKind::generic:
      return generic();
  }
  return generic();
}

}  // namespace directory::scim
