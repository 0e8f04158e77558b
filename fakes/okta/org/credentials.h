// What a user signs in with. [Okta provisioning-clients 5.2-01] [Okta provisioning-clients 5.2-11]
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/secret.h"

namespace fakes::okta {

struct PasswordHash {
  enum class Algorithm : std::uint8_t { bcrypt, sha512, sha256, sha1, md5, pbkdf2 };
  enum class SaltOrder : std::uint8_t { prefix, postfix };
  Algorithm algorithm = Algorithm::sha256;
  std::string value{};  ///< base64; of BCRYPT the 31 characters of its own alphabet
  std::string salt{};   ///< base64; of BCRYPT the 22 characters of its own alphabet
  SaltOrder salt_order = SaltOrder::prefix;
  int work_factor = 0;       ///< of BCRYPT
  int iteration_count = 0;   ///< of PBKDF2, 4096 at least
  int key_size = 0;          ///< of PBKDF2, bytes
  std::string digest = "SHA256_HMAC";  ///< of PBKDF2: SHA256_HMAC, SHA512_HMAC
};

struct RecoveryQuestion {
  std::string question;
  base::Secret answer;
};

/// Who checks the password. [Okta provisioning-clients 5.2-05]
struct CredentialProvider {
  std::string type = "OKTA";  ///< OKTA, ACTIVE_DIRECTORY, LDAP, FEDERATION, SOCIAL, IMPORT
  std::string name = "OKTA";
};

/// At most one of clear text and hash; the first sign-in by a hash makes the clear text known.
struct Credentials {
  std::optional<base::Secret> password{};
  std::optional<PasswordHash> hash{};
  std::optional<RecoveryQuestion> recovery{};
  CredentialProvider provider{};

  [[nodiscard]] bool has_password() const { return password.has_value() || hash.has_value(); }
};

}  // namespace fakes::okta
