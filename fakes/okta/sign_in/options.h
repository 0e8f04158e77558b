// Where the org's sign-in is reached, which authorization servers it has, and how long things last.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/simulated_keys.h"
#include "base/uri.h"
#include "fakes/okta/org/defects.h"
#include "fakes/okta/sign_in/quirks.h"

namespace fakes::okta::sign_in {

/// An authorization server that the org has made for itself; new orgs have one, `default`. [Okta provisioning-clients 5.8-01]
struct CustomServer {
  std::string id = "default";
  std::string audience = "api://default";  ///< `aud` of its access tokens
  std::vector<std::string> scopes{};       ///< beyond those that every server has
};

struct SignInOptions {
  /// Scheme, host and port of the org; issuers are built from it.
  base::Uri org_url = base::parse_uri("https://example.okta.com").value();
  std::string org_id = "00o1example0example0";  ///< the claim `idp`
  std::vector<CustomServer> custom_servers{CustomServer{}};

  base::Duration code_lifetime = std::chrono::seconds{300};           ///< [Okta provisioning-clients 5.8-02]
  base::Duration access_token_lifetime = std::chrono::seconds{3600};  ///< [Okta provisioning-clients 5.8-02]
  base::Duration id_token_lifetime = std::chrono::hours{1};
  base::Duration refresh_token_idle = std::chrono::days{7};  ///< how long one that is not used lives
  /// How long a refresh token works on after another has taken its place.
  base::Duration rotation_leeway = std::chrono::seconds{30};
  /// Assumed: how long a sign-in page can be left open.
  base::Duration page_lifetime = std::chrono::hours{1};

  /// Keys change by themselves this often, announced; empty: when they are told to. [Okta provisioning-clients 5.8-02]
  std::optional<base::Duration> key_period{};
  /// Assumed: how long a key stays published after it has signed last.
  base::Duration old_key_stays = std::chrono::hours{24};
  base::KeyLength key_length = base::KeyLength::bits_1024;

  Quirks quirks{};
  Defects defects{};
};

}  // namespace fakes::okta::sign_in
