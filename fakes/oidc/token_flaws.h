// ID tokens that are wrong in exactly one way, for whoever must not take them. All else about them is right, so that a relying
// party that lets the person in has not looked at that one thing. [OIDC-CORE 3.1.3.7]
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/jose.h"
#include "base/json.h"
#include "base/secret.h"

namespace fakes::oidc {

enum class TokenFlaw : std::uint8_t {
  issuer_of_another,
  issuer_begins_alike,
  no_issuer,
  audience_of_another,
  no_audience,
  several_audiences,
  party_of_another,
  expired,
  no_expiry,
  not_yet_valid,
  issued_in_the_future,
  nonce_of_another,
  no_nonce,
  no_subject,
  signature_broken,
  claims_changed,
  signed_by_another,
  key_unknown,
  unsigned_token,
  signed_with_client_secret,
  signed_with_public_key,
  state_of_another,
  no_state
};

struct TokenFlawRow {
  TokenFlaw flaw;
  std::string_view name;    ///< as scripts call it
  std::string_view what;    ///< what is wrong, for people
  std::string_view source;  ///< what asks a relying party to refuse it
};

/// In the order of the enumeration.
[[nodiscard]] std::span<const TokenFlawRow> all_token_flaws();
[[nodiscard]] std::optional<TokenFlaw> token_flaw_named(std::string_view name);
/// Whether it is of the way back to the app, and no token has it.
[[nodiscard]] bool is_of_state(TokenFlaw flaw);

/// What a flawed token is made with.
struct FlawedSigning {
  const base::RsaSigningKey* key = nullptr;  ///< that signs what is right
  base::Secret client_secret{};
  base::Instant now{};
  std::vector<base::RsaPublicKey> published{};  ///< what the key set shows: nobody else signs with one of these
};

/// The claims, signed as what is right would be, with that one flaw. The same arguments give the same token.
[[nodiscard]] base::Secret sign_with_flaw(base::JsonObject claims, TokenFlaw flaw, const FlawedSigning& signing);

}  // namespace fakes::oidc
