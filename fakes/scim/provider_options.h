// How a provider is set up: who may do what, and its limits.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/instant.h"
#include "base/secret.h"
#include "base/uri.h"
#include "fakes/scim/quirks.h"

namespace fakes::scim {

/// What the provider promises beside the RFCs.
enum class Contract {
  rfc,      ///< nothing
  articles  ///< what the articles say of the directory product; see articles.h
};

struct ProviderOptions {
  Quirks quirks{};
  base::Uri base{};             ///< without a slash at its end
  base::Secret token{};         ///< may do everything
  base::Secret reader_token{};  ///< may read groups and nothing else; empty: there is no such client
  std::int64_t default_page = 100;
  std::int64_t max_results = 200;  ///< on a page, however many are asked for
  std::size_t bulk_operations = 100;
  std::size_t bulk_bytes = 1U << 20U;
  std::size_t body_bytes = 1U << 20U;
  base::Duration cursor_life = std::chrono::minutes{10};
  Contract contract = Contract::rfc;
};

}  // namespace fakes::scim
