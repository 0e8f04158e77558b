// The keys that sign tokens: one that signs, one that stands in the key set for the next change, and those that have
// signed and are still published. Real ones change without notice. [Graph I6] [Okta provisioning-clients 5.8-02]
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/jose.h"
#include "base/rng.h"
#include "base/simulated_keys.h"

namespace fakes::oidc {

struct KeyOptions {
  std::optional<base::Duration> period{};                 ///< keys change by themselves this often, announced
  base::Duration old_key_stays = std::chrono::hours{24};  ///< how long a key is published after it signed last
  base::Duration lag{};                                   ///< how long a new one is not published yet though it signs
  /// Of the certificates that the keys are published with, whose thumbprint is a key's id; empty: none, and the id is drawn.
  std::string certificate_name{};
  base::KeyLength length = base::KeyLength::bits_1024;
};

class SigningKeys {
 public:
  enum class Notice : std::uint8_t {
    announced,  ///< the next key has been in the key set for some time
    none        ///< the key set has not had the new key before it signs
  };

  struct Published {
    base::RsaPublicKey key;
    std::string x5c;  ///< base64; empty without certificates
  };

  SigningKeys(base::Rng rng, KeyOptions options);

  /// Makes the key where it has not been used before.
  [[nodiscard]] const base::RsaSigningKey& signing(base::Instant now);
  [[nodiscard]] std::vector<Published> published(base::Instant now);

  void roll(base::Instant now, Notice notice);
  /// The old keys are taken out of the key set at once, as after a breach.
  void forget_old_keys();

 private:
  struct Key {
    std::size_t pool_index = 0;
    std::string id{};  ///< empty: of the certificate
    base::Instant announced{};
    std::optional<base::Instant> retired{};  ///< when it signed last
    std::optional<base::RsaSigningKey> key{};
    std::string x5c{};
  };

  [[nodiscard]] Key new_key(base::Instant now);
  void make(Key& key) const;
  void advance(base::Instant now);

  base::Rng rng_;
  KeyOptions options_;
  std::size_t next_in_pool_;
  std::optional<base::Instant> last_roll_{};
  Key signing_;
  Key next_;
  std::vector<Key> old_;
};

}  // namespace fakes::oidc
