// A sign-in that is under way at the identity provider. All that belongs to it is derived from its state and the vault
// key, so the store holds nothing that an onlooker could use.
#pragma once

#include <optional>
#include <string>

#include "base/secret.h"
#include "directory/core/core.h"
#include "directory/federation/identity_provider.h"
#include "directory/federation/provider_metadata.h"

namespace directory {

class FederatedSignIn {
 public:
  FederatedSignIn(base::Secret state, base::Secret vault_key) : state_(std::move(state)), vault_key_(std::move(vault_key)) {}

  [[nodiscard]] const base::Secret& state() const { return state_; }
  [[nodiscard]] std::string nonce() const;
  /// 43 characters. [RFC7636 4.1]
  [[nodiscard]] base::Secret code_verifier() const;
  [[nodiscard]] std::string code_challenge() const;

  /// Where the browser is sent. [OIDC-CORE 3.1.2.1]
  [[nodiscard]] std::string authorization_url(const ProviderMetadata& metadata, const IdentityProvider& provider,
                                              const std::string& redirect_uri) const;
  /// What fetches the tokens. [OIDC-CORE 3.1.3.1]
  [[nodiscard]] base::HttpRequest token_request(const ProviderMetadata& metadata, const IdentityProvider& provider,
                                                const base::Secret& client_secret, const base::Secret& code,
                                                const std::string& redirect_uri) const;

 private:
  base::Secret state_;
  base::Secret vault_key_;
};

/// What a person signs in for.
enum class SignInPurpose {
  portal,       ///< a session of the portal
  provisioning  ///< an account on the device whose login window shows the provider's page [rule V45]
};

/// A sign-in that has come back from the provider.
struct TakenSignIn {
  IdentityProviderId provider;
  SignInPurpose purpose = SignInPurpose::portal;
};

/// How long a person may take at the provider.
inline constexpr base::Duration sign_in_lifetime = std::chrono::minutes{10};
/// Sign-ins that are under way at a time; more are refused.
inline constexpr std::int64_t most_sign_ins = 10'000;

/// Stores a new sign-in inside a transaction, forgetting those that are too old; false where too many are under way.
[[nodiscard]] bool begin_sign_in(Core& core, const FederatedSignIn& sign_in, const IdentityProviderId& provider,
                                 SignInPurpose purpose);
/// A sign-in that is under way, which ends with this: it can be taken once.
[[nodiscard]] std::optional<TakenSignIn> take_sign_in(Core& core, const base::Secret& state);

}  // namespace directory
