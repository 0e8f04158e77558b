// The resources that the tests of filters and PATCH start from, and answers of theirs in one word.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/json.h"
#include "fakes/scim/patch.h"

namespace fakes::scim {

inline base::JsonObject object_of(std::string_view text) {
  auto json = base::parse_json(text);
  EXPECT_TRUE(json.has_value() && json->is_object()) << text;
  return json && json->is_object() ? json->get_object() : base::JsonObject{};
}

/// A user much like the one of RFC 7643 8.3; `userType` is the empty text.
inline base::JsonObject barbara() {
  return object_of(R"({
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
    "id": "2819c223-AB", "externalId": "Ext-701984", "userName": "bjensen@example.com",
    "name": {"formatted": "Ms. Barbara J Jensen", "familyName": "Jensen", "givenName": "Barbara"},
    "displayName": "Babs Jensen", "title": "Tour Guide", "userType": "", "active": true, "password": "t1meMa$heen",
    "emails": [{"value": "bjensen@example.com", "type": "work", "primary": true},
               {"value": "babs@jensen.org", "type": "home"}],
    "roles": [{"value": "guide", "primary": true}],
    "x509Certificates": [{"value": "aGVsbG8="}],
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
      "employeeNumber": "701984", "department": "Tour Operations",
      "manager": {"value": "26118915", "$ref": "../Users/26118915", "displayName": "John Smith"}},
    "meta": {"resourceType": "User", "created": "2010-01-23T04:56:22Z", "lastModified": "2011-05-13T04:42:34Z",
             "version": "W/\"a330bc54f0671c9\"", "location": "https://example.com/v2/Users/2819c223-AB"}})");
}

inline base::JsonObject tour_guides() {
  return object_of(R"({
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "id": "e9e30dba", "displayName": "Tour Guides",
    "members": [{"value": "u1"}, {"value": "u2"}, {"value": "u3"}],
    "meta": {"resourceType": "Group"}})");
}

/// What a PATCH with these operations makes of an attribute, named by the way to it: its JSON text, or "none"; or what it is refused with, "!" and the scimType or else the status.
inline std::string after_patch(base::JsonObject resource, const ResourceType& type, std::string_view operations,
                               std::initializer_list<std::string_view> attribute, const Quirks& quirks = {}) {
  const auto body = base::parse_json(std::string(R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                                                     "Operations": )") + std::string(operations) + "}");
  EXPECT_TRUE(body.has_value()) << operations;
  const auto before = resource;
  const auto result = apply_patch(resource, *body, type, quirks);
  if (!result) {
    if (!quirks.has(Quirk::patch_not_atomic)) EXPECT_EQ(resource, before) << operations;
    return "!" + (result.error().scim_type.empty() ? std::to_string(result.error().status) : result.error().scim_type);
  }
  base::Json found = resource;
  for (const auto name : attribute) {
    const auto* member = base::member(found, name);
    if (member == nullptr) return "none";
    found = base::Json(*member);
  }
  return base::to_text(found);
}

}  // namespace fakes::scim
