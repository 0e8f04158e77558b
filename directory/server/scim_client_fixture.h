// What contract tests of the SCIM interface share: bodies as clients send them, and the looks they take at
// answers.
#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <string>
#include <string_view>
#include <vector>

#include "directory/server_test_fixture.h"

namespace directory {

constexpr std::string_view error_schema = "urn:ietf:params:scim:api:messages:2.0:Error";
constexpr std::string_view enterprise_urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

inline std::string user_body(std::string_view username, std::string_view email, std::string_view more = "") {
  return fmt::format(R"({{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{}",
                         "emails": [{{"primary": true, "type": "work", "value": "{}"}}]{}}})",
                     username, email, more);
}

inline std::string patch_body(std::string_view operations) {
  return fmt::format(R"({{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": {}}})",
                     operations);
}

/// The scimType of an error in the form of RFC 7644; fails the test where the form is another. [RFC7644 3.12]
inline std::string scim_type_of(const base::HttpResponse& response) {
  const auto body = body_of(response);
  EXPECT_THAT(header_of(response, "Content-Type"), ::testing::StartsWith("application/scim+json"));
  const auto* schemas = base::member(body, "schemas");
  EXPECT_TRUE(schemas != nullptr &&
              *schemas == base::Json(base::JsonArray{base::Json(std::string(error_schema))}))
      << response.body;
  EXPECT_EQ(base::string_or(body, "status", ""), std::to_string(response.status));
  EXPECT_THAT(base::string_or(body, "detail", ""), ::testing::Not(::testing::IsEmpty()));
  return base::string_or(body, "scimType", "none");
}

/// The status, and of an error its scimType: `200`, `400 invalidValue`, `404 none`.
inline std::string outcome_of(const base::HttpResponse& response) {
  if (response.status < 400) return std::to_string(response.status);
  return fmt::format("{} {}", response.status, scim_type_of(response));
}

inline std::string id_of(const base::HttpResponse& response) {
  EXPECT_TRUE(response.ok()) << response.body;
  return base::string_or(body_of(response), "id", "");
}

inline std::int64_t total_of(const base::HttpResponse& response) {
  return base::integer_member(body_of(response), "totalResults").value_or(-1);
}

/// A text member of each resource of a list, in its order.
inline std::vector<std::string> texts_of(const base::HttpResponse& response, std::string_view name) {
  std::vector<std::string> texts;
  const auto body = body_of(response);
  const auto* resources = base::member(body, "Resources");
  if (resources == nullptr || !resources->is_array()) return texts;
  for (const auto& resource : resources->get_array()) texts.push_back(base::string_or(resource, name, ""));
  return texts;
}

inline std::vector<std::string> usernames_of(const base::HttpResponse& response) {
  return texts_of(response, "userName");
}

inline std::string filtered(std::string_view filter, std::string_view endpoint = "/Users") {
  return fmt::format("{}?filter={}", endpoint, base::percent_encode(filter));
}

}  // namespace directory
