// Everything that sign-in remembers, and what its endpoints share: ids and secrets, errors, the log.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http.h"
#include "base/rng.h"
#include "base/secret.h"
#include "base/uri.h"
#include "fakes/entra/sign_in/aadsts.h"
#include "fakes/entra/sign_in/grants.h"
#include "fakes/entra/sign_in/issued_tokens.h"
#include "fakes/entra/sign_in/lockouts.h"
#include "fakes/entra/sign_in/options.h"
#include "fakes/entra/sign_in/sessions.h"
#include "fakes/entra/sign_in_log.h"
#include "fakes/entra/tenant.h"
#include "fakes/oidc/signing_keys.h"
#include "fakes/oidc/vouchers.h"

namespace fakes::entra::sign_in {

struct SignInPorts {
  Tenant* tenant = nullptr;
  SignInLog* log = nullptr;
  base::SecretWitness* witness = nullptr;
};

/// A request, read: its path's tenant, and the parameters of its query and its form.
struct Asked {
  std::string method{};
  std::string tenant_name{};
  base::Target query{};
  base::Target form{};
  std::optional<base::Secret> cookie{};
  std::string authorization{};
  bool is_form = false;
  TraceIds ids{};

  /// Of the form, or of the query; empty where it is in neither.
  [[nodiscard]] std::string parameter(std::string_view name) const;
};

inline constexpr std::string_view session_cookie = "ESTSAUTH";

/// What a sign-in was for, as the log names it.
struct LoggedUse {
  const Application* app = nullptr;
  std::string resource{};
  bool interactive = true;
  std::string client = "Browser";
};

class Desk {
 public:
  Desk(SignInPorts ports, base::Rng rng, SignInOptions options);
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  [[nodiscard]] Tenant& tenant() { return *ports_.tenant; }
  [[nodiscard]] const Tenant& tenant() const { return *ports_.tenant; }
  [[nodiscard]] base::Instant now() const { return ports_.tenant->now(); }
  [[nodiscard]] const SignInOptions& options() const { return options_; }
  [[nodiscard]] SignInOptions& options() { return options_; }
  [[nodiscard]] bool has(Quirk quirk) const { return options_.quirks.has(quirk); }
  /// Begins an answer: until the next one, links and issuers are of the address at which a client behind an edge has
  /// reached sign-in, and otherwise of the options' authority. Codes, tokens, sessions and pages are good at either.
  void reached_by(const base::HttpRequest& request);
  /// Without a slash at its end.
  [[nodiscard]] const std::string& authority() const { return authority_; }
  /// Its host, with the port where it is not the scheme's.
  [[nodiscard]] std::string_view authority_host() const;
  [[nodiscard]] std::string issuer() const;
  /// Of Graph. Who knows sign-in by its real name finds it at Graph's; who has it at some other address, here. [Graph I2]
  [[nodiscard]] std::string userinfo_endpoint() const;
  [[nodiscard]] bool is_behind_edge() const { return authority_ != own_authority_; }
  /// Whether the path's word names this tenant, whoever signs in (`common`), or why not: 90002 or 900023.
  [[nodiscard]] std::optional<SignInError> check_tenant_name(std::string_view name) const;

  /// Reads what a browser or a client has sent; an empty value for what is no form.
  [[nodiscard]] std::optional<Asked> read(const base::HttpRequest& request);
  [[nodiscard]] std::string new_id();
  /// Drawn, and told to the witness.
  [[nodiscard]] base::Secret new_secret(std::string_view beginning);
  void witness(const base::Secret& secret) { ports_.witness->witness(secret); }
  [[nodiscard]] base::Rng& rng() { return rng_; }

  [[nodiscard]] std::string describe(const SignInError& error, const TraceIds& ids) const;
  [[nodiscard]] base::HttpResponse refuse(const SignInError& error, const TraceIds& ids) const;
  void log(const Asked& asked, const LoggedUse& use, const ObjectId& user, std::string_view user_name, const SignInError& error);

  /// The browser's session where it has one that has not ended and still holds; else what became of it.
  [[nodiscard]] std::expected<BrowserSession*, Aadsts> live_session(const Asked& asked);

  oidc::SigningKeys keys;
  Lockouts lockouts{};
  IssuedTokens access_tokens;
  oidc::Vouchers<Code> codes{};
  oidc::Vouchers<RefreshToken> refresh_tokens{};
  oidc::Vouchers<BrowserSession> sessions{};
  oidc::Vouchers<OpenPage> pages{};

 private:
  SignInPorts ports_;
  base::Rng rng_;
  SignInOptions options_;
  std::string own_authority_;
  std::string authority_;
};

/// Whether the path's word stands for whichever tenant the person is of.
[[nodiscard]] bool is_everybodys(std::string_view tenant_name);
/// The app of that id, where it is one of the tenant's and is switched on; else 700016 or 7000112.
[[nodiscard]] std::optional<SignInError> check_app(const Tenant& tenant, std::string_view app_id);
/// Directly, or through a group: groups in groups do not count. 50105
[[nodiscard]] std::optional<SignInError> check_assignment(const Tenant& tenant, const Application& app, const ObjectId& user);

}  // namespace fakes::entra::sign_in
