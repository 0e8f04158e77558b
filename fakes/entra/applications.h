// App registrations and the service principals that stand for them in the tenant: secrets with their expiry, permissions,
// who is assigned, and the state of single sign-on.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "base/rng.h"
#include "base/secret.h"
#include "fakes/entra/directory_object.h"

namespace fakes::entra {

struct ClientSecret {
  std::string key_id;
  std::string display_name;
  base::Secret value;
  base::Instant ends{};
};

/// How users sign in to an app. [rule R28]
enum class SingleSignOn : std::uint8_t { none, oidc, linked };

/// A role that an app defines. [Entra provisioning-clients 2.19-03]
struct AppRole {
  std::string id;
  std::string value;
  std::string display_name;
};

struct Assignment {
  std::string id;
  std::string role_id;  ///< empty: the default access
};

/// One registration with its service principal.
struct Application {
  std::string app_id;         ///< the client id
  ObjectId object_id;         ///< of the registration
  ObjectId service_principal;
  std::string display_name;
  bool enabled = true;
  bool assignment_required = false;
  std::vector<ClientSecret> secrets;
  std::vector<std::string> redirect_uris;      ///< of the platforms Web and of public clients
  std::vector<std::string> spa_redirect_uris;  ///< of the platform for single-page apps [Graph K20]
  bool public_client = false;                  ///< holds no secret
  std::string front_channel_logout_url;
  bool id_tokens_enabled = false;          ///< whether authorize may answer with an ID token [Graph I13]
  std::vector<std::string> permissions;    ///< app roles of Graph that are granted [Graph P1]
  std::vector<std::string> delegated;      ///< scopes that are consented to
  std::vector<AppRole> roles;
  std::vector<std::string> optional_claims;  ///< of ID tokens: upn, email, given_name, family_name [Graph I9] [rule D99]
  bool group_claims = false;                 ///< whether ID tokens list the groups [Graph I11]
  SingleSignOn single_sign_on = SingleSignOn::none;
  std::string sign_on_url;                 ///< [rule R28]
  std::unordered_map<ObjectId, Assignment> assignments;  ///< by user or group

  [[nodiscard]] bool is_assigned(const ObjectId& principal) const { return assignments.contains(principal); }
};

class Applications {
 public:
  explicit Applications(base::Rng rng) : rng_(rng) {}

  /// Its ids are drawn.
  Application& register_app(std::string display_name);
  /// The service principal of an app that somebody else has registered, with the id and the secret that it has everywhere,
  /// once an admin has consented to it.
  Application& consent_to(std::string app_id, std::string display_name, base::Secret secret, base::Instant secret_ends);
  [[nodiscard]] Application* find(std::string_view app_id);
  [[nodiscard]] const Application* find(std::string_view app_id) const;
  [[nodiscard]] Application* find_service_principal(const ObjectId& id);
  [[nodiscard]] const std::map<std::string, Application, std::less<>>& all() const { return by_app_id_; }

  /// Draws a secret that ends at `ends`.
  const ClientSecret& add_secret(Application& app, std::string display_name, base::Instant ends);

 private:
  base::Rng rng_;
  std::map<std::string, Application, std::less<>> by_app_id_;
};

}  // namespace fakes::entra
