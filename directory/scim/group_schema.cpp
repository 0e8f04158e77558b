// Group as RFC 7643 section 8.7.1 lists it, but for `displayName`, which section 4.2 calls required and the
// list does not, and `members.display`, which section 2.4 allows every list of values and provisioning
// clients send; and the common attributes. [RFC7643 2.4, 3.1, 4.2, 8.7.1] [Okta provisioning-clients 4.8-06]
#include "directory/scim/schema.h"

namespace directory::scim {
namespace {

Attribute immutable(std::string name, std::string description) {
  return {
      .name = std::move(name), .mutability = Mutability::immutable, .description = std::move(description)};
}

Attribute read_only(std::string name, AttributeType type, bool case_exact, std::string description) {
  return {.name = std::move(name),
          .type = type,
          .case_exact = case_exact,
          .mutability = Mutability::read_only,
          .description = std::move(description)};
}

}  // namespace

Schema group_schema_definition() {
  auto ref = immutable("$ref", "The URI of the member");
  ref.type = AttributeType::reference;
  ref.reference_types = {"User", "Group"};
  auto type = immutable("type", "The type of the member");
  type.canonical_values = {"User", "Group"};
  return {std::string(group_schema_urn),
          "Group",
          "Group",
          {{.name = "displayName", .required = true, .description = "The name of the group"},
           {.name = "members",
            .type = AttributeType::complex,
            .multi_valued = true,
            .description = "The members of the group",
            .sub_attributes = {immutable("value", "The id of the member"), std::move(ref),
                               immutable("display", "The name of the member"), std::move(type)}}}};
}

std::vector<Attribute> common_attributes() {
  Attribute schemas{.name = "schemas",
                    .type = AttributeType::reference,
                    .multi_valued = true,
                    .returned = Returned::always,
                    .reference_types = {"uri"},
                    .description = "The schemas of the resource"};
  Attribute id{.name = "id",
               .case_exact = true,
               .mutability = Mutability::read_only,
               .returned = Returned::always,
               .uniqueness = Uniqueness::server,
               .description = "The identifier that the directory gave the resource"};
  Attribute external_id{.name = "externalId",
                        .case_exact = true,
                        .description = "The identifier that the provisioning client knows it by"};
  Attribute meta{.name = "meta",
                 .type = AttributeType::complex,
                 .mutability = Mutability::read_only,
                 .description = "What the directory knows about the resource itself",
                 .sub_attributes = {
                     read_only("resourceType", AttributeType::string, true, "The type of the resource"),
                     read_only("created", AttributeType::date_time, false, "When it was created"),
                     read_only("lastModified", AttributeType::date_time, false, "When it last changed"),
                     read_only("location", AttributeType::reference, true, "Its URI"),
                     read_only("version", AttributeType::string, true, "Its version, as an entity tag"),
                 }};
  return {std::move(schemas), std::move(id), std::move(external_id), std::move(meta)};
}

ResourceSchema group_resource_schema() {
  return {"Group", group_schema_definition(), {}};
}

}  // namespace directory::scim
