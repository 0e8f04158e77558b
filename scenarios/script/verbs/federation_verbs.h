// Signing in to the directory through an identity provider: what the Entra admin and the directory's set up, and what a person does
// in the browser.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/script/values.h"
#include "scenarios/script/verbs/on_person.h"

namespace scenarios {

struct EntraSetPassword {
  static constexpr std::string_view name = "entra.set_password";
  static constexpr std::string_view help = "An Entra admin sets the user's password in Entra.";

  PersonRef user;
  SecretName password;
  bool temporary = false;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("password", self.password, "name of the password");
    visit.optional("temporary", self.temporary, "whether it must be changed at the next sign-in");
  }
  bool operator==(const EntraSetPassword&) const = default;
};

struct EntraRevokeSessions : OnPerson {
  static constexpr std::string_view name = "entra.revoke_sessions";
  static constexpr std::string_view help = "An Entra admin revokes the user's sessions.";
};

struct EntraRegisterApp {
  static constexpr std::string_view name = "entra.register_app";
  static constexpr std::string_view help =
      "An Entra admin registers the directory as an app that people sign in to, with a client secret.";

  std::string app;
  base::Duration secret_lasts = std::chrono::days{180};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("app", self.app, "its name");
    visit.optional("secret_lasts", self.secret_lasts, "time until the secret expires");
  }
  bool operator==(const EntraRegisterApp&) const = default;
};

struct EntraExpireSecret {
  static constexpr std::string_view name = "entra.expire_secret";
  static constexpr std::string_view help = "The client secrets of an app expire now.";

  std::string app;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("app", self.app, "its name");
  }
  bool operator==(const EntraExpireSecret&) const = default;
};

struct EntraEndAccessTokens {
  static constexpr std::string_view name = "entra.end_access_tokens";
  static constexpr std::string_view help =
      "Graph refuses, as expired, every access token that was handed out so far, before its time; whoever asks for another gets one.";

  template <class Self, class Visitor>
  static void describe(Self&, Visitor&) {}
  bool operator==(const EntraEndAccessTokens&) const = default;
};

struct EntraRollSigningKeys {
  static constexpr std::string_view name = "entra.roll_signing_keys";
  static constexpr std::string_view help = "Entra begins to sign tokens with another key.";

  bool announced = false;
  bool keep_old = true;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("announced", self.announced, "whether the key set has shown the key before");
    visit.optional("keep_old", self.keep_old, "whether the key set goes on showing keys that have signed before");
  }
  bool operator==(const EntraRollSigningKeys&) const = default;
};

/// In the order of fakes::oidc::TokenFlaw behind the first; a test holds the two together.
inline constexpr std::array<std::string_view, 24> sign_in_flaws{
    "none",          "issuer_of_another", "issuer_begins_alike",  "no_issuer",        "audience_of_another", "no_audience",
    "several_audiences", "party_of_another", "expired",           "no_expiry",        "not_yet_valid",       "issued_in_the_future",
    "nonce_of_another",  "no_nonce",      "no_subject",           "signature_broken", "claims_changed",      "signed_by_another",
    "key_unknown",   "unsigned_token",    "signed_with_client_secret", "signed_with_public_key", "state_of_another", "no_state"};

struct EntraSpoilSignIn {
  static constexpr std::string_view name = "entra.spoil_sign_in";
  static constexpr std::string_view help =
      "Entra sends apps ID tokens that are wrong in one way from now on, or leads people back to them with a state that is; `none` ends it.";

  std::string flaw = "none";

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.choice("flaw", self.flaw, sign_in_flaws, "what is wrong");
  }
  bool operator==(const EntraSpoilSignIn&) const = default;
};

inline constexpr std::array<std::string_view, 2> okta_servers{"org", "default"};

struct AdminAddIdentityProvider {
  static constexpr std::string_view name = "admin.add_identity_provider";
  static constexpr std::string_view help = "A directory admin enters Entra or Okta as the identity provider.";

  std::string app;
  std::string server = "org";

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("app", self.app, "the app that was registered there");
    visit.choice("server", self.server, okta_servers, "of Okta: the org's own authorization server, or the one named default");
  }
  bool operator==(const AdminAddIdentityProvider&) const = default;
};

struct AdminRouteUser : OnPerson {
  static constexpr std::string_view name = "admin.route_user";
  static constexpr std::string_view help = "A directory admin puts the user into the routing policy of the identity provider.";
};

struct UserOpenSignIn : OnPerson {
  static constexpr std::string_view name = "user.open_sign_in";
  static constexpr std::string_view help =
      "The person names themselves in the portal, which sends those in a routing policy to the identity provider.";
};

struct UserEnterPassword {
  static constexpr std::string_view name = "user.enter_password";
  static constexpr std::string_view help = "The person types a password into the page of the identity provider that is open.";

  PersonRef user;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("password", self.password, "name of the password there");
  }
  bool operator==(const UserEnterPassword&) const = default;
};

}  // namespace scenarios
