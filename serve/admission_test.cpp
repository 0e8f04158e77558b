// Who is asked, and what an edge alone may say.
#include "serve/admission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/uri.h"

namespace serve {
namespace admission_test {

using ::testing::HasSubstr;

base::HttpRequest to_host(const std::string& host, const std::string& target = "/") {
  base::HttpRequest request("GET", target);
  request.headers.add("Host", host);
  return request;
}

/// Name of the party that gets it, or the status of the refusal.
std::string party_for(const std::string& host, Party at = Party::graph, AdmissionOptions options = {}) {
  Admission admission(std::move(options));
  const auto admitted = admission.admit(at, Scheme::https, "127.0.0.1", to_host(host));
  return admitted ? std::string(info_of(admitted->party).name) : std::to_string(admitted.error().status);
}

TEST(Admission, the_port_decides_where_the_host_is_this_machine) {
  for (const auto* host : {"localhost:4000", "127.0.0.1", "[::1]:4000", "okta.localhost:4000", "LOCALHOST"}) EXPECT_EQ(party_for(host), "graph") << host;
}

TEST(Admission, a_name_of_a_partys_decides_at_every_port) {
  EXPECT_EQ(party_for("login.microsoftonline.com"), "entra");
  EXPECT_EQ(party_for("graph.microsoft.com", Party::okta), "graph");
  EXPECT_EQ(party_for("acme.okta.com"), "okta");
  EXPECT_EQ(party_for("acme-admin.oktapreview.com:443"), "okta");
  EXPECT_EQ(party_for("directory.example.test"), "directory");
}

TEST(Admission, a_name_of_nobodys_is_misdirected) {
  for (const auto* host : {"example.com", "evil.com:4000", "a.b.okta.com", ".okta.com", "okta.com", "graph.microsoft.com.evil.com", "192.0.2.1"})
    EXPECT_EQ(party_for(host), "421") << host;
  EXPECT_EQ(party_for("box.corp.test", Party::graph, {.more_names = {"box.corp.test"}}), "graph");
  EXPECT_EQ(party_for("192.0.2.1:4000", Party::graph, {.any_address = true}), "graph");
  EXPECT_EQ(party_for("acme.okta.com", Party::graph, {.served = {Party::graph}}), "421") << "who is not served is not here";
}

TEST(Admission, what_names_no_host_is_refused) {
  for (const auto* host : {"", "a b", "x@localhost", "localhost/x", "localhost:99999", "\"><script>.okta.com", "localhost#"})
    EXPECT_EQ(party_for(host), "400") << host;
  Admission admission({});
  auto twice = to_host("localhost");
  twice.headers.add("Host", "graph.microsoft.com");
  EXPECT_EQ(admission.admit(Party::graph, Scheme::http, "", twice).error().status, 400);
  EXPECT_EQ(admission.admit(Party::graph, Scheme::http, "", to_host("localhost", "*")).error().status, 400);
}

TEST(Admission, refuses_in_the_form_of_the_service) {
  Admission admission({});
  const auto body_at = [&](Party party) { return admission.admit(party, Scheme::http, "", to_host("example.com")).error().body; };
  EXPECT_THAT(body_at(Party::graph), HasSubstr(R"({"error":{"code":)"));
  EXPECT_THAT(body_at(Party::entra), HasSubstr(R"({"error":"invalid_request","error_description":)"));
  EXPECT_THAT(body_at(Party::okta), HasSubstr(R"("errorCode":"E0000003","errorSummary":)"));
  EXPECT_THAT(body_at(Party::directory), HasSubstr("urn:ietf:params:scim:api:messages:2.0:Error"));
}

TEST(Admission, an_edges_fields_are_the_edges) {
  Admission admission({});
  auto request = to_host("localhost:4000");
  for (const auto* name : {"X-Forwarded-Proto", "x-forwarded-host", "X-Forwarded-For", "Forwarded", "X-Lockstep-Client-Address", "Connection", "Proxy-Authorization"})
    request.headers.add(name, "smuggled");
  request.headers.add("X-Forwarded-Proto", "http");
  request.headers.add("Accept", "application/json");
  const auto admitted = admission.admit(Party::graph, Scheme::https, "127.0.0.1", request);
  ASSERT_TRUE(admitted.has_value());
  const base::HttpRequest& seen = admitted->request;
  EXPECT_EQ(seen.headers.find("X-Forwarded-Proto"), "https");
  EXPECT_EQ(seen.headers.find("X-Forwarded-For"), "127.0.0.1");
  EXPECT_EQ(seen.headers.find("Accept"), "application/json");
  for (const auto& field : seen.headers) EXPECT_NE(field.value, "smuggled") << field.name;
  EXPECT_EQ(seen.headers.size(), 4U);
}

// [RFC9112 3.2.2]
TEST(Admission, an_absolute_target_says_more_than_the_host_field) {
  Admission admission({});
  const auto admitted = admission.admit(Party::okta, Scheme::http, "", to_host("localhost", "http://graph.microsoft.com/v1.0/users?$top=1"));
  ASSERT_TRUE(admitted.has_value());
  EXPECT_EQ(admitted->party, Party::graph);
  EXPECT_EQ(admitted->request.target, "/v1.0/users?$top=1");
  EXPECT_EQ(admitted->request.host(), "graph.microsoft.com");
}

TEST(Admission, so_many_names_and_no_more) {
  Admission admission({.most_names = 2});
  for (const auto* host : {"a.okta.com", "b.okta.com", "a.okta.com"}) EXPECT_TRUE(admission.admit(Party::okta, Scheme::https, "", to_host(host)).has_value()) << host;
  EXPECT_EQ(admission.admit(Party::okta, Scheme::https, "", to_host("c.okta.com")).error().status, 421);
}

// Whatever a client writes there, what goes on has a name that is ours, a path, and the edge's fields once.
RC_GTEST_PROP(Admission, lets_in_nothing_that_is_not_in_order, (const std::string& host, const std::string& target, const std::string& field)) {
  Admission admission({});
  for (const auto& name : {host, "localhost" + host, "graph.microsoft.com:" + host}) {
    auto request = to_host(name, "/" + target);
    request.headers.add("X-Forwarded-Proto", field);
    const auto admitted = admission.admit(Party::graph, Scheme::https, "127.0.0.1", std::move(request));
    if (!admitted) {
      RC_ASSERT(admitted.error().status == 400 || admitted.error().status == 421);
      continue;
    }
    const auto& seen = admitted->request;
    RC_ASSERT(seen.target.starts_with('/'));
    RC_ASSERT(seen.headers.find("X-Forwarded-Proto") == "https");
    RC_ASSERT(seen.headers.size() == 3U);
    RC_ASSERT(base::parse_uri("https://" + seen.host()).has_value());
  }
}

}  // namespace admission_test
}  // namespace serve
