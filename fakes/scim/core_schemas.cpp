// The schemas of RFC 7643 8.7.1 with descriptions of our own. References and binary values are case-exact wherever they
// occur, whatever that section's listing prints. [RFC7643 2.3.6] [RFC7643 2.3.7]
#include <utility>

#include "fakes/scim/schema.h"

namespace fakes::scim {
namespace {

using Mutability = Attribute::Mutability;
using Type = Attribute::Type;

Attribute text(std::string name, std::string description) {
  Attribute attribute;
  attribute.name = std::move(name);
  attribute.description = std::move(description);
  return attribute;
}

Attribute typed(std::string name, Type type, std::string description) {
  auto attribute = text(std::move(name), std::move(description));
  attribute.type = type;
  attribute.case_exact = type == Type::binary || type == Type::reference;
  return attribute;
}

Attribute reference(std::string name, std::vector<std::string> types, std::string description) {
  auto attribute = typed(std::move(name), Type::reference, std::move(description));
  attribute.reference_types = std::move(types);
  return attribute;
}

Attribute complex(std::string name, std::vector<Attribute> sub_attributes, std::string description) {
  auto attribute = typed(std::move(name), Type::complex, std::move(description));
  attribute.sub_attributes = std::move(sub_attributes);
  return attribute;
}

Attribute several(Attribute attribute) {
  attribute.multi_valued = true;
  return attribute;
}

Attribute required(Attribute attribute) {
  attribute.required = true;
  return attribute;
}

Attribute exact(Attribute attribute) {
  attribute.case_exact = true;
  return attribute;
}

/// The attribute and all that it consists of.
Attribute with(Mutability mutability, Attribute attribute) {
  attribute.mutability = mutability;
  for (auto& sub_attribute : attribute.sub_attributes) sub_attribute.mutability = mutability;
  return attribute;
}

Attribute one_of(std::vector<std::string> canonical_values, Attribute attribute) {
  attribute.canonical_values = std::move(canonical_values);
  return attribute;
}

/// A multi-valued attribute of the common form: `value`, `display`, `type`, `primary`. [RFC7643 2.4]
Attribute values(std::string name, Attribute value, std::vector<std::string> types, std::string description) {
  return several(complex(std::move(name),
                         {std::move(value), text("display", "The value as people read it"),
                          one_of(std::move(types), text("type", "What the value is for")),
                          typed("primary", Type::boolean, "Whether it is the preferred value; true at most once")},
                         std::move(description)));
}

Attribute name() {
  return complex("name",
                 {text("formatted", "The whole name as it is shown"), text("familyName", "The family name"),
                  text("givenName", "The given name"), text("middleName", "The middle names"),
                  text("honorificPrefix", "A title before the name"), text("honorificSuffix", "A suffix after the name")},
                 "The parts of the person's name");
}

Attribute addresses() {
  return several(complex("addresses",
                         {text("formatted", "The whole address as it is printed"),
                          text("streetAddress", "Street, house, flat or post box"), text("locality", "City or town"),
                          text("region", "State or province"), text("postalCode", "Postal code"),
                          text("country", "Country by its two letters of ISO 3166-1"),
                          one_of({"work", "home", "other"}, text("type", "What the address is for")),
                          typed("primary", Type::boolean, "Whether it is the preferred address; true at most once")},
                         "Postal addresses"));
}

Attribute groups() {
  return with(Mutability::read_only,
              several(complex("groups",
                              {text("value", "The id of the group"), reference("$ref", {"User", "Group"}, "The group's URI"),
                               text("display", "The group's name"),
                               one_of({"direct", "indirect"}, text("type", "Whether the group lists the user itself"))},
                              "The groups the user is in; changed at the groups")));
}

Attribute password() {
  auto attribute = with(Mutability::write_only, text("password", "The password; set and never shown"));
  attribute.returned = Attribute::Returned::never;
  return attribute;
}

Attribute user_name() {
  auto attribute = required(text("userName", "The name to sign in with, unique among all users"));
  attribute.uniqueness = Attribute::Uniqueness::server;
  return attribute;
}

Schema make_user_schema() {
  return {
      "urn:ietf:params:scim:schemas:core:2.0:User",
      "User",
      "A person's account",
      {user_name(), name(), text("displayName", "The name to show"), text("nickName", "What the person is called"),
       reference("profileUrl", {"external"}, "A page about the person"), text("title", "The title at work"),
       text("userType", "The relation to the organisation"), text("preferredLanguage", "The preferred languages"),
       text("locale", "The language and region to format by"), text("timezone", "The time zone, as in Europe/Berlin"),
       typed("active", Type::boolean, "Whether the account may be used"), password(),
       values("emails", text("value", "The mail address"), {"work", "home", "other"}, "Mail addresses"),
       values("phoneNumbers", text("value", "The number"), {"work", "home", "mobile", "fax", "pager", "other"},
              "Telephone numbers"),
       values("ims", text("value", "The address"), {"aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"},
              "Addresses for instant messages"),
       values("photos", reference("value", {"external"}, "Where the picture is"), {"photo", "thumbnail"},
              "Pictures of the person"),
       addresses(), groups(), values("entitlements", text("value", "The entitlement"), {}, "What the person may have"),
       values("roles", text("value", "The role"), {}, "What the person is in the organisation"),
       values("x509Certificates", typed("value", Type::binary, "The certificate, DER in base64"), {},
              "Certificates of the person")}};
}

Schema make_group_schema() {
  const auto member = [](Attribute attribute) { return with(Mutability::immutable, std::move(attribute)); };
  return {"urn:ietf:params:scim:schemas:core:2.0:Group",
          "Group",
          "A set of users and groups",
          {required(text("displayName", "The name to show")),
           several(complex("members",
                           {member(text("value", "The id of the member")),
                            member(reference("$ref", {"User", "Group"}, "The member's URI")),
                            member(one_of({"User", "Group"}, text("type", "What the member is")))},
                           "Who is in the group"))}};
}

Schema make_enterprise_schema() {
  return {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
          "EnterpriseUser",
          "What an organisation knows about a user",
          {text("employeeNumber", "The number within the organisation"), text("costCenter", "The cost center"),
           text("organization", "The organisation"), text("division", "The division"), text("department", "The department"),
           complex("manager",
                   {text("value", "The id of the manager"), reference("$ref", {"User"}, "The manager's URI"),
                    with(Mutability::read_only, text("displayName", "The manager's name"))},
                   "Whom the user reports to")}};
}

/// The types and characteristics that no attribute of the standard has.
Schema make_badge_schema() {
  auto number = with(Mutability::immutable, exact(text("badgeNumber", "The number on the badge")));
  number.uniqueness = Attribute::Uniqueness::server;
  auto motto = text("motto", "A word of one's own");
  motto.returned = Attribute::Returned::request;
  return {"urn:example:params:scim:schemas:extension:badge:2.0:User",
          "Badge",
          "What is printed on a user's badge",
          {std::move(number), typed("level", Type::integer, "The level of access"),
           typed("weeklyHours", Type::decimal, "The hours in a week"), typed("hired", Type::date_time, "When the work began"),
           typed("seal", Type::binary, "A small picture"), std::move(motto)}};
}

Schema make_common_schema() {
  auto schemas = required(several(reference("schemas", {"uri"}, "The schemas the resource is made of")));
  schemas.case_exact = false;  // URNs have no letter case
  schemas.returned = Attribute::Returned::always;
  auto id = with(Mutability::read_only, exact(text("id", "The identifier, given by the provider")));
  id.returned = Attribute::Returned::always;
  id.uniqueness = Attribute::Uniqueness::global;
  return {"",
          "",
          "Attributes of every resource",
          {std::move(schemas), std::move(id), exact(text("externalId", "The identifier given by the client")),
           with(Mutability::read_only,
                complex("meta",
                        {exact(text("resourceType", "The type of the resource")),
                         typed("created", Type::date_time, "When it was created"),
                         typed("lastModified", Type::date_time, "When it was last changed"),
                         reference("location", {"uri"}, "Its URI"), exact(text("version", "Its entity tag"))},
                        "What the provider records about the resource"))}};
}

}  // namespace

const Schema& user_schema() {
  static const Schema schema = make_user_schema();
  return schema;
}

const Schema& group_schema() {
  static const Schema schema = make_group_schema();
  return schema;
}

const Schema& enterprise_schema() {
  static const Schema schema = make_enterprise_schema();
  return schema;
}

const Schema& badge_schema() {
  static const Schema schema = make_badge_schema();
  return schema;
}

const Schema& common_schema() {
  static const Schema schema = make_common_schema();
  return schema;
}

}  // namespace fakes::scim
