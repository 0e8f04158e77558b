// An org with its sign-in, a user, apps, and a browser that follows redirects within the org and fills in forms.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/crypto.h"
#include "base/encoding.h"
#include "base/jose.h"
#include "fakes/oidc/browser_fixture.h"
#include "fakes/okta/org/org_fixture.h"
#include "fakes/okta/sign_in/sign_in_service.h"

namespace fakes::okta::sign_in {

using oidc::Fields;
using oidc::form_text;
using oidc::forms_of;
using oidc::HeaderFields;
using oidc::json_of;
using oidc::problem_of;
using oidc::sent_back;
using oidc::SigningKeys;
using oidc::text_in;

class SignInTest : public OrgFixture, protected oidc::Visitor {
 protected:
  SignInTest() : SignInTest(Quirks{}) {}
  explicit SignInTest(Quirks quirks, OrgOptions org = {}) : SignInTest(test_options(std::move(quirks)), std::move(org)) {}
  explicit SignInTest(SignInOptions options, OrgOptions org = {})
      : OrgFixture(std::move(org)), Visitor([this](const auto& request) { return service_.answer(request); }), service_({&org_, &witness_}, base::Rng(5), std::move(options)) {
    amy_ = add(amy);
    app_ = add_client({"authorization_code", "refresh_token"});
    EXPECT_TRUE(org_.assign(app_, amy_));
  }

  static SignInOptions test_options(Quirks quirks = {}) {
    SignInOptions options;
    options.org_url = base::parse_uri(issuer).value();
    options.custom_servers = {{"default", "api://default", {"orders.read", "orders.write"}}};
    options.quirks = std::move(quirks);
    return options;
  }

  AppId add_client(std::set<std::string> grant_types, const std::string& auth_method = "client_secret_basic", const std::string& type = "web") {
    OidcClient client;
    client.auth_method = auth_method;
    client.application_type = type;
    client.redirect_uris = {redirect_uri};
    client.post_logout_redirect_uris = {"https://app.example.test/bye"};
    client.grant_types = std::move(grant_types);
    NewApp app{.label = "Travel & more"};
    app.oidc = std::move(client);
    const auto id = org_.create_app(app);
    EXPECT_TRUE(id.has_value()) << sentence_of(id ? Refusal{} : id.error());
    return id.value_or(AppId{});
  }
  [[nodiscard]] const OidcClient& client(const AppId& app) const { return *org_.find(app)->oidc; }
  void set_client(const AppId& app, OidcClient changed) { EXPECT_TRUE(org_.set_oidc(app, changed)); }

  // Requests.
  [[nodiscard]] std::string at(std::string_view rest) const { return server_ + std::string(rest); }
  [[nodiscard]] HeaderFields basic(const AppId& app) const {
    return {{"Authorization", "Basic " + base::to_base64(client(app).client_id + ":" + client(app).client_secret.reveal())}};
  }
  base::HttpResponse ask_for_token(const Fields& fields) { return post(at("/v1/token"), fields, basic(app_)); }
  base::HttpResponse redeem(const std::string& code, Fields more = {}) {
    Fields fields{{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirect_uri}};
    fields.insert(fields.end(), more.begin(), more.end());
    return ask_for_token(fields);
  }
  base::HttpResponse refresh(const std::string& token, Fields more = {}) {
    Fields fields{{"grant_type", "refresh_token"}, {"refresh_token", token}};
    fields.insert(fields.end(), more.begin(), more.end());
    return ask_for_token(fields);
  }
  /// `error` of a refused request.
  static std::string error_of(const base::HttpResponse& response) { return text_in(json_of(response), "error"); }

  // A browser.
  base::HttpResponse browse(const std::string& target) { return follow(get(target, cookies())); }
  base::HttpResponse submit(const base::HttpResponse& page, const Fields& typed) {
    EXPECT_EQ(forms_of(page.body).size(), 1) << page.body;
    return follow(fill_in(page, typed));
  }
  /// Types name and password into the page that the request leads to.
  base::HttpResponse log_in(const std::string& target, const std::string& name = amy, const std::string& password = right_password) {
    return submit(browse(target), {{"username", name}, {"password", password}});
  }
  base::HttpResponse follow(base::HttpResponse response) {
    for (int i = 0; i < 5; ++i) {
      response = keep_cookie(std::move(response));
      const std::string location(response.headers.find("Location").value_or(""));
      if (!location.starts_with('/')) break;
      response = get(location, cookies());
    }
    return response;
  }

  /// The address of the authorization endpoint; later fields replace earlier ones, and an empty value drops one.
  [[nodiscard]] std::string authorize(const Fields& more = {}) const { return authorize_for(app_, more); }
  [[nodiscard]] std::string authorize_for(const AppId& app, const Fields& more = {}) const {
    const Fields usual{{"client_id", client(app).client_id}, {"redirect_uri", redirect_uri}, {"response_type", "code"},
                       {"scope", "openid profile email offline_access"}, {"state", "state 1"}, {"nonce", "nonce 1"}};
    return at("/v1/authorize?") + form_text(oidc::changed(usual, more));
  }
  std::string code_for(const Fields& more = {}) { return sent_back(log_in(authorize(more))).parameter("code").value_or(""); }
  base::JsonObject tokens_for(const Fields& more = {}) { return json_of(redeem(code_for(more))); }
  /// What the app is told; empty where the browser is not sent back to it.
  static std::string told(const base::HttpResponse& response) { return sent_back(response).parameter("error").value_or(""); }

  /// The claims of a token that a key published by the server has signed.
  base::JsonObject claims_of(const std::string& text) { return claims_signed_by(keys(), text); }
  base::JsonArray keys() { return json_of(get(at("/v1/keys"))).at("keys").as_array(); }

  static std::vector<std::string> names_of(const base::JsonObject& object) {
    std::vector<std::string> names;
    for (const auto& [name, value] : object) names.emplace_back(name);
    return names;
  }

  static inline const std::string issuer = "https://okta.example.test";
  static inline const std::string amy = "amy@example.test";
  static inline const std::string right_password = good_password().reveal();
  static inline const std::string redirect_uri = "https://app.example.test/callback?from=okta";

  SignInService service_;
  UserId amy_;
  AppId app_;
  std::string server_ = "/oauth2";
};

}  // namespace fakes::okta::sign_in
