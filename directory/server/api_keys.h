// Keys that open the directory's interfaces: what they are for and whose they are.
#pragma once

#include <optional>
#include <string>

#include "base/http.h"
#include "directory/core/core.h"

namespace directory {

enum class KeyPurpose { admin, scim, connect };

struct ApiKey {
  KeyPurpose purpose;
  std::string owner;
};

/// Stores the keys of a fresh installation; keys that are there already stay.
void store_initial_keys(Database& db, const InitialKeys& keys);

/// The key of a request: `Authorization: Bearer …` or `x-api-key`. Empty where it is missing, unknown, or for
/// another purpose.
[[nodiscard]] std::optional<ApiKey> authorize(Core& core, const base::HttpRequest& request, KeyPurpose purpose);

}  // namespace directory
