#include "fakes/okta/org/password_hash.h"

#include <crypt.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/encoding.h"
#include "base/openssl.h"

namespace fakes::okta {
namespace {

using Algorithm = PasswordHash::Algorithm;

constexpr std::size_t bcrypt_salt_length = 22;
constexpr std::size_t bcrypt_value_length = 31;
constexpr int most_bcrypt_rounds = 20;

const EVP_MD* digest_of(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::sha512: return EVP_sha512();
    case Algorithm::sha1: return EVP_sha1();
    case Algorithm::md5: return EVP_md5();
    default: return EVP_sha256();
  }
}

const EVP_MD* digest_of(std::string_view name) {
  if (name == "SHA256_HMAC") return EVP_sha256();
  if (name == "SHA512_HMAC") return EVP_sha512();
  return nullptr;
}

bool same(std::string_view left, std::string_view right) { return base::Secret(std::string(left)) == base::Secret(std::string(right)); }

std::string digest(const EVP_MD* kind, std::string_view bytes) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  base::require(EVP_Digest(bytes.data(), bytes.size(), base::bytes_of(out), &size, kind, nullptr) == 1, "digest");
  out.resize(size);
  return out;
}

/// The system's libcrypt, which is asked for when a bcrypt hash is: a packaged program cannot bring Debian's along, as it needs
/// a newer glibc than the program, and runs well without it.
class Crypt {
 public:
  Crypt() : library_(dlopen("libcrypt.so.1", RTLD_NOW | RTLD_LOCAL)) {}

  [[nodiscard]] bool is_there() const { return function() != nullptr; }
  /// Empty where the setting is not supported.
  [[nodiscard]] std::string hash(const std::string& text, const std::string& setting) const {
    const auto state = std::make_unique<crypt_data>();
    const char* result = function()(text.c_str(), setting.c_str(), state.get());
    return result != nullptr ? result : "";
  }

 private:
  struct Close {
    void operator()(void* library) const { dlclose(library); }
  };
  using Function = decltype(&crypt_r);
  [[nodiscard]] Function function() const {
    return library_ ? reinterpret_cast<Function>(dlsym(library_.get(), "crypt_r")) : nullptr;
  }

  std::unique_ptr<void, Close> library_;
};

bool matches_bcrypt(const PasswordHash& hash, const std::string& password) {
  const auto setting = fmt::format("$2b${:02}${}", hash.work_factor, hash.salt);
  const Crypt crypt;
  return crypt.is_there() && same(crypt.hash(password, setting), setting + hash.value);
}

bool matches_pbkdf2(const PasswordHash& hash, const std::string& password, std::string_view value, std::string_view salt) {
  std::string out(static_cast<std::size_t>(hash.key_size), '\0');
  base::require(PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), base::bytes_of(salt), static_cast<int>(salt.size()),
                                  hash.iteration_count, digest_of(hash.digest), hash.key_size, base::bytes_of(out)) == 1,
                "PBKDF2");
  return same(out, value);
}

}  // namespace

Outcome<void> check_hash(const PasswordHash& hash) {
  const auto invalid = [](const char* member) {
    return refuse(ErrorCode::validation, "password.hash", {fmt::format("password.hash.{}: The value is not supported", member)});
  };
  if (hash.algorithm == Algorithm::bcrypt) {
    if (hash.work_factor < 4 || hash.work_factor > most_bcrypt_rounds) return invalid("workFactor");
    if (hash.salt.size() != bcrypt_salt_length) return invalid("salt");
    if (hash.value.size() != bcrypt_value_length) return invalid("value");
    if (!Crypt().is_there()) return invalid("algorithm");
    return {};
  }
  if (!base::from_base64(hash.salt)) return invalid("salt");
  const auto value = base::from_base64(hash.value);
  if (!value || value->empty()) return invalid("value");
  if (hash.algorithm != Algorithm::pbkdf2) return {};
  if (hash.iteration_count < least_iterations) return invalid("iterationCount");
  if (hash.key_size <= 0 || static_cast<std::size_t>(hash.key_size) != value->size()) return invalid("keySize");
  if (digest_of(hash.digest) == nullptr) return invalid("digestAlgorithm");
  return {};
}

bool matches(const PasswordHash& hash, const base::Secret& password) {
  const auto& text = password.reveal();
  if (hash.algorithm == Algorithm::bcrypt) return matches_bcrypt(hash, text);
  const auto value = base::from_base64(hash.value);
  const auto salt = base::from_base64(hash.salt);
  if (!value || !salt) return false;
  if (hash.algorithm == Algorithm::pbkdf2) return matches_pbkdf2(hash, text, *value, *salt);
  const auto salted = hash.salt_order == PasswordHash::SaltOrder::prefix ? *salt + text : text + *salt;
  return same(digest(digest_of(hash.algorithm), salted), *value);
}

}  // namespace fakes::okta
