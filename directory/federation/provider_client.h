// Asks an identity provider: discovery document and keys, kept for an hour, and tokens. A key that is not among those
// kept is looked for once more at the provider: that is how keys roll over.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/task.h"
#include "directory/core/core.h"
#include "directory/federation/identity_provider.h"
#include "directory/federation/provider_metadata.h"

namespace directory {

class ProviderClient {
 public:
  explicit ProviderClient(Core& core) : core_(&core) {}

  base::Task<base::Result<ProviderMetadata>> metadata(IdentityProvider provider);

  /// Whether one of the provider's keys made the token's signature. An error where the provider does not answer.
  base::Task<base::Result<bool>> is_genuine(IdentityProvider provider, base::Jwt token);

  /// The ID token of the answer. An error says what the provider answered instead.
  base::Task<base::Result<base::Jwt>> fetch_token(base::HttpRequest request);

 private:
  struct Known {
    ProviderMetadata metadata;
    base::Instant metadata_read{};
    std::vector<base::RsaPublicKey> keys;
    base::Instant keys_read{};
  };

  base::Task<base::Result<std::string>> get(base::Uri address);
  base::Task<base::Result<void>> read_keys(IdentityProvider provider);

  Core* core_;
  std::map<IdentityProviderId, Known> known_;
};

}  // namespace directory
