// What has happened in a served world, redacted, for programs and for browsers' developer tools.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "scenarios/run_record.h"
#include "serve/served_world.h"

namespace serve {

struct HistoryQuery {
  std::uint64_t after = 0;    ///< exchanges with a higher number
  std::size_t most = 1'000;   ///< the last of them
  std::string party{};        ///< host that has sent or received them; empty: any
};

/// `exchanges` and `notes` (these of the same time), oldest first, and how many exchanges there have been.
[[nodiscard]] std::string history_json(ServedWorld& world, const HistoryQuery& query);
/// HAR 1.2.
[[nodiscard]] std::string history_har(ServedWorld& world, const HistoryQuery& query, std::string_view version);

}  // namespace serve
