// The domains that a tenant has verified, and which tenants are not supported by them.
#include "directory/cloud_sync/tenant_domains.h"

#include <gtest/gtest.h>

namespace directory {
namespace tenant_domains_test {

TEST(TenantDomains, are_read_from_the_organisation) {
  const auto domains = read_verified_domains(base::parse_json(R"({"value": [{"id": "t", "verifiedDomains": [
    {"name": "Example.Test", "isInitial": false, "isDefault": true}, {"name": "example.onmicrosoft.com", "isInitial": true}]}]})").value());
  ASSERT_EQ(domains.size(), 2U);
  EXPECT_EQ(domains[0].name, "example.test");
  EXPECT_FALSE(domains[0].initial);
  EXPECT_TRUE(domains[1].initial);
}

TEST(TenantDomains, an_answer_of_another_shape_has_none) {
  for (const auto* text : {"[]", "{}", R"({"value": 1})", R"({"value": [{"verifiedDomains": null}]})", R"({"value": [{"verifiedDomains": [{}]}]})"}) {
    EXPECT_TRUE(read_verified_domains(base::parse_json(text).value()).empty()) << text;
  }
}

TEST(TenantDomains, R132_what_GoDaddy_sells_is_known_by_the_initial_domain) {
  const auto refused = [](std::string name, bool initial = true) { return !unsupported_tenant({{"example.test", false}, {std::move(name), initial}}).empty(); };
  EXPECT_TRUE(refused("netorg1234567.onmicrosoft.com"));
  EXPECT_TRUE(refused("netorgft1234567.onmicrosoft.com"));
  EXPECT_FALSE(refused("netorgft1234567.onmicrosoft.com", false)) << "somebody's own domain may be called anything";
  EXPECT_FALSE(refused("netorganic.onmicrosoft.com"));
  EXPECT_FALSE(refused("netorg.onmicrosoft.com"));
  EXPECT_FALSE(refused("example.onmicrosoft.com"));
  EXPECT_TRUE(unsupported_tenant({}).empty());
}

}  // namespace tenant_domains_test
}  // namespace directory
