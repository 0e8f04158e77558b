// Values as claims write them.
#pragma once

#include <cstdint>
#include <string>

#include "base/instant.h"
#include "base/secret.h"

namespace fakes::oidc {

/// Whole seconds since 1970. [RFC7519 2]
[[nodiscard]] std::int64_t seconds_of(base::Instant at);

/// The left half of the digest: `c_hash`, `at_hash`. [OIDC-CORE 3.3.2.11]
[[nodiscard]] std::string half_hash(const base::Secret& text);

}  // namespace fakes::oidc
