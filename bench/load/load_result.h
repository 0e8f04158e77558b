// What a load run has measured, as a value: text, JSON and the page are made from it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "bench/load/latency_histogram.h"
#include "bench/load/workload.h"

namespace bench::load {

/// Why a request counts as an error.
enum class Trouble : std::uint8_t {
  status,      ///< another status than the operation has
  wrong,       ///< the status is right, and what it says is not
  throttled,   ///< put off by 429 or 503 with Retry-After more often, or for longer, than is waited for
  timed_out,   ///< no answer in time
  connection   ///< none could be made, or it was lost
};
inline constexpr std::size_t troubles = 5;
[[nodiscard]] std::string_view to_text(Trouble trouble);

struct OperationFigures {
  std::uint64_t right = 0;
  std::array<std::uint64_t, troubles> errors{};
  std::string example{};  ///< of the first error
  LatencyHistogram latency{};  ///< since it was due; of what was answered, whatever the answer, and of what timed out
  LatencyHistogram service{};  ///< since it was sent

  [[nodiscard]] std::uint64_t failed() const;
  [[nodiscard]] std::uint64_t all() const { return right + failed(); }
  void merge(const OperationFigures& other);
};

/// A second of the measured time.
struct Second {
  std::uint64_t right = 0;
  std::uint64_t failed = 0;
};

/// What was asked for.
struct LoadPlan {
  Profile profile{};
  std::size_t users = 0;
  std::size_t clients = 0;
  std::optional<double> rate{};  ///< requests a second; none: as fast as the clients can
  std::optional<base::Duration> duration{};
  std::uint64_t seed = 1;
  bool any_answer = false;           ///< whatever is no error is right: of what speaks HTTP and no SCIM
  std::string target{};
  std::string mark{};
  std::string prefix{};  ///< of the names that were made up
};

struct LoadResult {
  LoadPlan plan{};
  base::Instant started{};
  base::Duration measured{};  ///< from the first measured request to the last answer
  std::array<OperationFigures, operations> figures{};
  std::vector<Second> seconds{};
  std::uint64_t prepared = 0;         ///< requests that were not measured, before those that were
  std::uint64_t prepared_failed = 0;
  std::string prepared_example{};     ///< of the first of those that failed
  std::uint64_t skipped = 0;          ///< steps whose user or group could not be made
  std::uint64_t refused = 0;          ///< 401 or 403
  std::uint64_t put_off = 0;          ///< answers 429, or 503, with Retry-After
  base::Duration waited{};            ///< in all, while nothing was sent for their sake
  double throughput = 0;              ///< right answers a second, from the first to the last of them
  bool interrupted = false;
  bool kept = false;                  ///< what was made is still there, as was asked for
  std::uint64_t removed = 0;
  std::vector<std::string> left{};    ///< what could not be removed: `/Users/ID name`

  /// Of all operations.
  [[nodiscard]] OperationFigures total() const;
};

}  // namespace bench::load
