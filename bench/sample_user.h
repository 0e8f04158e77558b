// The user that the benchmarks of SCIM's language read, match and change.
#pragma once

#include <string_view>

namespace bench {

inline constexpr std::string_view sample_user = R"({
  "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
  "id": "2819c223-7f76-453a-919d-413861904646", "externalId": "chloe.fitzwilliam", "userName": "chloe.fitzwilliam@example.test",
  "active": true, "displayName": "Chloë Fitzwilliam", "title": "Tour Guide", "preferredLanguage": "en-GB",
  "name": {"formatted": "Chloë Fitzwilliam", "familyName": "Fitzwilliam", "givenName": "Chloë"},
  "emails": [{"value": "chloe.fitzwilliam@example.test", "type": "work", "primary": true}, {"value": "chloe@home.test", "type": "home"}],
  "phoneNumbers": [{"value": "+44 20 7946 0001", "type": "work"}, {"value": "+44 7700 900001", "type": "mobile"}],
  "addresses": [{"type": "work", "streetAddress": "100 Universal City Plaza", "locality": "London", "postalCode": "W1A 1AA", "country": "GB"}],
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
      {"employeeNumber": "701984", "department": "Tour Operations", "manager": {"value": "26118915-6090-4610-87e4-49d8ca9f808d"}},
  "meta": {"resourceType": "User", "created": "2026-01-05T08:00:00Z", "lastModified": "2026-01-06T09:30:00Z",
           "location": "https://directory.example.test/scim/v2/Users/2819c223-7f76-453a-919d-413861904646", "version": "W/\"3694e05e9dff591\""}
})";

}  // namespace bench
