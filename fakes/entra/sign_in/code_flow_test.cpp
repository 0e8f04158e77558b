// A whole login with code and PKCE, as an app and a browser play it with nothing but the discovery document to go by.
#include "base/crypto.h"
#include "fakes/entra/sign_in/sign_in_fixture.h"

namespace fakes::entra::sign_in {
namespace code_flow_test {

using ::testing::StartsWith;

class CodeFlow : public SignInTest {
 protected:
  /// Path and query of an address below this host.
  static std::string target_of(const std::string& address) {
    const auto uri = base::parse_uri(address);
    EXPECT_TRUE(uri && uri->host == "login.example.test") << address;
    return uri ? uri->target() : "";
  }
  base::JsonObject document() { return json_of(get("/" + tenant_.id() + "/v2.0/.well-known/openid-configuration")); }
  std::vector<base::RsaPublicKey> published_keys() {
    std::vector<base::RsaPublicKey> out;
    const auto set = json_of(get(target_of(text_in(document(), "jwks_uri"))));
    for (const auto& key : set.at("keys").as_array()) out.push_back(base::read_jwk(key).value());
    return out;
  }
  std::string begin() {
    return target_of(text_in(document(), "authorization_endpoint")) + "?" +
           form_text({{"client_id", app_->app_id}, {"response_type", "code"}, {"redirect_uri", redirect_uri}, {"scope", "openid profile"}, {"state", "x/y"},
                      {"nonce", "n-1"}, {"code_challenge", base::to_base64url(base::sha256(verifier_))}, {"code_challenge_method", "S256"}});
  }
  base::Jwt finish(const std::string& code) {
    const auto answer = post(target_of(text_in(document(), "token_endpoint")),
                             {{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirect_uri}, {"code_verifier", verifier_}},
                             {{"Authorization", "Basic " + base::to_base64(app_->app_id + ":" + secret_.value.reveal())}});
    EXPECT_EQ(answer.status, 200) << answer.body;
    return base::parse_jwt(text_in(json_of(answer), "id_token")).value();
  }
  static bool is_signed_by(const base::Jwt& token, const std::vector<base::RsaPublicKey>& keys) {
    return std::ranges::any_of(keys, [&](const auto& key) { return key.id == text_in(token.header, "kid") && base::verify_rs256(token, key); });
  }

  std::string verifier_ = std::string(43, 'v');
};

// [Graph I1] [Graph I6] [Graph I8] [Graph I15]
TEST_F(CodeFlow, an_app_signs_a_person_in) {
  auto page = browse(begin());
  ASSERT_EQ(page.status, 200);
  page = submit(page, {{"loginfmt", "amy@example.test"}});
  page = submit(page, {{"passwd", "Not-Hers-1"}});
  EXPECT_THAT(problem_of(page), StartsWith("AADSTS50126: "));
  const auto back = submit(page, {{"passwd", good_password}});
  ASSERT_EQ(back.status, 302);
  EXPECT_THAT(std::string(*back.headers.find("Location")), StartsWith(redirect_uri + "&"));
  EXPECT_EQ(sent_back(back).parameter("state"), "x/y");
  const auto token = finish(sent_back(back).parameter("code").value_or(""));
  EXPECT_TRUE(is_signed_by(token, published_keys()));
  EXPECT_EQ(text_in(token.claims, "iss"), text_in(document(), "issuer"));
  EXPECT_EQ(text_in(token.claims, "aud"), app_->app_id);
  EXPECT_EQ(text_in(token.claims, "nonce"), "n-1");
  EXPECT_EQ(text_in(token.claims, "preferred_username"), "amy@example.test");
}

// [Graph F20] [Graph I6]
TEST_F(CodeFlow, a_key_that_changes_during_a_login_is_found_by_asking_again) {
  const auto kept = published_keys();
  const auto page = submit(browse(begin()), {{"loginfmt", "amy@example.test"}});
  service_.roll_keys(SigningKeys::Notice::none);
  const auto token = finish(sent_back(submit(page, {{"passwd", good_password}})).parameter("code").value_or(""));
  EXPECT_FALSE(is_signed_by(token, kept));
  EXPECT_TRUE(is_signed_by(token, published_keys()));
}

// [Graph I6]
TEST_F(CodeFlow, a_key_that_was_announced_is_among_those_that_were_kept) {
  const auto kept = published_keys();
  const auto page = submit(browse(begin()), {{"loginfmt", "amy@example.test"}});
  service_.roll_keys(SigningKeys::Notice::announced);
  const auto token = finish(sent_back(submit(page, {{"passwd", good_password}})).parameter("code").value_or(""));
  EXPECT_TRUE(is_signed_by(token, kept));
}

// Whoever signs in, the token is of their tenant. [Graph F19] [Graph I4]
TEST_F(CodeFlow, through_everybodys_endpoint_the_issuer_is_the_tenants) {
  auto target = begin();
  target.replace(1, tenant_.id().size(), "common");
  const auto token = finish(sent_back(log_in(target)).parameter("code").value_or(""));
  EXPECT_EQ(text_in(token.claims, "iss"), "https://login.example.test/" + tenant_.id() + "/v2.0");
  EXPECT_EQ(text_in(token.claims, "tid"), tenant_.id());
}

}  // namespace code_flow_test
}  // namespace fakes::entra::sign_in
