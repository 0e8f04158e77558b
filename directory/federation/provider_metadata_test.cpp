// Discovery documents and key sets that are right, wrong, hostile and large.
#include "directory/federation/provider_metadata.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/simulated_keys.h"

namespace directory {
namespace provider_metadata_test {

using ::testing::HasSubstr;
using ::testing::SizeIs;

base::JsonObject good() {
  return {{"issuer", "https://idp.test"},
          {"authorization_endpoint", "https://idp.test/authorize"},
          {"token_endpoint", "https://idp.test/token"},
          {"jwks_uri", "https://idp.test/keys"}};
}

std::string problem(const base::JsonObject& document, std::string_view issuer = "https://idp.test") {
  const auto metadata = read_metadata(base::to_text(document), issuer);
  return metadata ? "" : metadata.error().message;
}

// [OIDC-DISCOVERY 4]
TEST(ProviderMetadata, the_document_stands_below_the_issuer) {
  EXPECT_EQ(discovery_address("https://idp.test")->text(), "https://idp.test/.well-known/openid-configuration");
  EXPECT_EQ(discovery_address("https://idp.test/tenant/v2.0/")->text(),
            "https://idp.test/tenant/v2.0/.well-known/openid-configuration");
  for (const auto* issuer : {"", "idp.test", "http://idp.test", "https://idp.test?x=1", "ftp://idp.test"}) {
    EXPECT_FALSE(discovery_address(issuer).has_value()) << issuer;
  }
  EXPECT_TRUE(discovery_address("http://localhost:8081").has_value());
}

TEST(ProviderMetadata, a_good_document_is_read) {
  const auto metadata = read_metadata(base::to_text(good()), "https://idp.test");
  ASSERT_TRUE(metadata.has_value());
  EXPECT_EQ(metadata->token_endpoint.text(), "https://idp.test/token");
  EXPECT_FALSE(metadata->secret_in_body);
}

// [OIDC-DISCOVERY 4.3]
TEST(ProviderMetadata, another_issuers_document_is_refused) {
  EXPECT_THAT(problem(good(), "https://idp.test/"), HasSubstr("another issuer"));
  EXPECT_THAT(problem(good(), "https://other.test"), HasSubstr("another issuer"));
}

TEST(ProviderMetadata, endpoints_are_needed_and_https) {
  for (const auto* name : {"authorization_endpoint", "token_endpoint", "jwks_uri"}) {
    auto document = good();
    document.erase(name);
    EXPECT_THAT(problem(document), HasSubstr(name));
    document[name] = "http://idp.test/x";
    EXPECT_THAT(problem(document), HasSubstr("https")) << name;
    document[name] = "javascript:alert(1)";
    EXPECT_THAT(problem(document), HasSubstr("no address")) << name;
  }
}

// [rule D99]: a multi-tenant application is given a template.
TEST(ProviderMetadata, a_tenants_place_in_the_issuer_takes_a_tenant_and_nothing_else) {
  constexpr auto text = "https://login.test/{tenantid}/v2.0";
  EXPECT_TRUE(issuer_matches("https://login.test/72f988bf-86f1-41af/v2.0", text));
  for (const auto* issuer : {"https://login.test//v2.0", "https://login.test/a/b/v2.0", "https://login.test/a/v1.0",
                             "https://evil.test/a/v2.0", "https://login.test/v2.0", ""}) {
    EXPECT_FALSE(issuer_matches(issuer, text)) << issuer;
  }
  auto document = good();
  document["issuer"] = text;
  EXPECT_EQ(problem(document, "https://login.test/tenant-1/v2.0"), "");
  EXPECT_THAT(problem(document, "https://evil.test/tenant-1/v2.0"), HasSubstr("another issuer"));
}

TEST(ProviderMetadata, the_secret_goes_into_the_body_only_where_it_must) {
  auto document = good();
  document["token_endpoint_auth_methods_supported"] = base::JsonArray{"client_secret_post", "client_secret_basic"};
  EXPECT_FALSE(read_metadata(base::to_text(document), "https://idp.test")->secret_in_body);
  document["token_endpoint_auth_methods_supported"] = base::JsonArray{"client_secret_post"};
  EXPECT_TRUE(read_metadata(base::to_text(document), "https://idp.test")->secret_in_body);
}

TEST(ProviderMetadata, what_is_no_document_is_an_error) {
  for (const auto& text : {std::string(), std::string("[]"), std::string("{"), std::string(largest_provider_answer + 1, ' ')}) {
    EXPECT_FALSE(read_metadata(text, "https://idp.test").has_value());
  }
}

// [RFC7517 5]
TEST(KeySet, holds_the_keys_that_can_be_used) {
  const auto key = base::to_jwk(base::simulated_signing_key(0, "k").public_key());
  auto encryption = key;
  encryption["use"] = "enc";
  const base::JsonObject set{{"keys", base::JsonArray{encryption, key, 7, base::JsonObject{{"kty", "EC"}}}}};
  const auto keys = read_key_set(base::to_text(set));
  ASSERT_TRUE(keys.has_value());
  ASSERT_THAT(*keys, SizeIs(1));
  EXPECT_EQ(keys->front().id, "k");
}

TEST(KeySet, is_bounded) {
  base::JsonArray many(200, base::to_jwk(base::simulated_signing_key(0, "k").public_key()));
  EXPECT_THAT(*read_key_set(base::to_text(base::JsonObject{{"keys", std::move(many)}})), SizeIs(64));
  EXPECT_FALSE(read_key_set("{}").has_value());
  EXPECT_FALSE(read_key_set(std::string(largest_provider_answer + 1, ' ')).has_value());
}

}  // namespace provider_metadata_test
}  // namespace directory
