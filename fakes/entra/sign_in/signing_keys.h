// The keys that sign tokens: one that signs, one that stands in the key set for the next change, and those that have
// signed and are still published. Real ones change without notice. [Graph I6]
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/jose.h"
#include "base/rng.h"

namespace fakes::entra::sign_in {

class SigningKeys {
 public:
  enum class Notice : std::uint8_t {
    announced,  ///< the next key has been in the key set for some time
    none        ///< the key set has not had the new key before it signs
  };

  struct Published {
    base::RsaPublicKey key;
    std::string x5t;  ///< base64url, the key's id as well
    std::string x5c;  ///< base64
  };

  /// With a `period` keys change by themselves, announced. `old_key_stays` is how long a key is published after it signed
  /// last; `lag` how long a new one is not published yet though it signs.
  SigningKeys(base::Rng rng, std::optional<base::Duration> period, base::Duration old_key_stays, base::Duration lag);

  /// Makes the key where it has not been used before.
  [[nodiscard]] const base::RsaSigningKey& signing(base::Instant now);
  [[nodiscard]] std::vector<Published> published(base::Instant now);

  void roll(base::Instant now, Notice notice);
  /// The old keys are taken out of the key set at once, as after a breach.
  void forget_old_keys();

 private:
  struct Key {
    std::size_t pool_index = 0;
    base::Instant announced{};
    std::optional<base::Instant> retired{};  ///< when it signed last
    std::optional<base::RsaSigningKey> key{};
    std::string x5c{};
  };

  [[nodiscard]] Key new_key(base::Instant now);
  void make(Key& key) const;
  void advance(base::Instant now);

  base::Rng rng_;
  std::optional<base::Duration> period_;
  base::Duration old_key_stays_;
  base::Duration lag_;
  std::size_t next_in_pool_;
  std::optional<base::Instant> last_roll_{};
  Key signing_;
  Key next_;
  std::vector<Key> old_;
};

}  // namespace fakes::entra::sign_in
