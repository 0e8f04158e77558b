// What tests of the SCIM language share: texts as JSON, the resource types, and a user with a bit of
// everything.
#pragma once

#include <string_view>

#include "base/json.h"
#include "directory/scim/filter.h"
#include "directory/scim/resource_patch.h"
#include "directory/scim/schema.h"

namespace directory::scim {

/// Text of the test's own; it throws where that is no JSON object.
inline base::JsonObject object(std::string_view text) {
  return base::parse_json(text).value().as_object();
}

inline const ResourceSchema& users() {
  static const auto schema = user_resource_schema();
  return schema;
}

inline const ResourceSchema& groups() {
  static const auto schema = group_resource_schema();
  return schema;
}

inline base::JsonObject barbara() {
  return object(R"({
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
    "id": "2819c223", "externalId": "Babs", "userName": "bjensen", "active": true, "title": "Tour Guide",
    "name": {"familyName": "Jensen", "givenName": "Barbara"},
    "emails": [{"value": "bjensen@example.com", "type": "work", "primary": true},
               {"value": "babs@jensen.org", "type": "home"}],
    "addresses": [{"type": "work", "streetAddress": "100 Universal City Plaza", "locality": "Hollywood"},
                  {"type": "home", "streetAddress": "456 Hollywood Blvd"}],
    "groups": [{"value": "e9e30dba", "display": "Tour Guides"}],
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
        {"employeeNumber": "701984", "department": "Tour Operations", "manager": {"value": "26118915"}},
    "meta": {"resourceType": "User", "created": "2010-01-23T04:56:22Z", "lastModified": "2011-05-13T04:42:34Z",
             "location": "https://example.com/v2/Users/2819c223", "version": "W/\"3694e05e9dff591\""}
  })");
}

/// A group with the members `u1`, `u2` and `u3`.
inline base::JsonObject tour_guides() {
  return object(R"({
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "id": "e9e30dba", "displayName": "Tour Guides",
    "members": [{"value": "u1", "display": "Babs", "type": "User"}, {"value": "u2", "type": "User"}, {"value": "u3"}]
  })");
}

}  // namespace directory::scim
