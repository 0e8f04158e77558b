// JSON Web Signatures with RS256, the one algorithm that OpenID providers must offer and whose signatures are the same
// every time. [RFC7515] [RFC7517] [RFC7519]
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/json.h"
#include "base/result.h"
#include "base/secret.h"

namespace base {

/// A public key of a key set. [RFC7518 6.3.1]
struct RsaPublicKey {
  std::string id;        ///< `kid`
  std::string modulus;   ///< big-endian bytes
  std::string exponent;  ///< big-endian bytes

  bool operator==(const RsaPublicKey&) const = default;
};

[[nodiscard]] JsonObject to_jwk(const RsaPublicKey& key);
/// Empty where the key is of another type, is not for signatures, or lacks a part.
[[nodiscard]] std::optional<RsaPublicKey> read_jwk(const Json& jwk);
/// SubjectPublicKeyInfo in PEM, as programs keep public keys; empty where the numbers are no usable key. [RFC7468 13]
[[nodiscard]] std::string to_pem(const RsaPublicKey& key);

/// A token as received; its signature is not checked yet.
struct Jwt {
  JsonObject header;
  JsonObject claims;
  std::string signing_input;
  std::string signature;
};

inline constexpr std::size_t longest_jwt = std::size_t{16} * 1024;

/// Three base64url parts of which the first two are JSON objects. An error for anything else, and for more than
/// `longest_jwt` bytes.
[[nodiscard]] Result<Jwt> parse_jwt(std::string_view text);

/// Whether the header says RS256 and the key made the signature. Keys under 1024 or over 8192 bits make none.
[[nodiscard]] bool verify_rs256(const Jwt& token, const RsaPublicKey& key);

/// An X.509 certificate in DER and its SHA-1 digest, 20 bytes. [RFC7517 4.7] [RFC7517 4.8]
struct Certificate {
  std::string der;
  std::string thumbprint;
};

/// For parties of the bench: it signs without blinding, which would draw entropy, so it is no key for secrets.
class RsaSigningKey {
 public:
  /// An error where the text is no RSA private key in PEM.
  static Result<RsaSigningKey> from_pem(const Secret& pem, std::string id);

  [[nodiscard]] const RsaPublicKey& public_key() const { return public_key_; }
  /// A signed token in compact form.
  [[nodiscard]] std::string sign(const JsonObject& claims) const;
  /// Signed by the key itself, for whole seconds; the same arguments give the same bytes.
  [[nodiscard]] Certificate certificate(const std::string& common_name, Instant from, Instant until) const;

 private:
  struct Private;
  std::shared_ptr<const Private> private_;
  RsaPublicKey public_key_;
};

}  // namespace base
