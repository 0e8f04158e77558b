// The schemas that are published, and which attribute a path names.
#include "directory/scim/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "directory/scim/language_fixture.h"

namespace directory::scim {
namespace schema_test {

using ::testing::ElementsAre;

/// `place/attribute.sub` of what the path names; the place is the last segment of the schema's name; "-" for
/// none.
std::string found(std::string_view text, const ResourceSchema& schema = users()) {
  const auto path = parse_attribute_path(text);
  const auto where = path ? schema.find(*path) : std::nullopt;
  if (!where) return "-";
  std::string out = where->extension != nullptr ? where->extension->name + "/" : "";
  if (where->attribute != nullptr) out += where->attribute->name;
  if (where->sub_attribute != nullptr) out += "." + where->sub_attribute->name;
  return out;
}

std::vector<std::string> names(const std::vector<Attribute>& attributes) {
  std::vector<std::string> out;
  for (const auto& attribute : attributes) out.push_back(attribute.name);
  return out;
}

const std::string enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

// [RFC7643 8.7.1]
TEST(Schema, lists_the_attributes_of_the_rfc) {
  EXPECT_THAT(
      names(user_schema_definition().attributes),
      ElementsAre("userName", "name", "displayName", "nickName", "profileUrl", "title", "userType",
                  "preferredLanguage", "locale", "timezone", "active", "password", "emails", "phoneNumbers",
                  "ims", "photos", "addresses", "groups", "entitlements", "roles", "x509Certificates"));
  EXPECT_THAT(
      names(enterprise_user_schema_definition().attributes),
      ElementsAre("employeeNumber", "costCenter", "organization", "division", "department", "manager"));
  EXPECT_THAT(names(group_schema_definition().attributes), ElementsAre("displayName", "members"));
  EXPECT_THAT(names(common_attributes()), ElementsAre("schemas", "id", "externalId", "meta"));
}

// [RFC7643 4.1.1, 4.1.2, 4.2, 4.3, 3.1]
TEST(Schema, the_exceptions_among_the_characteristics) {
  const auto attribute = [](std::string_view text,
                            const ResourceSchema& schema = users()) -> const Attribute& {
    return *schema.find(parse_attribute_path(text).value())->target();
  };
  EXPECT_TRUE(attribute("userName").required);
  EXPECT_EQ(attribute("userName").uniqueness, Uniqueness::server);
  EXPECT_FALSE(attribute("userName").case_exact);
  EXPECT_EQ(attribute("password").mutability, Mutability::write_only);
  EXPECT_EQ(attribute("password").returned, Returned::never);
  EXPECT_EQ(attribute("groups").mutability, Mutability::read_only);
  EXPECT_EQ(attribute("groups.value").mutability, Mutability::read_only);
  EXPECT_EQ(attribute("x509Certificates.value").type, AttributeType::binary);
  EXPECT_EQ(attribute("manager.displayName").mutability, Mutability::read_only);
  EXPECT_EQ(attribute("manager.value").mutability, Mutability::read_write);
  EXPECT_TRUE(attribute("id").case_exact);
  EXPECT_EQ(attribute("id").returned, Returned::always);
  EXPECT_EQ(attribute("id").mutability, Mutability::read_only);
  EXPECT_TRUE(attribute("externalId").case_exact);
  EXPECT_EQ(attribute("meta.lastModified").type, AttributeType::date_time);
  EXPECT_TRUE(attribute("displayName", groups()).required);
  EXPECT_EQ(attribute("members.value", groups()).mutability, Mutability::immutable);
  EXPECT_FALSE(attribute("active").required);
}

// [RFC7643 2.1, 2.3.8, 7]
TEST(Schema, what_is_published_is_well_formed) {
  for (const auto& schema :
       {user_schema_definition(), enterprise_user_schema_definition(), group_schema_definition()}) {
    for (const auto& attribute : schema.attributes) {
      EXPECT_TRUE(parse_attribute_path(attribute.name).has_value()) << attribute.name;
      EXPECT_FALSE(attribute.description.empty()) << attribute.name;
      EXPECT_EQ(attribute.type == AttributeType::complex, !attribute.sub_attributes.empty())
          << attribute.name;
      EXPECT_EQ(attribute.type == AttributeType::reference, !attribute.reference_types.empty())
          << attribute.name;
      for (const auto& sub_attribute : attribute.sub_attributes) {
        EXPECT_NE(sub_attribute.type, AttributeType::complex) << attribute.name;
        EXPECT_FALSE(sub_attribute.description.empty()) << attribute.name << "." << sub_attribute.name;
        EXPECT_EQ(sub_attribute.type == AttributeType::reference, !sub_attribute.reference_types.empty())
            << sub_attribute.name;
      }
    }
  }
}

// [RFC7643 7]
TEST(Schema, is_published_as_json) {
  const auto json = to_json(group_schema_definition());
  EXPECT_EQ(json.at("schemas"),
            base::parse_json(R"(["urn:ietf:params:scim:schemas:core:2.0:Schema"])").value());
  EXPECT_EQ(json.at("id"), base::Json("urn:ietf:params:scim:schemas:core:2.0:Group"));
  EXPECT_EQ(json.at("name"), base::Json("Group"));
  auto name = json.at("attributes").as_array().at(0).as_object();
  name.erase("description");
  EXPECT_EQ(name, object(R"({"name": "displayName", "type": "string", "multiValued": false, "required": true,
                             "caseExact": false, "mutability": "readWrite", "returned": "default", "uniqueness": "none"})"));
  auto reference =
      json.at("attributes").as_array().at(1).as_object().at("subAttributes").as_array().at(1).as_object();
  reference.erase("description");
  EXPECT_EQ(reference,
            object(R"({"name": "$ref", "type": "reference", "multiValued": false, "required": false,
                                  "caseExact": false, "mutability": "immutable", "returned": "default", "uniqueness": "none",
                                  "referenceTypes": ["User", "Group"]})"));
}

// [RFC7644 3.10] [RFC7643 2.1]
TEST(ResourceSchema, finds_attributes_in_any_letter_case_with_and_without_urn) {
  EXPECT_EQ(found("userName"), "userName");
  EXPECT_EQ(found("USERNAME"), "userName");
  EXPECT_EQ(found("Name.GivenName"), "name.givenName");
  EXPECT_EQ(found("emails.Value"), "emails.value");
  EXPECT_EQ(found("members.$REF", groups()), "members.$ref");
  EXPECT_EQ(found("urn:ietf:params:scim:schemas:core:2.0:User:userName"), "userName");
  EXPECT_EQ(found("urn:ietf:params:scim:schemas:core:2.0:User:meta.created"), "meta.created");
  EXPECT_EQ(found(enterprise + ":department"), "EnterpriseUser/department");
  EXPECT_EQ(found(enterprise + ":manager.displayName"), "EnterpriseUser/manager.displayName");
  EXPECT_EQ(found("id"), "id");
  EXPECT_EQ(found("meta.version"), "meta.version");
}

// [rule R52] [rule R57]: the article writes `user` in lower case.
// [Entra provisioning-clients 1-10] [Entra provisioning-clients 7.1-31]
TEST(ResourceSchema, a_urn_is_found_in_any_letter_case) {
  EXPECT_EQ(found("urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:department"),
            "EnterpriseUser/department");
  EXPECT_EQ(found("URN:IETF:PARAMS:SCIM:SCHEMAS:EXTENSION:ENTERPRISE:2.0:USER:EMPLOYEENUMBER"),
            "EnterpriseUser/employeeNumber");
}

// [rule R54] [rule R56]
TEST(ResourceSchema, a_bare_name_finds_the_attribute_of_the_only_extension_that_has_it) {
  EXPECT_EQ(found("costCenter"), "EnterpriseUser/costCenter");
  EXPECT_EQ(found("organization"), "EnterpriseUser/organization");
  EXPECT_EQ(found("manager.value"), "EnterpriseUser/manager.value");
}

TEST(ResourceSchema, a_bare_name_that_two_extensions_have_names_neither) {
  Schema one{"urn:x:one", "One", "", {{.name = "rank"}, {.name = "title"}}};
  Schema other{"urn:x:other", "Other", "", {{.name = "rank"}}};
  const ResourceSchema schema("User", user_schema_definition(), {one, other});
  EXPECT_EQ(found("rank", schema), "-");
  EXPECT_EQ(found("urn:x:other:rank", schema), "Other/rank");
  EXPECT_EQ(found("title", schema), "title");
}

// [Entra provisioning-clients 2.7-04]
TEST(ResourceSchema, a_dot_may_stand_behind_a_urn) {
  EXPECT_EQ(found(enterprise + ".employeeNumber"), "EnterpriseUser/employeeNumber");
  EXPECT_EQ(found("urn:ietf:params:scim:schemas:core:2.0:User.title"), "title");
}

TEST(ResourceSchema, the_urn_of_a_schema_names_all_of_it) {
  EXPECT_EQ(found(enterprise), "EnterpriseUser/");
  EXPECT_EQ(found("urn:ietf:params:scim:schemas:core:2.0:User"), "");
}

TEST(ResourceSchema, knows_nothing_else) {
  for (const std::string_view text : {"noSuch", "userName.value", "name.noSuch", "members",
                                      "urn:ietf:params:scim:schemas:core:2.0:Group:displayName",
                                      "urn:ietf:params:scim:schemas:core:2.0:User:department",
                                      "urn:ietf:params:scim:schemas:core:2.0:Users",
                                      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:userName",
                                      "urn:ietf:params:scim:schemas:extension:Other:2.0:User:title"}) {
    EXPECT_EQ(found(text), "-") << text;
  }
}

// [rule R58]
TEST(ResourceSchema, can_be_limited_to_a_table) {
  constexpr std::array<std::string_view, 4> table{"userName", "name.givenName", "emails", "costCenter"};
  const auto limited = users().limited_to(table);
  EXPECT_THAT(names(limited.core().attributes), ElementsAre("userName", "name", "emails"));
  EXPECT_THAT(names(limited.core().find("name")->sub_attributes), ElementsAre("givenName"));
  EXPECT_THAT(names(limited.core().find("emails")->sub_attributes),
              ElementsAre("value", "display", "type", "primary"));
  ASSERT_EQ(limited.extensions().size(), 1U);
  EXPECT_THAT(names(limited.extensions().front().attributes), ElementsAre("costCenter"));
  EXPECT_EQ(found("manager", limited), "-");
  EXPECT_EQ(found("title", limited), "-");
  EXPECT_EQ(found("externalId", limited), "externalId");

  constexpr std::array<std::string_view, 1> bare{"userName"};
  EXPECT_TRUE(users().limited_to(bare).extensions().empty());
}

}  // namespace schema_test
}  // namespace directory::scim
