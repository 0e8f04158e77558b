// What clients are told.
#include "serve/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace serve {
namespace settings_test {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Accounts accounts() {
  return {"tenant-1", "client-1", base::Secret("it's"), "okta-client", base::Secret("okta-secret"), base::Secret("okta-token"), base::Secret("scim"), base::Secret("admin"), base::Secret("connect")};
}

Places everywhere(const std::string& scheme) {
  Places places;
  places.urls = {{Party::entra, scheme + "://localhost:1"}, {Party::graph, scheme + "://localhost:2"}, {Party::okta, scheme + "://localhost:3"}, {Party::directory, scheme + "://localhost:4"}};
  places.control = "http://localhost:9";
  return places;
}

TEST(Settings, are_lines_that_a_shell_reads) {
  const auto text = to_shell(make_settings(everywhere("http"), accounts()));
  EXPECT_THAT(text, AllOf(HasSubstr("# graph      http://localhost:2\n"), HasSubstr("export LOCKSTEP_CONTROL_URL='http://localhost:9'\n"),
                          HasSubstr("export AZURE_TENANT_ID='tenant-1'\n"), HasSubstr(R"(export AZURE_CLIENT_SECRET='it'\''s')"),
                          HasSubstr("export LOCKSTEP_GRAPH_URL='http://localhost:2/v1.0'\n"), HasSubstr("export LOCKSTEP_SCIM_URL='http://localhost:4/scim/v2'\n")));
  // @azure/identity takes https alone: better the real authority than one that it refuses.
  EXPECT_THAT(text, Not(HasSubstr("AZURE_AUTHORITY_HOST")));
  EXPECT_THAT(text, HasSubstr("start with --tls or --proxy"));
}

TEST(Settings, with_tls_name_the_authority) {
  auto places = everywhere("https");
  places.tls = true;
  places.authority = "/tls/ca.pem";
  const auto text = to_shell(make_settings(places, accounts()));
  EXPECT_THAT(text, AllOf(HasSubstr("export AZURE_AUTHORITY_HOST='https://localhost:1'\n"), HasSubstr("export NODE_EXTRA_CA_CERTS='/tls/ca.pem'\n"),
                          HasSubstr("knownAuthorities ['localhost:1']"), HasSubstr("export OKTA_CLIENT_ORGURL='https://localhost:3'\n"), Not(HasSubstr("HTTPS_PROXY"))));
}

TEST(Settings, behind_the_proxy_hosts_are_the_real_ones) {
  auto places = everywhere("http");
  places.proxy = "http://localhost:8";
  places.authority = "/tls/ca.pem";
  const auto text = to_shell(make_settings(places, accounts()));
  EXPECT_THAT(text, AllOf(HasSubstr("export HTTPS_PROXY='http://localhost:8'\n"), HasSubstr("export NODE_USE_ENV_PROXY='1'\n"), Not(HasSubstr("AZURE_AUTHORITY_HOST")),
                          HasSubstr("export OKTA_CLIENT_ORGURL='https://lockstep.okta.com'\n")));
}

// Okta's SDK does not heed NO_PROXY.
TEST(Settings, behind_the_proxy_the_org_has_a_real_name_with_tls_too) {
  auto places = everywhere("https");
  places.tls = true;
  places.proxy = "http://localhost:8";
  places.authority = "/tls/ca.pem";
  EXPECT_THAT(to_shell(make_settings(places, accounts())), HasSubstr("export OKTA_CLIENT_ORGURL='https://lockstep.okta.com'\n"));
}

TEST(Settings, are_of_those_who_are_served) {
  Places places;
  places.urls = {{Party::okta, "http://localhost:3"}};
  const auto text = to_shell(make_settings(places, accounts()));
  EXPECT_THAT(text, AllOf(HasSubstr("OKTA_CLIENT_TOKEN"), Not(HasSubstr("AZURE_")), Not(HasSubstr("LOCKSTEP_SCIM"))));
}

}  // namespace settings_test
}  // namespace serve
