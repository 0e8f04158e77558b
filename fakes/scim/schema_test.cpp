// The schemas, what paths name in them, and how /Schemas shows them.
#include "fakes/scim/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/scim/schema_description.h"

namespace fakes::scim {
namespace schema_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> names(const std::vector<Attribute>& attributes) {
  std::vector<std::string> result;
  for (const auto& attribute : attributes) result.push_back(attribute.name);
  return result;
}

const Attribute& user_attribute(std::string_view path) {
  const auto found = find_attribute(user_type(), path, {});
  return found->sub_attribute != nullptr ? *found->sub_attribute : *found->attribute;
}

// [RFC7643 8.7.1]
TEST(ScimSchema, has_the_attributes_of_the_standard) {
  EXPECT_THAT(names(user_schema().attributes),
              ElementsAre("userName", "name", "displayName", "nickName", "profileUrl", "title", "userType",
                          "preferredLanguage", "locale", "timezone", "active", "password", "emails", "phoneNumbers", "ims",
                          "photos", "addresses", "groups", "entitlements", "roles", "x509Certificates"));
  EXPECT_THAT(names(group_schema().attributes), ElementsAre("displayName", "members"));
  EXPECT_THAT(names(enterprise_schema().attributes), ElementsAre("employeeNumber", "costCenter", "organization", "division",
                                                                 "department", "manager"));
  EXPECT_THAT(names(user_attribute("name").sub_attributes), ElementsAre("formatted", "familyName", "givenName", "middleName",
                                                                        "honorificPrefix", "honorificSuffix"));
  EXPECT_THAT(names(user_attribute("addresses").sub_attributes),
              ElementsAre("formatted", "streetAddress", "locality", "region", "postalCode", "country", "type", "primary"));
  EXPECT_THAT(names(common_schema().attributes), ElementsAre("schemas", "id", "externalId", "meta"));
}

// [RFC7643 4.1.1] [RFC7643 4.1.2] [RFC7643 4.2] [RFC7643 3.1]
TEST(ScimSchema, has_the_characteristics_of_the_standard) {
  using Mutability = Attribute::Mutability;
  EXPECT_TRUE(user_attribute("userName").required);
  EXPECT_FALSE(user_attribute("userName").case_exact);
  EXPECT_EQ(user_attribute("userName").uniqueness, Attribute::Uniqueness::server);
  EXPECT_EQ(user_attribute("password").mutability, Mutability::write_only);
  EXPECT_EQ(user_attribute("password").returned, Attribute::Returned::never);
  EXPECT_EQ(user_attribute("groups.value").mutability, Mutability::read_only);
  EXPECT_EQ(user_attribute("id").mutability, Mutability::read_only);
  EXPECT_EQ(user_attribute("id").returned, Attribute::Returned::always);
  EXPECT_TRUE(user_attribute("id").case_exact);
  EXPECT_TRUE(user_attribute("externalId").case_exact);
  EXPECT_EQ(user_attribute("meta.created").type, Attribute::Type::date_time);
  EXPECT_EQ(user_attribute("x509Certificates.value").type, Attribute::Type::binary);
  EXPECT_THAT(user_attribute("emails.type").canonical_values, ElementsAre("work", "home", "other"));
  EXPECT_TRUE(find_attribute(group_type(), "displayName", {})->attribute->required);
  EXPECT_EQ(find_attribute(group_type(), "members.value", {})->sub_attribute->mutability, Mutability::immutable);
  EXPECT_EQ(enterprise_schema().attributes.back().sub_attributes.back().mutability, Mutability::read_only);
}

// [RFC7644 3.10]
TEST(ScimSchema, finds_attributes_by_path_in_any_letter_case) {
  const auto found = [](std::string_view path) {
    const auto result = find_attribute(user_type(), path, {});
    if (!result) return std::string("none");
    const std::string extension = result->extension == nullptr ? "" : result->extension->name + ":";
    if (result->attribute == nullptr) return extension;
    const std::string sub = result->sub_attribute == nullptr ? "" : "." + result->sub_attribute->name;
    return extension + result->attribute->name + sub;
  };
  EXPECT_EQ(found("username"), "userName");
  EXPECT_EQ(found("Name.FAMILYname"), "name.familyName");
  EXPECT_EQ(found("meta.lastModified"), "meta.lastModified");
  EXPECT_EQ(found("members.$ref"), "none");
  EXPECT_EQ(found("manager.$ref"), "none");
  EXPECT_EQ(found("urn:ietf:params:scim:schemas:core:2.0:User:userName"), "userName");
  EXPECT_EQ(found("urn:ietf:params:scim:schemas:core:2.0:Group:displayName"), "none");
  EXPECT_EQ(found("urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:Manager.Value"),
            "EnterpriseUser:manager.value");
  EXPECT_EQ(found("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"), "EnterpriseUser:");
  for (const auto* path : {"", ".", "name.", ".familyName", "name..familyName", "name.familyName.x", "nick name", "noSuch",
                           "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:",
                           "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:noSuch",
                           "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:userName"}) {
    EXPECT_EQ(found(path), "none") << path;
  }
}

const base::Json* described(const base::JsonObject& schema, std::string_view attribute) {
  for (const auto& json : schema.at("attributes").as_array()) {
    if (base::string_or(json, "name", "") == attribute) return &json;
  }
  return nullptr;
}

// [RFC7643 7]
TEST(ScimSchema, is_described_in_full) {
  const auto schema = describe(user_schema(), {});
  EXPECT_EQ(base::to_text(schema.at("schemas")), R"(["urn:ietf:params:scim:schemas:core:2.0:Schema"])");
  EXPECT_EQ(schema.at("id"), "urn:ietf:params:scim:schemas:core:2.0:User");
  EXPECT_EQ(schema.at("attributes").as_array().size(), user_schema().attributes.size());
  const auto user_name = *described(schema, "userName");
  EXPECT_THAT(base::string_or(user_name, "description", ""), Not(IsEmpty()));
  EXPECT_EQ(base::string_or(user_name, "type", ""), "string");
  EXPECT_EQ(base::bool_member(user_name, "multiValued"), false);
  EXPECT_EQ(base::bool_member(user_name, "required"), true);
  EXPECT_EQ(base::bool_member(user_name, "caseExact"), false);
  EXPECT_EQ(base::string_or(user_name, "mutability", ""), "readWrite");
  EXPECT_EQ(base::string_or(user_name, "returned", ""), "default");
  EXPECT_EQ(base::string_or(user_name, "uniqueness", ""), "server");
  EXPECT_EQ(base::to_text(*base::member(*described(schema, "profileUrl"), "referenceTypes")), R"(["external"])");
  EXPECT_EQ(base::member(*described(schema, "emails"), "subAttributes")->as_array().size(), 4U);
}

// The rules that RFC 7643 has for schemas; what each of them finds wrong, in the words of the quirk's clause.
void judge(const base::Json& attribute, bool within, std::set<std::string>& broken) {
  const auto one_of = [&](std::string_view name, const std::set<std::string>& words) {
    return words.contains(base::string_or(attribute, name, ""));
  };
  const auto type = base::string_or(attribute, "type", "");
  const bool named = base::member(attribute, "name") != nullptr;
  if (!named || type.empty() || !base::bool_member(attribute, "multiValued")) broken.insert("S-7-1");
  const bool known = one_of("type", {"string", "boolean", "decimal", "integer", "dateTime", "reference", "binary", "complex"}) &&
                     one_of("mutability", {"readOnly", "readWrite", "immutable", "writeOnly"}) &&
                     one_of("returned", {"always", "never", "default", "request"}) &&
                     one_of("uniqueness", {"none", "server", "global"});
  if (!type.empty() && !known) broken.insert("S-7-2");
  const auto* sub_attributes = base::member(attribute, "subAttributes");
  if (type == "complex" && sub_attributes == nullptr) broken.insert("S-7-3");
  if (type == "reference" && base::member(attribute, "referenceTypes") == nullptr) broken.insert("S-7-5");
  if (named && base::string_or(attribute, "name", " ").find(' ') != std::string::npos) broken.insert("S-2.1-2");
  if (type == "complex" && within) broken.insert("S-2.3.8-2");
  if (sub_attributes == nullptr) return;
  for (const auto& sub_attribute : sub_attributes->as_array()) judge(sub_attribute, true, broken);
}

std::set<std::string> broken_clauses(const Schema& schema, const Quirks& quirks) {
  const auto description = describe(schema, quirks);
  if (!description.contains("id") || !description.contains("attributes")) return {"S-7-1"};
  std::set<std::string> broken;
  for (const auto& attribute : description.at("attributes").as_array()) judge(attribute, false, broken);
  return broken;
}

TEST(ScimSchema, is_well_formed) {
  for (const auto* schema : {&user_schema(), &group_schema(), &enterprise_schema(), &common_schema()}) {
    EXPECT_THAT(broken_clauses(*schema, {}), IsEmpty()) << schema->name;
  }
}

TEST(SchemaQuirks, each_breaks_its_clause_or_tells_another_lie_about_users) {
  const auto truth = describe(user_schema(), {});
  std::set<std::string> told;
  for (const auto& quirk : all_quirks()) {
    if (!quirk.name.starts_with("schema_")) continue;
    const bool is_lie = quirk.clause == "S-7-6" || quirk.clause == "S-7-7";
    const auto description = describe(user_schema(), {quirk.quirk});
    EXPECT_NE(description, truth) << quirk.name;
    EXPECT_TRUE(told.insert(base::to_text(description)).second) << quirk.name;
    if (is_lie) {
      EXPECT_THAT(broken_clauses(user_schema(), {quirk.quirk}), IsEmpty()) << quirk.name;
    } else {
      EXPECT_THAT(broken_clauses(user_schema(), {quirk.quirk}), ElementsAre(std::string(quirk.clause))) << quirk.name;
    }
  }
}

TEST(Quirks, stand_in_the_table_in_their_order_with_names_of_their_own) {
  std::set<std::string_view> known;
  std::size_t index = 0;
  for (const auto& quirk : all_quirks()) {
    EXPECT_EQ(static_cast<std::size_t>(quirk.quirk), index++) << quirk.name;
    EXPECT_TRUE(known.insert(quirk.name).second) << quirk.name;
    EXPECT_EQ(find_quirk(quirk.name), quirk.quirk);
    EXPECT_THAT(quirk.what, Not(IsEmpty())) << quirk.name;
    EXPECT_THAT(quirk.clause, Not(IsEmpty())) << quirk.name;
  }
  EXPECT_EQ(find_quirk("no_such_quirk"), std::nullopt);
}

}  // namespace schema_test
}  // namespace fakes::scim
