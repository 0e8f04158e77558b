// What sign-in publishes, and how its keys change.
#include "fakes/entra/sign_in/sign_in_fixture.h"

namespace fakes::entra::sign_in {
namespace discovery_test {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::Contains;
using ::testing::IsSubsetOf;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class Discovery : public SignInTest {
 protected:
  using SignInTest::SignInTest;
  base::JsonObject document(const std::string& tenant) { return json_of(get("/" + tenant + "/v2.0/.well-known/openid-configuration")); }
  std::vector<std::string> key_ids() {
    std::vector<std::string> out;
    const auto keys = json_of(get(path("/discovery/v2.0/keys")));
    for (const auto& key : keys.at("keys").as_array()) out.push_back(base::string_or(key, "kid", ""));
    return out;
  }
  /// Which key signs now.
  std::string signs() {
    const auto tokens = tokens_for();
    cookie_.clear();
    return text_in(base::parse_jwt(text_in(tokens, "id_token"))->header, "kid");
  }
};

// [Graph I1] [Graph I4]
TEST_F(Discovery, the_issuer_is_the_tenants_by_id_and_by_domain) {
  const auto issuer = "https://login.example.test/" + tenant_.id() + "/v2.0";
  for (const auto& name : {tenant_.id(), std::string("example.test"), std::string("example.onmicrosoft.test")})
    EXPECT_EQ(text_in(document(name), "issuer"), issuer) << name;
}

// [Graph I4] [Graph F19]
TEST_F(Discovery, for_everybody_the_issuer_is_a_template) {
  for (const auto* name : {"common", "organizations"}) {
    EXPECT_EQ(text_in(document(name), "issuer"), "https://login.example.test/{tenantid}/v2.0") << name;
    EXPECT_EQ(text_in(document(name), "token_endpoint"), std::string("https://login.example.test/") + name + "/oauth2/v2.0/token");
  }
}

// Behind an edge, addresses are those that the client has used: libraries refuse a document whose issuer is not where
// they asked. [OIDC-DISCOVERY 4.3]
TEST_F(Discovery, behind_an_edge_it_is_of_the_address_that_the_client_used) {
  const HeaderFields edge{{"Host", "localhost:8443"}, {"X-Forwarded-Proto", "https"}};
  const auto place = "/" + tenant_.id();
  const auto found = json_of(get(place + "/v2.0/.well-known/openid-configuration", edge));
  EXPECT_EQ(text_in(found, "issuer"), "https://localhost:8443" + place + "/v2.0");
  EXPECT_EQ(text_in(found, "token_endpoint"), "https://localhost:8443" + place + "/oauth2/v2.0/token");
  EXPECT_EQ(text_in(found, "jwks_uri"), "https://localhost:8443" + place + "/discovery/v2.0/keys");
  const auto instance = json_of(get("/common/discovery/instance", edge));
  EXPECT_EQ(text_in(instance, "tenant_discovery_endpoint"), "https://localhost:8443" + place + "/v2.0/.well-known/openid-configuration");
  EXPECT_EQ(base::to_text(instance.at("metadata")),
            R"([{"preferred_network":"localhost:8443","preferred_cache":"localhost:8443","aliases":["localhost:8443"]}])");
  EXPECT_EQ(text_in(document(tenant_.id()), "issuer"), "https://login.example.test" + place + "/v2.0") << "of others as ever";
}

// [Graph I2]
TEST_F(Discovery, userinfo_is_where_the_client_can_reach_it) {
  const auto endpoint_at = [&](const std::string& host) {
    return text_in(json_of(get("/" + tenant_.id() + "/v2.0/.well-known/openid-configuration", {{"Host", host}, {"X-Forwarded-Proto", "https"}})), "userinfo_endpoint");
  };
  EXPECT_EQ(endpoint_at("login.microsoftonline.com"), "https://graph.microsoft.com/oidc/userinfo");
  EXPECT_EQ(endpoint_at("localhost:8443"), "https://localhost:8443/oidc/userinfo");
  const auto token = text_in(tokens_for(), "access_token");
  const HeaderFields edge{{"Host", "localhost:8443"}, {"X-Forwarded-Proto", "https"}, {"Authorization", "Bearer " + token}};
  EXPECT_EQ(get("/oidc/userinfo", edge).status, 200);
  EXPECT_EQ(get("/oidc/userinfo", {{"Authorization", "Bearer " + token}}).status, 404) << "by its own name it is Graph's";
}

TEST_F(Discovery, a_host_alone_moves_nothing) {
  const auto found = json_of(get("/" + tenant_.id() + "/v2.0/.well-known/openid-configuration", {{"Host", "evil.example"}}));
  EXPECT_EQ(text_in(found, "issuer"), "https://login.example.test/" + tenant_.id() + "/v2.0");
}

// [Graph I2] [Graph I3] [Graph I5]
TEST_F(Discovery, the_document_has_the_published_members) {
  const auto found = document(tenant_.id());
  const auto base = "https://login.example.test/" + tenant_.id();
  const std::map<std::string, std::string> wanted{
      {"token_endpoint_auth_methods_supported", R"(["client_secret_post","private_key_jwt","client_secret_basic"])"},
      {"response_modes_supported", R"(["query","fragment","form_post"])"},
      {"subject_types_supported", R"(["pairwise"])"},
      {"id_token_signing_alg_values_supported", R"(["RS256"])"},
      {"response_types_supported", R"(["code","id_token","code id_token","id_token token"])"},
      {"scopes_supported", R"(["openid","profile","email","offline_access"])"},
      {"claims_supported",
       R"(["sub","iss","cloud_instance_name","cloud_instance_host_name","cloud_graph_host_name","msgraph_host","aud","exp","iat","auth_time","acr","nonce","preferred_username","name","tid","ver","at_hash","c_hash","email"])"},
      {"request_uri_parameter_supported", "false"},
      {"http_logout_supported", "true"},
      {"frontchannel_logout_supported", "true"},
      {"userinfo_endpoint", R"("https://graph.microsoft.com/oidc/userinfo")"},
      {"cloud_instance_name", R"("microsoftonline.com")"},
      {"cloud_graph_host_name", R"("graph.windows.net")"},
      {"msgraph_host", R"("graph.microsoft.com")"},
      {"rbac_url", R"("https://pas.windows.net")"},
      {"token_endpoint", '"' + base + R"(/oauth2/v2.0/token")"},
      {"jwks_uri", '"' + base + R"(/discovery/v2.0/keys")"},
      {"authorization_endpoint", '"' + base + R"(/oauth2/v2.0/authorize")"},
      {"device_authorization_endpoint", '"' + base + R"(/oauth2/v2.0/devicecode")"},
      {"end_session_endpoint", '"' + base + R"(/oauth2/v2.0/logout")"},
      {"kerberos_endpoint", '"' + base + R"(/kerberos")"},
  };
  for (const auto& [name, value] : wanted) {
    const auto* member = base::member(found, name);
    EXPECT_EQ(member == nullptr ? "nothing" : base::to_text(*member), value) << name;
  }
  EXPECT_TRUE(found.contains("tenant_region_scope"));
  EXPECT_TRUE(found.contains("issuer"));
  EXPECT_EQ(found.size(), wanted.size() + 2);
}

// [Graph K5]
TEST_F(Discovery, a_tenant_that_is_none_is_named_in_the_error) {
  for (const auto& [name, code] : {std::pair{"ffffffff-0000-0000-0000-000000000000", 90002}, {"other.test", 90002}, {"consumers", 90002}, {"x", 900023}}) {
    const auto answer = get(std::string("/") + name + "/v2.0/.well-known/openid-configuration");
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(error_of(answer).second, code) << name;
    EXPECT_THAT(text_in(json_of(answer), "error_description"), ::testing::HasSubstr(name));
  }
}

// [Graph I6]
TEST_F(Discovery, the_key_set_has_several_keys_with_certificates) {
  const auto keys = json_of(get(path("/discovery/v2.0/keys"))).at("keys").as_array();
  ASSERT_THAT(keys, SizeIs(2));
  for (const auto& key : keys) {
    for (const auto& [name, value] : {std::pair{"kty", "RSA"}, {"use", "sig"}, {"cloud_instance_name", "microsoftonline.com"}})
      EXPECT_EQ(base::string_or(key, name, ""), value);
    EXPECT_EQ(base::string_or(key, "issuer", ""), "https://login.example.test/" + tenant_.id() + "/v2.0");
    EXPECT_EQ(base::string_or(key, "x5t", "none"), base::string_or(key, "kid", ""));
    EXPECT_THAT(*base::from_base64url(base::string_or(key, "x5t", "")), SizeIs(20));
    const auto certificate = base::from_base64(std::string(base::as_text(key.at("x5c").as_array().at(0).as_string())));
    ASSERT_TRUE(certificate.has_value());
    EXPECT_NE(certificate->find(*base::from_base64url(base::string_or(key, "n", ""))), std::string::npos);
  }
}

// [Graph I6]
TEST_F(Discovery, an_announced_key_was_published_before_it_signs_and_the_old_one_stays_for_a_day) {
  const auto before = key_ids();
  const auto first = signs();
  service_.roll_keys(SigningKeys::Notice::announced);
  const auto second = signs();
  EXPECT_NE(second, first);
  EXPECT_THAT(before, Contains(second));
  EXPECT_THAT(key_ids(), Contains(first));
  EXPECT_THAT(key_ids(), SizeIs(3));
  pass(hours{24});
  EXPECT_THAT(key_ids(), Not(Contains(first)));
  EXPECT_EQ(signs(), second);
}

// [Graph I6] [Graph F20]
TEST_F(Discovery, without_notice_a_key_signs_that_nobody_has_seen) {
  const auto before = key_ids();
  service_.roll_keys(SigningKeys::Notice::none);
  const auto id = signs();
  EXPECT_THAT(before, Not(Contains(id)));
  EXPECT_THAT(key_ids(), Contains(id));
}

TEST_F(Discovery, old_keys_can_be_withdrawn_at_once) {
  const auto first = signs();
  service_.roll_keys(SigningKeys::Notice::announced);
  service_.forget_old_keys();
  EXPECT_THAT(key_ids(), Not(Contains(first)));
}

TEST_F(Discovery, a_key_that_comes_round_again_has_another_id) {
  std::set<std::string> seen;
  for (int i = 0; i < 6; ++i) {
    seen.insert(signs());
    service_.roll_keys(SigningKeys::Notice::announced);
    pass(hours{1});
  }
  EXPECT_THAT(seen, SizeIs(6));
}

class ScheduledKeys : public Discovery {
 protected:
  static SignInOptions monthly() {
    SignInOptions options;
    options.key_period = days{42};
    return with_test_host(std::move(options));
  }
  ScheduledKeys() : Discovery(monthly()) {}
};

// [Graph I6]
TEST_F(ScheduledKeys, keys_change_by_themselves) {
  const auto first = signs();
  pass(days{41});
  EXPECT_EQ(signs(), first);
  const auto announced = key_ids();
  pass(days{1});
  EXPECT_NE(signs(), first);
  EXPECT_THAT(announced, Contains(signs()));
}

class LaggingKeys : public Discovery {
 protected:
  LaggingKeys() : Discovery(with({Quirk::key_set_lags})) {}
};

// [Graph F20]
TEST_F(LaggingKeys, a_new_key_is_not_published_for_five_minutes) {
  service_.roll_keys(SigningKeys::Notice::none);
  const auto id = signs();
  EXPECT_THAT(key_ids(), Not(Contains(id)));
  pass(minutes{5});
  EXPECT_THAT(key_ids(), Contains(id));
}

TEST_F(Discovery, a_cloud_is_described_to_client_libraries) {
  const auto found = json_of(get("/common/discovery/instance?api-version=1.1"));
  EXPECT_EQ(text_in(found, "tenant_discovery_endpoint"), "https://login.example.test/" + tenant_.id() + "/v2.0/.well-known/openid-configuration");
  EXPECT_EQ(base::string_or(found.at("metadata").as_array().at(0), "preferred_network", ""), "login.example.test");
}

// What is not modelled says so by its name.
TEST_F(Discovery, absent_operations_name_themselves) {
  int absent = 0;
  for (const auto& operation : operations()) {
    if (operation.fidelity != Fidelity::absent) continue;
    ++absent;
    std::string target(operation.name.substr(operation.name.find('/')));
    target.replace(target.find("{tenant}"), 8, "common");
    const auto answer = operation.name.starts_with("GET") ? get(target) : post(target, {});
    EXPECT_EQ(answer.status, 501) << operation.name;
    EXPECT_THAT(answer.body, ::testing::HasSubstr(std::string(operation.name)));
  }
  EXPECT_GT(absent, 0);
  EXPECT_EQ(get("/common/nothing/here").status, 404);
  EXPECT_EQ(get(path("/oauth2/v2.0/token")).status, 405);
}

TEST_F(Discovery, quirks_have_names_sources_and_defaults) {
  for (const auto& quirk : all_quirks()) {
    EXPECT_EQ(find_quirk(quirk.name), quirk.quirk);
    EXPECT_EQ(Quirks().has(quirk.quirk), quirk.on);
    EXPECT_TRUE(quirk.source.starts_with("Graph ")) << quirk.name;
  }
  EXPECT_FALSE(find_quirk("nothing").has_value());
}

}  // namespace discovery_test
}  // namespace fakes::entra::sign_in
