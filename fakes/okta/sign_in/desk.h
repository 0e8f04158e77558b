// Everything that sign-in remembers, and what its endpoints share. Users, sessions, apps and assignments are the org's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/rng.h"
#include "base/secret.h"
#include "base/uri.h"
#include "fakes/oidc/vouchers.h"
#include "fakes/okta/org/org.h"
#include "fakes/okta/sign_in/authorization_server.h"
#include "fakes/okta/sign_in/grants.h"
#include "fakes/okta/sign_in/oauth_error.h"
#include "fakes/okta/sign_in/options.h"
#include "fakes/okta/sign_in/sessions.h"

namespace fakes::okta::sign_in {

struct SignInPorts {
  Org* org = nullptr;
  base::SecretWitness* witness = nullptr;
};

/// The name of the cookie that a browser is known by.
inline constexpr std::string_view session_cookie = "sid";

/// A request, read: the parameters of its query and its form.
struct Asked {
  std::string method{};
  base::Target query{};
  base::Target form{};
  bool is_form = false;
  std::optional<base::Secret> cookie{};
  std::string authorization{};
  std::string user_agent{};

  /// Of the form, or of the query; empty where it is in neither.
  [[nodiscard]] std::string parameter(std::string_view name) const;
  /// One that is there twice; empty where none is. [RFC6749 3.1]
  [[nodiscard]] std::string repeated() const;
};

class Desk {
 public:
  Desk(SignInPorts ports, const base::Rng& rng, SignInOptions options);
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  [[nodiscard]] Org& org() { return *ports_.org; }
  [[nodiscard]] const Org& org() const { return *ports_.org; }
  [[nodiscard]] base::Instant now() const { return ports_.org->now(); }
  [[nodiscard]] const SignInOptions& options() const { return options_; }
  [[nodiscard]] SignInOptions& options() { return options_; }
  [[nodiscard]] bool has(Quirk quirk) const { return options_.quirks.has(quirk); }

  /// Begins an answer: until the next one, links, issuers and the org's audience are of the address at which a client
  /// behind an edge has reached the org, and otherwise of the options' URL. What was issued at one is good at the other.
  void reached_by(const base::HttpRequest& request);

  [[nodiscard]] std::vector<AuthorizationServer>& servers() { return servers_; }
  /// The org's own for an empty id; null where there is none of that id.
  [[nodiscard]] AuthorizationServer* find_server(std::string_view id);

  /// Reads what a browser or a client has sent; an empty value for what cannot be read.
  [[nodiscard]] static std::optional<Asked> read(const base::HttpRequest& request);
  /// As the log names who signs in.
  [[nodiscard]] static Actor client_of(const Asked& asked);

  /// 43 characters, drawn, told to the witness.
  [[nodiscard]] base::Secret new_secret();
  [[nodiscard]] std::string new_id(std::string_view prefix);
  [[nodiscard]] std::uint64_t new_family() { return ++last_family_; }
  void witness(const base::Secret& secret) { ports_.witness->witness(secret); }

  /// The app of that client id that signs people in; null where there is none, or it is not active.
  [[nodiscard]] const App* find_client(std::string_view client_id) const;
  /// The browser's session; null without one.
  [[nodiscard]] const Session* live_session(const Asked& asked) const;
  /// Why what was granted holds no more: the user may not sign in, has lost tokens or assignment, or the app is gone.
  [[nodiscard]] Fault check_standing(const Grant& grant) const;
  [[nodiscard]] bool holds(const AccessToken& token) const;
  [[nodiscard]] bool holds(const RefreshToken& token) const;
  /// All tokens that follow from one sign-in.
  void revoke_family(std::uint64_t family);

  oidc::Vouchers<Code> codes{};
  oidc::Vouchers<RefreshToken> refresh_tokens{};
  oidc::Vouchers<AccessToken> access_tokens{};
  oidc::Vouchers<OpenRequest> requests{};
  oidc::Vouchers<OpenChange> changes{};

 private:
  void move_to(std::string origin);

  SignInPorts ports_;
  base::Rng rng_;
  SignInOptions options_;
  std::string own_origin_;  ///< without a slash at its end
  std::string origin_;
  std::vector<AuthorizationServer> servers_;
  std::uint64_t last_family_ = 0;
};

/// What the app calls the user: the user name of the assignment. [Okta provisioning-clients 5.8-04]
[[nodiscard]] std::string name_in_app(const App& app, const User& user);

}  // namespace fakes::okta::sign_in
