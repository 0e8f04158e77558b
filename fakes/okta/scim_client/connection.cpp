#include "fakes/okta/scim_client/connection.h"

#include <fmt/format.h>

#include <chrono>

#include "base/encoding.h"
#include "base/json.h"

namespace fakes::okta::scim_client {
namespace {

constexpr std::size_t most_of_url = 1024;  // in the catalogue's wizard alone

base::HttpRequest token_request(const OauthCode& oauth, std::string form) {
  base::HttpRequest request("POST", oauth.token_url);
  request.headers.add("Accept", "application/json");
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.body = std::move(form) + fmt::format("&client_id={}&client_secret={}", base::percent_encode(oauth.client_id),
                                               base::percent_encode(oauth.client_secret.reveal()));
  return request;
}

}  // namespace

base::Result<base::Uri> parse_base_url(std::string_view text, AppTemplate app) {
  if (app == AppTemplate::catalogue && text.size() > most_of_url)
    return base::fail(fmt::format("the base URL is longer than {} characters", most_of_url));
  if (text.contains('_')) return base::fail("the base URL holds an underscore");
  auto url = base::parse_uri(text);
  if (!url) return url;
  if (url->scheme != "https") return base::fail("the base URL is not https");
  while (url->path.ends_with('/')) url->path.pop_back();
  return url;
}

base::Result<void> check_grant(std::string_view grant_type) {
  if (grant_type == "authorization_code") return {};
  return base::fail(fmt::format("the grant {} is not offered; authorization_code is", grant_type));
}

std::string authorization_value(const Authorization& authorization) {
  if (const auto* bearer = std::get_if<BearerToken>(&authorization)) return "Bearer " + bearer->token.reveal();
  if (const auto* header = std::get_if<HeaderToken>(&authorization)) return header->token.reveal();
  if (const auto* oauth = std::get_if<OauthCode>(&authorization)) return "Bearer " + oauth->access_token.reveal();
  const auto& basic = std::get<BasicCredentials>(authorization);
  return "Basic " + base::to_base64(basic.user + ":" + basic.password.reveal());  // [RFC7617 2]
}

std::string redirect_uri(std::string_view app_name) {
  return fmt::format("https://system-admin.okta.com/admin/app/cpc/{}/oauth/callback", app_name);
}

std::string authorize_request(const OauthCode& oauth, std::string_view app_name, std::string_view state) {
  return fmt::format("{}?response_type=code&client_id={}&redirect_uri={}&state={}", oauth.authorize_url.text(),
                     base::percent_encode(oauth.client_id), base::percent_encode(redirect_uri(app_name)),
                     base::percent_encode(state));
}

base::HttpRequest code_request(const OauthCode& oauth, std::string_view app_name, std::string_view code) {
  return token_request(oauth, fmt::format("grant_type=authorization_code&code={}&redirect_uri={}", base::percent_encode(code),
                                          base::percent_encode(redirect_uri(app_name))));
}

base::HttpRequest refresh_request(const OauthCode& oauth) {
  return token_request(oauth, "grant_type=refresh_token&refresh_token=" + base::percent_encode(oauth.refresh_token.reveal()));
}

base::Result<OauthCode> with_tokens(OauthCode oauth, const base::HttpResult& answer, base::Instant now) {
  if (!answer) return base::fail("the token endpoint: " + answer.error().message);
  const auto body = base::parse_json(answer->body);
  const auto token = answer->ok() && body ? base::string_member(*body, "access_token") : std::nullopt;
  if (!token) {
    const auto error = body ? base::string_or(*body, "error", "no access token") : "no JSON";
    return base::fail(fmt::format("the token endpoint: {} {}", answer->status, error));
  }
  oauth.access_token = base::Secret(*token);
  if (const auto refresh = base::string_member(*body, "refresh_token")) oauth.refresh_token = base::Secret(*refresh);
  oauth.expires.reset();
  if (const auto seconds = base::integer_member(*body, "expires_in")) oauth.expires = now + std::chrono::seconds{*seconds};
  return oauth;
}

}  // namespace fakes::okta::scim_client
