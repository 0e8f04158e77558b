#include "fakes/oidc/claims.h"

#include <chrono>

#include "base/crypto.h"
#include "base/encoding.h"

namespace fakes::oidc {

std::int64_t seconds_of(base::Instant at) { return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count(); }

std::string half_hash(const base::Secret& text) { return base::to_base64url(base::sha256(text.reveal()).substr(0, 16)); }

}  // namespace fakes::oidc
