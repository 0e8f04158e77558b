// A small web application whose people sign in at an OpenID provider, by the code flow with PKCE. `/login` sends to the provider,
// `/callback` is where it sends back to, `/me` tells who is signed in.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/http_service.h"
#include "base/http_transport.h"
#include "base/jose.h"
#include "base/rng.h"
#include "base/secret.h"
#include "base/uri.h"
#include "fakes/clients/quirks.h"

namespace fakes::clients {

struct RelyingPartySettings {
  base::Uri own{};         ///< where the application is
  std::string issuer{};
  std::string client_id{};
  base::Secret client_secret{};

  /// Where the provider sends back to.
  [[nodiscard]] std::string redirect_uri() const;
};

class RelyingParty final : public base::HttpService {
 public:
  /// The transport and the clock outlive it.
  RelyingParty(base::HttpTransport& transport, base::Clock& clock, base::Rng rng, RelyingPartySettings settings, Quirks quirks);

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override;

 private:
  struct Metadata {
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string jwks_uri;
  };
  /// Of one browser.
  struct Session {
    std::string state;
    std::string nonce;
    std::string verifier;
    std::string user;  ///< empty: nobody is signed in
  };

  base::Task<base::HttpResponse> login();
  base::Task<base::HttpResponse> callback(base::HttpRequest request);
  [[nodiscard]] base::HttpResponse me(const base::HttpRequest& request) const;
  /// Why it cannot be had; empty: it is there.
  base::Task<std::string> see_to_metadata();
  base::Task<std::string> fetch_keys();
  base::Task<std::optional<base::Json>> get_json(std::string url);
  /// Who the person is; the error says what is wrong with the token.
  base::Task<base::Result<std::string>> person_of(std::string code, Session session);
  base::Task<bool> is_signed(base::Jwt token);
  [[nodiscard]] std::string wrong_claim(const base::JsonObject& claims, const Session& session) const;
  [[nodiscard]] const base::RsaPublicKey* key_of(std::string_view id) const;
  [[nodiscard]] bool has(Quirk quirk) const { return quirks_.has(quirk); }
  /// Which of the three that bind a sign-in to its browser go along.
  [[nodiscard]] bool sends_state() const { return !has(Quirk::no_state_sent) && !has(Quirk::nothing_binds_the_browser); }
  [[nodiscard]] bool sends_nonce() const { return !has(Quirk::no_nonce_sent) && !has(Quirk::nothing_binds_the_browser) && !has(Quirk::state_alone_not_checked); }
  [[nodiscard]] bool sends_challenge() const { return !has(Quirk::no_code_challenge) && !has(Quirk::nothing_binds_the_browser) && !has(Quirk::state_alone_not_checked); }

  base::HttpTransport* transport_;
  base::Clock* clock_;
  base::Rng rng_;
  RelyingPartySettings settings_;
  Quirks quirks_;
  std::optional<Metadata> metadata_{};
  std::vector<base::RsaPublicKey> keys_{};
  std::optional<base::Instant> looked_for_key_{};  ///< when a key that is not known was looked for last
  std::map<std::string, Session> sessions_{};
};

}  // namespace fakes::clients
