// The tokens of delta queries: how far a reader has come, and what it asked for in its first request. They hold all of it,
// so that the service keeps nothing and a token can be used again. [Graph DL2]
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "fakes/entra/directory_object.h"

namespace fakes::graph {

struct DeltaToken {
  entra::ObjectKind kind = entra::ObjectKind::user;
  base::Instant issued{};
  std::uint64_t generation = 0;  ///< counts the forced resynchronisations before it
  bool initial = true;       ///< of the first round, which tells everything
  std::uint64_t since = 0;   ///< what the reader knows; in the first round, where it began
  std::uint64_t at = 0;      ///< changes up to here were told in this round
  std::string select{};      ///< as sent
  bool has_select = false;
  std::vector<std::string> ids{};  ///< of the filter; empty: all
  std::string group{};       ///< whose members are told in part
  std::size_t members = 0;   ///< so many of them were

  [[nodiscard]] std::string encode() const;
};

/// Empty where it is none.
[[nodiscard]] std::optional<DeltaToken> decode_delta_token(std::string_view text);

}  // namespace fakes::graph
