// How a tenant of any size fares in simulation: how long an initial cycle, incremental cycles, a mass suspension and days of ordinary
// life take, and in how much memory.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"

namespace bench::scale {

struct ScaleOptions {
  std::int64_t users = 1'000;
  std::int64_t groups = 0;     ///< of 2 to 40 of them each, provisioned as well
  std::int64_t computers = 0;  ///< of the first so many users, in the days of ordinary life
  std::int64_t days = 30;      ///< 0: no ordinary life
  std::uint64_t seed = 1;
  std::function<base::Duration()> steady;             ///< real time
  std::function<std::uint64_t()> memory;              ///< resident bytes of the process
  std::function<void(std::string_view phase, base::Duration in_world)> progress{};
  std::function<bool()> stop{};
};

struct ScalePhase {
  std::string name;
  base::Duration real{};
  base::Duration in_world{};
  std::uint64_t events = 0;  ///< dispatches of the scheduler
  std::uint64_t memory = 0;  ///< resident bytes as it ended
  std::string counts{};
};

struct ScaleResult {
  std::int64_t users = 0;
  std::int64_t groups = 0;
  std::int64_t computers = 0;
  std::vector<ScalePhase> phases{};
  std::string problem{};  ///< why it went no further; empty: it came to its end
  bool interrupted = false;
};

/// Two worlds, one after the other. The first has users and groups: it is made, goes through its initial cycle, three incremental
/// cycles in which one user in a thousand has changed, and one in which a tenth are suspended, each followed by one that finds nothing to
/// do; the directory is asked whether it came about. The second has users and computers: all are onboarded, and live for so many days as in
/// scenarios/large/a_month_of_daily_life.yaml.
[[nodiscard]] ScaleResult run_scale(const ScaleOptions& options);

}  // namespace bench::scale
