#include "base/jose.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/crypto.h"
#include "base/encoding.h"
#include "base/openssl.h"

namespace base {
namespace {

constexpr std::size_t least_key_bits = 1024;
constexpr std::size_t most_key_bits = 8192;

using Number = OpenSsl<BIGNUM, BN_free>;
using Memory = OpenSsl<BIO, BIO_free>;
using Digest = OpenSsl<EVP_MD_CTX, EVP_MD_CTX_free>;
using Key = OpenSsl<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = OpenSsl<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using Certified = OpenSsl<X509, X509_free>;
using Numbers = OpenSsl<BN_CTX, BN_CTX_free>;
using Parameters = OpenSsl<OSSL_PARAM, OSSL_PARAM_free>;
using Builder = OpenSsl<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;

/// Null where the numbers are no usable key.
Key load(const RsaPublicKey& key) {
  if (key.modulus.empty() || key.modulus.size() > most_key_bits / 8 + 1 || key.exponent.size() > 8) return nullptr;
  const Number n(BN_bin2bn(bytes_of(key.modulus), static_cast<int>(key.modulus.size()), nullptr));
  const Number e(BN_bin2bn(bytes_of(key.exponent), static_cast<int>(key.exponent.size()), nullptr));
  const auto bits = static_cast<std::size_t>(BN_num_bits(n.get()));
  if (bits < least_key_bits || bits > most_key_bits || !BN_is_odd(n.get()) || !BN_is_odd(e.get())) return nullptr;
  const Builder builder(OSSL_PARAM_BLD_new());
  require(builder != nullptr && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1 &&
              OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1,
          "RSA parameters");
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* loaded = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &loaded, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return nullptr;
  }
  return Key(loaded);
}

std::string number_of(const EVP_PKEY& key, const char* name) {
  BIGNUM* raw = nullptr;
  require(EVP_PKEY_get_bn_param(&key, name, &raw) == 1, "an RSA key's number");
  const Number number(raw);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
  BN_bn2bin(number.get(), reinterpret_cast<unsigned char*>(bytes.data()));
  return bytes;
}

Result<JsonObject> read_part(std::string_view part, std::string_view what) {
  const auto bytes = from_base64url(part);
  if (!bytes) return fail(std::string(what) + " is not base64url");
  auto json = parse_json(*bytes);
  if (!json || !json->is_object()) return fail(std::string(what) + " is not a JSON object");
  return std::move(json->get_object());
}

}  // namespace

JsonObject to_jwk(const RsaPublicKey& key) {
  return {{"kty", "RSA"},   {"use", "sig"}, {"alg", "RS256"}, {"kid", key.id}, {"n", to_base64url(key.modulus)},
          {"e", to_base64url(key.exponent)}};
}

std::optional<RsaPublicKey> read_jwk(const Json& jwk) {
  if (string_or(jwk, "kty", "") != "RSA" || string_or(jwk, "use", "sig") != "sig") return std::nullopt;
  if (string_or(jwk, "alg", "RS256") != "RS256") return std::nullopt;
  const auto modulus = from_base64url(string_or(jwk, "n", ""));
  const auto exponent = from_base64url(string_or(jwk, "e", ""));
  if (!modulus || !exponent || modulus->empty() || exponent->empty()) return std::nullopt;
  return RsaPublicKey{string_or(jwk, "kid", ""), *modulus, *exponent};
}

std::string to_pem(const RsaPublicKey& key) {
  const auto loaded = load(key);
  if (!loaded) return {};
  const Memory written(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_PUBKEY(written.get(), loaded.get()) == 1, "a public key in PEM");
  char* text = nullptr;
  const auto size = BIO_get_mem_data(written.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

Result<Jwt> parse_jwt(std::string_view text) {
  if (text.size() > longest_jwt) return fail("the token is too long");
  const auto first = text.find('.');
  const auto second = first == std::string_view::npos ? first : text.find('.', first + 1);
  if (second == std::string_view::npos || text.find('.', second + 1) != std::string_view::npos) {
    return fail("the token has not three parts");
  }
  auto header = read_part(text.substr(0, first), "the token's header");
  if (!header) return std::unexpected(header.error());
  auto claims = read_part(text.substr(first + 1, second - first - 1), "the token's payload");
  if (!claims) return std::unexpected(claims.error());
  auto signature = from_base64url(text.substr(second + 1));
  if (!signature) return fail("the token's signature is not base64url");
  return Jwt{std::move(*header), std::move(*claims), std::string(text.substr(0, second)), std::move(*signature)};
}

bool verify_rs256(const Jwt& token, const RsaPublicKey& key) {
  // The algorithm is ours to choose, never the token's: `none` and HS256 with a public key are old attacks. [RFC8725 3.1]
  if (string_or(token.header, "alg", "") != "RS256" || token.header.contains("crit")) return false;
  const auto loaded = load(key);
  if (!loaded) return false;
  const Digest context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, loaded.get()) == 1 &&
         EVP_DigestVerify(context.get(), bytes_of(token.signature), token.signature.size(), bytes_of(token.signing_input),
                          token.signing_input.size()) == 1;
}

struct RsaSigningKey::Private {
  std::size_t size;  ///< of the modulus, in bytes
  Number p;
  Number q;
  Number exponent_p;
  Number exponent_q;
  Number coefficient;  ///< the inverse of q modulo p
  Key key;             ///< all of it

  /// EMSA-PKCS1-v1_5 and the Chinese remainder theorem. Not with EVP: that blinds, and for it draws entropy.
  /// [RFC8017 5.1.2, 8.2.1]
  [[nodiscard]] std::string sign(std::string_view input) const {
    constexpr std::string_view sha256_prefix("\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20", 19);
    const auto digest_info = std::string(sha256_prefix) + sha256(input);
    auto encoded = std::string("\x00\x01", 2) + std::string(size - digest_info.size() - 3, '\xff') + std::string(1, '\0') + digest_info;
    const Number message(BN_bin2bn(bytes_of(std::string_view(encoded)), static_cast<int>(size), nullptr));
    const Number signature(BN_new());
    const Number half(BN_new());
    const Numbers numbers(BN_CTX_new());
    auto* context = numbers.get();
    require(BN_mod(half.get(), message.get(), q.get(), context) == 1 &&
                BN_mod_exp_mont_consttime(half.get(), half.get(), exponent_q.get(), q.get(), context, nullptr) == 1 &&
                BN_mod(signature.get(), message.get(), p.get(), context) == 1 &&
                BN_mod_exp_mont_consttime(signature.get(), signature.get(), exponent_p.get(), p.get(), context, nullptr) == 1 &&
                BN_mod_sub(signature.get(), signature.get(), half.get(), p.get(), context) == 1 &&
                BN_mod_mul(signature.get(), signature.get(), coefficient.get(), p.get(), context) == 1 &&
                BN_mul(signature.get(), signature.get(), q.get(), context) == 1 &&
                BN_add(signature.get(), signature.get(), half.get()) == 1,
            "an RS256 signature");
    std::string bytes(size, '\0');
    require(BN_bn2binpad(signature.get(), bytes_of(bytes), static_cast<int>(size)) == static_cast<int>(size), "an RS256 signature");
    return bytes;
  }
};

Result<RsaSigningKey> RsaSigningKey::from_pem(const Secret& pem, std::string id) {
  const auto& text = pem.reveal();
  const Memory source(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  Key loaded(PEM_read_bio_PrivateKey(source.get(), nullptr, nullptr, nullptr));
  if (loaded == nullptr || EVP_PKEY_is_a(loaded.get(), "RSA") != 1) return fail("the text is no RSA private key in PEM");
  RsaSigningKey key;
  key.public_key_ = {std::move(id), number_of(*loaded, OSSL_PKEY_PARAM_RSA_N), number_of(*loaded, OSSL_PKEY_PARAM_RSA_E)};
  const auto parameter = [&](const char* name) {
    BIGNUM* raw = nullptr;
    require(EVP_PKEY_get_bn_param(loaded.get(), name, &raw) == 1, "an RSA key's number");
    return Number(raw);
  };
  // In braces, whose order is the written one: the key is given away last.
  Private numbers{static_cast<std::size_t>(BN_num_bytes(parameter(OSSL_PKEY_PARAM_RSA_N).get())),
                  parameter(OSSL_PKEY_PARAM_RSA_FACTOR1),
                  parameter(OSSL_PKEY_PARAM_RSA_FACTOR2),
                  parameter(OSSL_PKEY_PARAM_RSA_EXPONENT1),
                  parameter(OSSL_PKEY_PARAM_RSA_EXPONENT2),
                  parameter(OSSL_PKEY_PARAM_RSA_COEFFICIENT1),
                  std::move(loaded)};
  key.private_ = std::make_shared<const Private>(std::move(numbers));
  return key;
}

std::string RsaSigningKey::sign(const JsonObject& claims) const {
  const JsonObject header{{"alg", "RS256"}, {"kid", public_key_.id}, {"typ", "JWT"}};
  const auto input = to_base64url(to_text(header)) + "." + to_base64url(to_text(claims));
  return input + "." + to_base64url(private_->sign(input));
}

Certificate RsaSigningKey::certificate(const std::string& common_name, Instant from, Instant until) const {
  const auto seconds = [](Instant at) { return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count(); };
  const Certified made(X509_new());
  constexpr long version_3 = 2;
  auto* name = X509_get_subject_name(made.get());
  require(X509_set_version(made.get(), version_3) == 1 &&
              ASN1_INTEGER_set_int64(X509_get_serialNumber(made.get()), seconds(from)) == 1 &&
              ASN1_TIME_set(X509_getm_notBefore(made.get()), seconds(from)) != nullptr &&
              ASN1_TIME_set(X509_getm_notAfter(made.get()), seconds(until)) != nullptr &&
              X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, bytes_of(common_name), static_cast<int>(common_name.size()), -1, 0) == 1 &&
              X509_set_issuer_name(made.get(), name) == 1 && X509_set_pubkey(made.get(), private_->key.get()) == 1,
          "a certificate");
  // Signed by hand, as X509_sign would blind as well.
  const ASN1_BIT_STRING* signature = nullptr;
  const X509_ALGOR* algorithm = nullptr;
  X509_get0_signature(&signature, &algorithm, made.get());
  for (const auto* place : {algorithm, X509_get0_tbs_sigalg(made.get())}) {
    require(X509_ALGOR_set0(const_cast<X509_ALGOR*>(place), OBJ_nid2obj(NID_sha256WithRSAEncryption), V_ASN1_NULL, nullptr) == 1, "a certificate");
  }
  std::string signed_part(static_cast<std::size_t>(i2d_re_X509_tbs(made.get(), nullptr)), '\0');
  auto* part = reinterpret_cast<unsigned char*>(signed_part.data());
  i2d_re_X509_tbs(made.get(), &part);
  const auto bytes = private_->sign(signed_part);
  auto* written = const_cast<ASN1_BIT_STRING*>(signature);
  require(ASN1_STRING_set(written, bytes.data(), static_cast<int>(bytes.size())) == 1, "a certificate");
  written->flags = (written->flags & ~0x07L) | ASN1_STRING_FLAG_BITS_LEFT;
  Certificate out;
  out.der.resize(static_cast<std::size_t>(i2d_X509(made.get(), nullptr)));
  auto* end = reinterpret_cast<unsigned char*>(out.der.data());
  i2d_X509(made.get(), &end);
  unsigned size = EVP_MAX_MD_SIZE;
  out.thumbprint.resize(size);
  require(X509_digest(made.get(), EVP_sha1(), reinterpret_cast<unsigned char*>(out.thumbprint.data()), &size) == 1, "a thumbprint");
  out.thumbprint.resize(size);
  return out;
}

}  // namespace base
