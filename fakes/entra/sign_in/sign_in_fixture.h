// A tenant with its sign-in, a user, an app, and a browser that reads pages as a person's does: forms, fields, cookies.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "base/jose.h"
#include "base/json.h"
#include "base/uri.h"
#include "fakes/entra/sign_in/sign_in_service.h"
#include "fakes/oidc/browser_fixture.h"
#include "fakes/witness_fixture.h"
#include "sim/host.h"

namespace fakes::entra::sign_in {

using oidc::attribute;
using oidc::Fields;
using oidc::Form;
using oidc::form_text;
using oidc::forms_of;
using oidc::HeaderFields;
using oidc::json_of;
using oidc::problem_of;
using oidc::sent_back;
using oidc::SigningKeys;
using oidc::text_in;

class SignInTest : public ::testing::Test, protected oidc::Visitor {
 protected:
  explicit SignInTest(SignInOptions options = with_test_host({}))
      : Visitor([this](const auto& request) { return service_.answer(request); }), service_({&tenant_, &log_, &witness_}, base::Rng(5), std::move(options)) {
    app_ = &tenant_.applications().register_app("Portal");
    app_->redirect_uris = {redirect_uri};
    secret_ = tenant_.applications().add_secret(*app_, "first", clock_.now() + std::chrono::days{180});
    amy_ = add_user("amy");
  }

  static SignInOptions with_test_host(SignInOptions options) {
    options.authority = base::parse_uri("https://login.example.test").value();
    return options;
  }
  static SignInOptions with(std::initializer_list<Quirk> quirks) {
    SignInOptions options;
    for (const auto quirk : quirks) options.quirks.add(quirk);
    return with_test_host(std::move(options));
  }

  ObjectId add_user(const std::string& name, base::JsonObject more = {}) {
    base::JsonObject properties{{"userPrincipalName", name + "@example.test"}, {"mailNickname", name},
                                {"displayName", name + " of Example"},         {"accountEnabled", true},
                                {"passwordProfile", base::JsonObject{{"password", good_password}}}};
    for (auto& [key, value] : more) properties[key] = value;
    const auto made = tenant_.create(ObjectKind::user, properties);
    EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().text);
    return made.value_or(ObjectId{});
  }
  void pass(base::Duration span) { scheduler_.advance_to(scheduler_.now() + span); }

  // Clients.
  [[nodiscard]] std::string path(std::string_view rest) const { return "/" + tenant_.id() + std::string(rest); }
  base::HttpResponse ask_for_token(Fields fields, const HeaderFields& headers = {}) {
    return post(path("/oauth2/v2.0/token"), fields, headers);
  }
  /// With the app's secret.
  base::HttpResponse redeem(const std::string& code, Fields more = {}) {
    Fields fields{{"grant_type", "authorization_code"}, {"code", code},           {"redirect_uri", redirect_uri},
                  {"client_id", app_->app_id},          {"client_secret", secret_.value.reveal()}};
    fields.insert(fields.end(), more.begin(), more.end());
    return ask_for_token(fields);
  }
  base::HttpResponse refresh(const std::string& token) {
    return ask_for_token({{"grant_type", "refresh_token"}, {"refresh_token", token}, {"client_id", app_->app_id}, {"client_secret", secret_.value.reveal()}});
  }

  // A browser.
  base::HttpResponse browse(const std::string& target) { return keep_cookie(get(target, cookies())); }
  base::HttpResponse submit(const base::HttpResponse& page, const Fields& typed, std::size_t which = 0) {
    return keep_cookie(fill_in(page, typed, which));
  }
  /// Types name and password into the pages that the request leads to.
  base::HttpResponse log_in(const std::string& target, const std::string& name = "amy@example.test", const std::string& password = good_password) {
    return submit(submit(browse(target), {{"loginfmt", name}}), {{"passwd", password}});
  }
  /// The address of the authorization endpoint; later fields replace earlier ones, and an empty value drops one.
  [[nodiscard]] std::string authorize(const Fields& more = {}) const {
    const Fields usual{{"client_id", app_->app_id}, {"redirect_uri", redirect_uri}, {"response_type", "code"},
                       {"scope", "openid profile email offline_access"}, {"state", "state 1"}, {"nonce", "nonce 1"}};
    return path("/oauth2/v2.0/authorize?") + form_text(oidc::changed(usual, more));
  }
  std::string code_for(const Fields& more = {}) { return sent_back(log_in(authorize(more))).parameter("code").value_or(""); }
  base::JsonObject tokens_for(const Fields& more = {}) { return json_of(redeem(code_for(more))); }

  /// The claims of a token that a published key has signed.
  base::JsonObject claims_of(const std::string& text) {
    const auto keys = json_of(get(path("/discovery/v2.0/keys")));
    return claims_signed_by(keys.at("keys").as_array(), text);
  }
  /// `error` and number of a refused token request.
  static std::pair<std::string, int> error_of(const base::HttpResponse& response) {
    const auto body = json_of(response);
    const auto* codes = base::member(body, "error_codes");
    const bool has_one = codes != nullptr && codes->is_array() && codes->get_array().size() == 1;
    return {text_in(body, "error"), has_one ? static_cast<int>(codes->get_array().front().to_number<std::int64_t>()) : 0};
  }
  [[nodiscard]] int last_logged() const { return log_.records().empty() ? -1 : log_.records().back().error_code; }

  static inline const std::string good_password = "Correct-Horse-1";
  static inline const std::string redirect_uri = "https://app.example.test/callback?from=entra";

  base::Scheduler scheduler_;
  bool started_ = [this] {
    scheduler_.advance_to(base::parse_rfc3339("2026-01-05T08:00:00Z").value());
    return true;
  }();
  sim::HostClock clock_{scheduler_, base::Duration{}};
  Tenant tenant_{clock_, base::Rng(3)};
  SignInLog log_;
  CollectingWitness witness_;
  SignInService service_;
  Application* app_ = nullptr;
  ClientSecret secret_;
  ObjectId amy_;
};

}  // namespace fakes::entra::sign_in
