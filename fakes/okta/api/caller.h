// Who calls the management API: an API token (`SSWS`), or an OAuth access token with scopes. A port, since sign-in hands the
// latter out and knows them again, and the API asks for both. [Okta provisioning-clients 5.1-01]
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/instant.h"
#include "base/rng.h"
#include "base/secret.h"
#include "fakes/okta/api/api_error.h"

namespace fakes::okta::api {

struct Caller {
  enum class Kind : std::uint8_t {
    api_token,     ///< does what the admin may do who made it
    access_token,  ///< does what its scopes allow
    session        ///< a user's browser: acts on that user alone [Okta provisioning-clients 5.3-10]
  };
  Kind kind = Kind::api_token;
  std::string id{};                   ///< of the token: whose share of a bucket is used up
  std::string name{};                 ///< of the token or the client, as the log names it
  std::string user{};                 ///< id of the user it acts for: `me`; empty for a service's own token
  std::vector<std::string> scopes{};  ///< of an access token: `okta.users.read`
  bool may_write = true;              ///< of an API token: false where a read-only admin made it
  std::optional<base::Instant> expires{};
};

class Callers {
 public:
  virtual ~Callers() = default;
  [[nodiscard]] virtual std::optional<Caller> find_api_token(std::string_view text) const = 0;
  /// Expired ones included for as long as they are known.
  [[nodiscard]] virtual std::optional<Caller> find_access_token(std::string_view text) const = 0;
};

/// API tokens as admins make them, and access tokens that tests and scripts hand out.
class TokenBook final : public Callers {
 public:
  explicit TokenBook(base::Rng rng) : rng_(rng) {}

  /// A new API token; its text is shown once, as in the admin console.
  base::Secret add_api_token(std::string name, std::string user, bool may_write = true);
  void revoke_api_token(const base::Secret& token) { api_tokens_.erase(token.reveal()); }
  void add_access_token(std::string text, Caller caller) { access_tokens_.insert_or_assign(std::move(text), std::move(caller)); }

  [[nodiscard]] std::optional<Caller> find_api_token(std::string_view text) const override;
  [[nodiscard]] std::optional<Caller> find_access_token(std::string_view text) const override;

 private:
  base::Rng rng_;
  std::map<std::string, Caller, std::less<>> api_tokens_;
  std::map<std::string, Caller, std::less<>> access_tokens_;
};

/// What an operation needs. A scope of `manage` includes that of `read`.
struct Permit {
  std::string_view scope{};  ///< `okta.users.read`; empty: no token may, only a session
  bool of_session = false;   ///< a session may, too
  bool of_anybody = false;   ///< needs no credentials at all
};

/// The caller of a request that has credentials; refuses those that are unknown or have expired.
[[nodiscard]] Outcome<Caller> caller_of(const base::Headers& headers, const Callers& callers, base::Instant now);
[[nodiscard]] Outcome<void> allow(const Caller& caller, const Permit& permit);

}  // namespace fakes::okta::api
