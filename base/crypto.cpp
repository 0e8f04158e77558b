#include "base/crypto.h"

#include <argon2.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <span>
#include <vector>

#include "base/openssl.h"
#include "base/prepared_text.h"

namespace base {
namespace {

constexpr std::size_t key_size = 32;
constexpr std::size_t tag_size = 16;

using Cipher = OpenSsl<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using Kdf = OpenSsl<EVP_KDF, EVP_KDF_free>;
using KdfContext = OpenSsl<EVP_KDF_CTX, EVP_KDF_CTX_free>;
using Key = OpenSsl<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = OpenSsl<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;

std::string public_key_of(const Secret& private_key) {
  const Key key(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, bytes_of(private_key.reveal()), key_size));
  require(key != nullptr, "X25519 private key");
  std::string out(key_size, '\0');
  std::size_t size = out.size();
  require(EVP_PKEY_get_raw_public_key(key.get(), bytes_of(out), &size) == 1, "X25519 public key");
  return out;
}

std::optional<std::string> agree(const Secret& private_key, std::string_view public_key) {
  if (public_key.size() != key_size || private_key.reveal().size() != key_size) return std::nullopt;
  const Key own(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, bytes_of(private_key.reveal()), key_size));
  const Key peer(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, bytes_of(public_key), key_size));
  require(own != nullptr && peer != nullptr, "X25519 keys");
  const KeyContext context(EVP_PKEY_CTX_new(own.get(), nullptr));
  std::string shared(key_size, '\0');
  std::size_t size = shared.size();
  const bool ok = EVP_PKEY_derive_init(context.get()) == 1 &&
                  EVP_PKEY_derive_set_peer(context.get(), peer.get()) == 1 &&
                  EVP_PKEY_derive(context.get(), bytes_of(shared), &size) == 1;
  if (!ok) return std::nullopt;  // a peer key of small order
  return shared;
}

/// Key and nonce from the agreed secret; both public keys go in, so a box is bound to sender and receiver.
std::string derive(std::string_view shared, std::string_view ephemeral, std::string_view receiver) {
  const Kdf kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  const KdfContext context(EVP_KDF_CTX_new(kdf.get()));
  std::string salt(ephemeral);
  salt += receiver;
  std::string key(shared);
  std::string info = "lockstep sealed hand-off v1";
  std::string digest = "SHA256";
  const std::array params{
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key.data(), key.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt.data(), salt.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
      OSSL_PARAM_construct_end(),
  };
  std::string out(key_size + 12, '\0');
  require(EVP_KDF_derive(context.get(), bytes_of(out), out.size(), params.data()) == 1, "HKDF");
  return out;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  std::string out(32, '\0');
  unsigned size = 0;
  // Fetched once: EVP_sha256() is looked up anew at each use, which takes longer than the digest of a token.
  static const OpenSsl<EVP_MD, EVP_MD_free> algorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  require(EVP_Digest(bytes.data(), bytes.size(), bytes_of(out), &size, algorithm.get(), nullptr) == 1, "SHA-256");
  return out;
}

std::string hash_password(const Secret& password, PasswordCost cost, Rng& rng) {
  std::array<unsigned char, 16> salt{};
  rng.fill(salt);
  constexpr std::uint32_t hash_size = 32;
  std::string encoded(argon2_encodedlen(cost.passes, cost.memory_kib, 1, salt.size(), hash_size, Argon2_id),
                      '\0');
  const auto prepared = prepared_password(password);
  const auto& text = prepared.reveal();
  const int status =
      argon2id_hash_encoded(cost.passes, cost.memory_kib, 1, text.data(), text.size(), salt.data(),
                            salt.size(), hash_size, encoded.data(), encoded.size());
  if (status != ARGON2_OK)
    throw std::runtime_error(std::string("argon2id refused: ") + argon2_error_message(status));
  encoded.resize(encoded.find('\0'));
  return encoded;
}

bool verify_password(const Secret& password, const std::string& phc) {
  if (!phc.starts_with("$argon2id$") || phc.contains('\0')) return false;
  const auto prepared = prepared_password(password);
  const auto& text = prepared.reveal();
  return argon2id_verify(phc.c_str(), text.data(), text.size()) == ARGON2_OK;
}

SealingKeys make_sealing_keys(Rng& rng) {
  std::string raw(key_size, '\0');
  rng.fill(std::span(bytes_of(raw), raw.size()));
  return sealing_keys_of(Secret(std::move(raw)));
}

SealingKeys sealing_keys_of(Secret private_key) {
  SealingKeys keys;
  keys.public_key = public_key_of(private_key);
  keys.private_key = std::move(private_key);
  return keys;
}

std::string hmac_sha256(const Secret& key, std::string_view bytes) {
  std::string mac(key_size, '\0');
  unsigned int size = 0;
  const auto& secret = key.reveal();
  require(HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes_of(bytes), bytes.size(), bytes_of(mac),
               &size) != nullptr,
          "HMAC-SHA256");
  return mac;
}

std::optional<std::string> seal(std::string_view plaintext, std::string_view public_key,
                                std::string_view context, Rng& rng) {
  const auto ephemeral = make_sealing_keys(rng);
  const auto shared = agree(ephemeral.private_key, public_key);
  if (!shared) return std::nullopt;
  const auto material = derive(*shared, ephemeral.public_key, public_key);
  const Cipher cipher(EVP_CIPHER_CTX_new());
  std::string body(plaintext.size(), '\0');
  std::string tag(tag_size, '\0');
  int size = 0;
  require(EVP_EncryptInit_ex(cipher.get(), EVP_chacha20_poly1305(), nullptr, bytes_of(material),
                             bytes_of(material) + key_size) == 1 &&
              EVP_EncryptUpdate(cipher.get(), nullptr, &size, bytes_of(context),
                                static_cast<int>(context.size())) == 1 &&
              EVP_EncryptUpdate(cipher.get(), bytes_of(body), &size, bytes_of(plaintext),
                                static_cast<int>(plaintext.size())) == 1 &&
              EVP_EncryptFinal_ex(cipher.get(), nullptr, &size) == 1 &&
              EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, tag_size, tag.data()) == 1,
          "ChaCha20-Poly1305");
  return ephemeral.public_key + body + tag;
}

std::optional<Secret> open_sealed(std::string_view box, const SealingKeys& keys, std::string_view context) {
  if (box.size() < key_size + tag_size) return std::nullopt;
  const auto ephemeral = box.substr(0, key_size);
  const auto body = box.substr(key_size, box.size() - key_size - tag_size);
  std::string tag(box.substr(box.size() - tag_size));
  const auto shared = agree(keys.private_key, ephemeral);
  if (!shared) return std::nullopt;
  const auto material = derive(*shared, ephemeral, keys.public_key);
  const Cipher cipher(EVP_CIPHER_CTX_new());
  std::string plaintext(body.size(), '\0');
  int size = 0;
  require(EVP_DecryptInit_ex(cipher.get(), EVP_chacha20_poly1305(), nullptr, bytes_of(material),
                             bytes_of(material) + key_size) == 1 &&
              EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, tag_size, tag.data()) == 1,
          "ChaCha20-Poly1305");
  const bool genuine = EVP_DecryptUpdate(cipher.get(), nullptr, &size, bytes_of(context),
                                         static_cast<int>(context.size())) == 1 &&
                       EVP_DecryptUpdate(cipher.get(), bytes_of(plaintext), &size, bytes_of(body),
                                         static_cast<int>(body.size())) == 1 &&
                       EVP_DecryptFinal_ex(cipher.get(), nullptr, &size) == 1;
  if (!genuine) return std::nullopt;
  return Secret(std::move(plaintext));
}

}  // namespace base
