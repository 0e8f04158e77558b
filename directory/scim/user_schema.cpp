// User and EnterpriseUser as RFC 7643 section 8.7.1 lists them, with two differences: `addresses` has `primary`,
// which the RFC's list leaves out and its examples and provisioning clients use, and `employeeNumber` is said to
// be unique, as it is in this directory. [RFC7643 2.4, 8.2, 8.7.1]
// [Entra provisioning-clients 7.1-10]
#include "directory/scim/schema.h"

namespace directory::scim {
namespace {

Attribute text(std::string name, std::string description) {
  return {.name = std::move(name), .description = std::move(description)};
}

Attribute reference(std::string name, std::vector<std::string> types, std::string description) {
  return {.name = std::move(name),
          .type = AttributeType::reference,
          .reference_types = std::move(types),
          .description = std::move(description)};
}

Attribute type_of(std::vector<std::string> canonical_values) {
  return {.name = "type",
          .canonical_values = std::move(canonical_values),
          .description = "What the value is for"};
}

Attribute display() {
  return text("display", "A name for people to read");
}

Attribute primary() {
  return {.name = "primary",
          .type = AttributeType::boolean,
          .description = "Whether this is the preferred value; true for one value at most"};
}

Attribute list(std::string name, std::string description, std::vector<Attribute> sub_attributes) {
  return {.name = std::move(name),
          .type = AttributeType::complex,
          .multi_valued = true,
          .description = std::move(description),
          .sub_attributes = std::move(sub_attributes)};
}

/// A list of values with the usual four sub-attributes.
Attribute values(std::string name, std::string description, Attribute value, std::vector<std::string> types) {
  return list(std::move(name), std::move(description),
              {std::move(value), display(), type_of(std::move(types)), primary()});
}

Attribute read_only(Attribute attribute) {
  attribute.mutability = Mutability::read_only;
  for (auto& sub : attribute.sub_attributes) sub.mutability = Mutability::read_only;
  return attribute;
}

Attribute name() {
  return {.name = "name",
          .type = AttributeType::complex,
          .description = "The parts of the person's name",
          .sub_attributes = {text("formatted", "The whole name as it is displayed"),
                             text("familyName", "The family name"), text("givenName", "The given name"),
                             text("middleName", "The middle names"),
                             text("honorificPrefix", "The title before the name"),
                             text("honorificSuffix", "What follows the name")}};
}

Attribute addresses() {
  return list("addresses", "Postal addresses",
              {text("formatted", "The whole address as it is displayed"),
               text("streetAddress", "Street, number and the like"), text("locality", "The city"),
               text("region", "The state or region"), text("postalCode", "The postal code"),
               text("country", "The country"), type_of({"work", "home", "other"}), primary()});
}

Attribute groups() {
  return read_only(list(
      "groups", "The groups the user is in, directly or through other groups",
      {text("value", "The id of the group"), reference("$ref", {"User", "Group"}, "The URI of the group"),
       text("display", "The name of the group"), type_of({"direct", "indirect"})}));
}

}  // namespace

Schema user_schema_definition() {
  return {std::string(user_schema_urn),
          "User",
          "User Account",
          {{.name = "userName",
            .required = true,
            .uniqueness = Uniqueness::server,
            .description = "The name by which the user signs in; unique in any letter case"},
           name(),
           text("displayName", "The name shown to others"),
           text("nickName", "The casual name"),
           reference("profileUrl", {"external"}, "The URL of the user's online profile"),
           text("title", "The job title"),
           text("userType", "The relationship with the organisation"),
           text("preferredLanguage", "The preferred language, as an Accept-Language value"),
           text("locale", "The default location, for the format of dates and numbers"),
           text("timezone", "The time zone, by its IANA name"),
           {.name = "active",
            .type = AttributeType::boolean,
            .description = "Whether the user may use the directory"},
           {.name = "password",
            .mutability = Mutability::write_only,
            .returned = Returned::never,
            .description = "The password in clear, on its way in"},
           values("emails", "E-mail addresses", text("value", "The address"), {"work", "home", "other"}),
           values("phoneNumbers", "Phone numbers", text("value", "The number"),
                  {"work", "home", "mobile", "fax", "pager", "other"}),
           values("ims", "Instant messaging addresses", text("value", "The address"),
                  {"aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"}),
           values("photos", "Photos", reference("value", {"external"}, "The URL of the photo"),
                  {"photo", "thumbnail"}),
           addresses(),
           groups(),
           values("entitlements", "Entitlements", text("value", "The entitlement"), {}),
           values("roles", "Roles", text("value", "The role"), {}),
           values("x509Certificates", "Certificates",
                  {.name = "value",
                   .type = AttributeType::binary,
                   .description = "The certificate in DER, as base64"},
                  {})}};
}

Schema enterprise_user_schema_definition() {
  Attribute manager{.name = "manager",
                    .type = AttributeType::complex,
                    .description = "The user's manager",
                    .sub_attributes = {text("value", "The id of the manager's User resource"),
                                       reference("$ref", {"User"}, "The URI of the manager's User resource"),
                                       read_only(text("displayName", "The manager's display name"))}};
  return {std::string(enterprise_user_schema_urn),
          "EnterpriseUser",
          "Enterprise User",
          {{.name = "employeeNumber",
            .uniqueness = Uniqueness::server,
            .description = "The number or code of the person in the organisation; unique in any letter case"},
           text("costCenter", "The cost center"), text("organization", "The organisation"),
           text("division", "The division"), text("department", "The department"), std::move(manager)}};
}

ResourceSchema user_resource_schema() {
  return {"User", user_schema_definition(), {enterprise_user_schema_definition()}};
}

}  // namespace directory::scim
