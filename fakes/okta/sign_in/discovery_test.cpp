// What the authorization servers publish, and their keys.
#include "fakes/okta/sign_in/sign_in_fixture.h"

namespace fakes::okta::sign_in {
namespace discovery_test {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class Discovery : public SignInTest {
 protected:
  using SignInTest::SignInTest;
  std::vector<std::string> key_ids() {
    std::vector<std::string> ids;
    for (const auto& key : keys()) ids.push_back(text_in(key.as_object(), "kid"));
    return ids;
  }
  std::vector<std::string> words(const base::JsonObject& document, std::string_view name) {
    std::vector<std::string> out;
    for (const auto& word : document.at(base::json_key(name)).as_array()) out.emplace_back(word.as_string().c_str());
    return out;
  }
};

// [Okta provisioning-clients 5.8-01]
TEST_F(Discovery, the_orgs_own_server_stands_below_oauth2) {
  const auto document = json_of(get("/.well-known/openid-configuration"));
  EXPECT_EQ(text_in(document, "issuer"), issuer);
  for (const auto& [name, path] : {std::pair{"authorization_endpoint", "authorize"}, {"token_endpoint", "token"}, {"introspection_endpoint", "introspect"},
                                   {"revocation_endpoint", "revoke"}, {"end_session_endpoint", "logout"}, {"jwks_uri", "keys"},
                                   {"userinfo_endpoint", "userinfo"}})
    EXPECT_EQ(text_in(document, name), issuer + "/oauth2/v1/" + path);
}

// [Okta provisioning-clients 5.8-01]
TEST_F(Discovery, another_server_stands_below_its_id) {
  const auto document = json_of(get("/oauth2/default/.well-known/openid-configuration"));
  EXPECT_EQ(text_in(document, "issuer"), issuer + "/oauth2/default");
  for (const auto& [name, path] : {std::pair{"authorization_endpoint", "authorize"}, {"token_endpoint", "token"}, {"introspection_endpoint", "introspect"},
                                   {"revocation_endpoint", "revoke"}, {"end_session_endpoint", "logout"}, {"jwks_uri", "keys"},
                                   {"userinfo_endpoint", "userinfo"}})
    EXPECT_EQ(text_in(document, name), issuer + "/oauth2/default/v1/" + path);
}

// [OIDC-DISCOVERY 4.3]
TEST_F(Discovery, behind_an_edge_it_is_of_the_address_that_the_client_used) {
  const HeaderFields edge{{"Host", "localhost:8443"}, {"X-Forwarded-Proto", "http"}};
  for (const std::string base : {"", "/oauth2/default"}) {
    const auto document = json_of(get(base + "/.well-known/openid-configuration", edge));
    EXPECT_EQ(text_in(document, "issuer"), "http://localhost:8443" + base);
    EXPECT_EQ(text_in(document, "jwks_uri"), "http://localhost:8443" + (base.empty() ? "/oauth2" : base) + "/v1/keys");
    EXPECT_EQ(text_in(json_of(get(base + "/.well-known/openid-configuration")), "issuer"), issuer + base) << "of others as ever";
  }
}

// [OIDC-DISCOVERY 4.3]: clients refuse a document whose issuer is not where they asked.
TEST_F(Discovery, the_issuer_is_the_address_before_the_well_known_path) {
  for (const std::string base : {"", "/oauth2/default"}) {
    EXPECT_EQ(text_in(json_of(get(base + "/.well-known/openid-configuration")), "issuer"), issuer + base);
    EXPECT_EQ(text_in(json_of(get(base + "/.well-known/oauth-authorization-server")), "issuer"), issuer + base);
  }
}

// [Okta provisioning-clients 5.8-02] [Okta provisioning-clients 5.8-03]
TEST_F(Discovery, tells_grants_algorithm_and_proof_keys) {
  const auto org = json_of(get("/.well-known/openid-configuration"));
  EXPECT_THAT(words(org, "grant_types_supported"), UnorderedElementsAre("authorization_code", "implicit", "refresh_token", "password"));
  EXPECT_THAT(words(org, "id_token_signing_alg_values_supported"), ElementsAre("RS256"));
  EXPECT_THAT(words(org, "code_challenge_methods_supported"), ElementsAre("S256"));
  EXPECT_THAT(words(org, "token_endpoint_auth_methods_supported"), UnorderedElementsAre("client_secret_basic", "client_secret_post", "none"));
  const auto custom = json_of(get("/oauth2/default/.well-known/openid-configuration"));
  EXPECT_THAT(words(custom, "grant_types_supported"), Contains("client_credentials"));
}

// [RFC8414 2]
TEST_F(Discovery, a_client_of_oauth_alone_is_told_nothing_of_openid) {
  const auto document = json_of(get("/oauth2/default/.well-known/oauth-authorization-server"));
  EXPECT_EQ(text_in(document, "token_endpoint"), issuer + "/oauth2/default/v1/token");
  EXPECT_THAT(words(document, "response_types_supported"), UnorderedElementsAre("code", "token", "code token"));
  EXPECT_THAT(names_of(document), Not(Contains("userinfo_endpoint")));
}

// [Okta provisioning-clients 5.1-05]
TEST_F(Discovery, a_server_that_is_not_there_is_refused_as_the_management_api_refuses) {
  for (const auto* path : {"/oauth2/aus404/.well-known/openid-configuration", "/oauth2/aus404/v1/keys", "/oauth2/aus404/v1/token"}) {
    const auto response = get(path);
    EXPECT_EQ(response.status, 404) << path;
    const auto body = json_of(response);
    EXPECT_EQ(text_in(body, "errorCode"), "E0000007");
    EXPECT_TRUE(text_in(body, "errorSummary").contains("aus404 (AuthorizationServer)")) << response.body;
  }
}

// [RFC7517 4]
TEST_F(Discovery, keys_are_for_signatures_by_rs256) {
  ASSERT_THAT(keys(), Not(IsEmpty()));
  for (const auto& key : keys()) {
    EXPECT_THAT(names_of(key.as_object()), UnorderedElementsAre("kty", "alg", "kid", "use", "e", "n"));
    EXPECT_EQ(text_in(key.as_object(), "kty"), "RSA");
    EXPECT_EQ(text_in(key.as_object(), "alg"), "RS256");
    EXPECT_EQ(text_in(key.as_object(), "use"), "sig");
  }
}

TEST_F(Discovery, each_server_has_its_own_keys) {
  const auto org = key_ids();
  server_ = "/oauth2/default";
  for (const auto& id : key_ids()) EXPECT_THAT(org, Not(Contains(id)));
}

// [Okta provisioning-clients 5.8-02]
TEST_F(Discovery, an_announced_key_has_been_published_before_it_signs) {
  const auto before = key_ids();
  service_.roll_keys(SigningKeys::Notice::announced);
  const auto tokens = tokens_for();
  const auto token = base::parse_jwt(text_in(tokens, "id_token"));
  ASSERT_TRUE(token.has_value());
  EXPECT_THAT(before, Contains(text_in(token->header, "kid")));
}

// [Okta provisioning-clients 5.8-02]
TEST_F(Discovery, who_keeps_a_key_set_must_read_it_again) {
  const auto before = key_ids();
  service_.roll_keys(SigningKeys::Notice::none);
  const auto tokens = tokens_for();
  const auto token = base::parse_jwt(text_in(tokens, "id_token"));
  ASSERT_TRUE(token.has_value());
  EXPECT_THAT(before, Not(Contains(text_in(token->header, "kid"))));
  EXPECT_THAT(key_ids(), Contains(text_in(token->header, "kid")));
  EXPECT_THAT(key_ids(), Contains(before.front())) << "what it has signed can still be verified";
  service_.forget_old_keys();
  EXPECT_THAT(key_ids(), Not(Contains(before.front())));
}

class KeysByThemselves : public Discovery {
 protected:
  static SignInOptions options() {
    auto options = test_options();
    options.key_period = std::chrono::days{90};
    return options;
  }
  KeysByThemselves() : Discovery(options()) {}
};

// [Okta provisioning-clients 5.8-02]
TEST_F(KeysByThemselves, change_with_time) {
  const auto before = key_ids();
  pass(std::chrono::days{91});
  EXPECT_NE(key_ids(), before);
  pass(std::chrono::days{91});
  for (const auto& id : before) EXPECT_THAT(key_ids(), Not(Contains(id)));
}

TEST_F(Discovery, other_methods_are_refused) {
  EXPECT_EQ(send("DELETE", "/oauth2/v1/token").status, 405);
  EXPECT_EQ(get("/oauth2/v1/token").status, 405);
  EXPECT_EQ(get("/oauth2/v1/introspect").headers.find("Allow"), "POST");
  EXPECT_EQ(post("/oauth2/v1/keys", {}).status, 405);
  EXPECT_EQ(get("/oauth2/v1/nothing").status, 404);
}

TEST_F(Discovery, what_is_not_modelled_names_itself) {
  int absent = 0;
  for (const auto& operation : operations()) {
    if (operation.fidelity != Fidelity::absent) continue;
    ++absent;
    const std::string name(operation.name.substr(operation.name.find('}') + 1));
    for (const std::string base : {"/oauth2", "/oauth2/default"}) {
      const auto response = post(base + name, {});
      EXPECT_EQ(response.status, 501) << operation.name;
      EXPECT_TRUE(response.body.contains(name)) << response.body;
    }
  }
  EXPECT_GT(absent, 0);
}

TEST_F(Discovery, quirks_are_found_by_their_names) {
  for (const auto& info : all_quirks()) {
    EXPECT_EQ(find_quirk(info.name), info.quirk);
    EXPECT_EQ(&info - all_quirks().data(), static_cast<int>(info.quirk)) << "the table is in the order of the enumeration";
  }
  EXPECT_EQ(find_quirk("no_such_quirk"), std::nullopt);
}

}  // namespace discovery_test
}  // namespace fakes::okta::sign_in
