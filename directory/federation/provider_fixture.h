// A small OpenID provider on a simulated host: discovery, keys and a token endpoint that checks what it is sent. A test
// may bend each part of it.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/encoding.h"
#include "base/http_service.h"
#include "base/json.h"
#include "base/simulated_keys.h"
#include "base/uri.h"

namespace directory {

class SmallProvider final : public base::HttpService {
 public:
  explicit SmallProvider(base::Clock& clock) : clock_(&clock) {}

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    const auto target = base::parse_target(request.target).value_or(base::Target{});
    calls.push_back(request.method + " " + target.path);
    if (down) co_return base::HttpResponse(503);
    if (target.path == "/.well-known/openid-configuration") co_return json_answer(discovery());
    if (target.path == "/keys") co_return json_answer(key_set());
    if (target.path == "/token") co_return token(request);
    co_return base::HttpResponse(404);
  }

  /// What a person does in the browser: signs in and is sent back. The code.
  std::string sign_in(const base::Uri& location, std::string email) {
    const auto query = base::parse_target(location.target()).value_or(base::Target{});
    Granted granted;
    granted.email = std::move(email);
    granted.nonce = query.parameter("nonce").value_or("");
    granted.challenge = query.parameter("code_challenge").value_or("");
    granted.redirect_uri = query.parameter("redirect_uri").value_or("");
    auto code = fmt::format("code-{}", ++codes_);
    granted_[code] = std::move(granted);
    return code;
  }

  std::string client_id = "client-1";
  std::string client_secret = "the-client-secret";
  std::size_t signing_key = 0;               ///< signs
  std::vector<std::size_t> published_keys{0};  ///< stand in the key set
  bool down = false;
  std::function<void(base::JsonObject& claims)> bend;
  std::vector<std::string> calls;

 private:
  struct Granted {
    std::string email;
    std::string nonce;
    std::string challenge;
    std::string redirect_uri;
  };

  static base::HttpResponse json_answer(const base::Json& body, int status = 200) {
    return {status, "application/json", base::to_text(body)};
  }
  static base::JsonObject discovery() {
    return {{"issuer", "https://idp.example.test"},
            {"authorization_endpoint", "https://idp.example.test/authorize"},
            {"token_endpoint", "https://idp.example.test/token"},
            {"jwks_uri", "https://idp.example.test/keys"}};
  }
  base::JsonObject key_set() const {
    base::JsonArray keys;
    for (const auto index : published_keys) {
      keys.push_back(base::to_jwk(base::simulated_signing_key(index, fmt::format("key-{}", index)).public_key()));
    }
    return {{"keys", std::move(keys)}};
  }

  base::HttpResponse token(const base::HttpRequest& request) {
    const auto form = base::parse_target("/?" + request.body).value_or(base::Target{});
    const auto wanted = "Basic " + base::to_base64(client_id + ":" + client_secret);
    const auto found = granted_.find(form.parameter("code").value_or(""));
    if (request.headers.find("Authorization") != wanted) return json_answer(base::JsonObject{{"error", "invalid_client"}}, 401);
    if (found == granted_.end() || form.parameter("grant_type") != "authorization_code" ||
        form.parameter("redirect_uri") != found->second.redirect_uri ||
        base::to_base64url(base::sha256(form.parameter("code_verifier").value_or(""))) != found->second.challenge) {
      return json_answer(base::JsonObject{{"error", "invalid_grant"}}, 400);
    }
    const auto granted = found->second;
    granted_.erase(found);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(clock_->now().time_since_epoch()).count();
    base::JsonObject claims{{"iss", "https://idp.example.test"}, {"aud", client_id},          {"sub", "sub of " + granted.email},
                            {"nonce", granted.nonce},            {"email", granted.email},    {"iat", seconds},
                            {"exp", seconds + 300}};
    if (bend) bend(claims);
    const auto key = base::simulated_signing_key(signing_key, fmt::format("key-{}", signing_key));
    return json_answer(base::JsonObject{{"id_token", key.sign(claims)}, {"access_token", "opaque"}, {"token_type", "Bearer"}});
  }

  base::Clock* clock_;
  int codes_ = 0;
  std::map<std::string, Granted> granted_;
};

}  // namespace directory
