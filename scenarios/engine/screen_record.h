// What devices show, for the record of a run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "fakes/devices/screen.h"
#include "scenarios/run_record.h"

namespace scenarios {

[[nodiscard]] ScreenRecord screen_record(const fakes::devices::Screen& screen, base::Instant at);

/// The most screens that the record of a run holds, about a kilobyte each; of a longer run the newest, for its end is what is asked about.
inline constexpr std::size_t most_screens_kept = 1'000;

/// Keeps, of what devices show, only what is new at a device, and of that the newest.
class ScreenWatch {
 public:
  /// `record` outlives the watch.
  explicit ScreenWatch(RunRecord& record, std::size_t most = most_screens_kept) : record_(&record), most_(most) {}
  void look(const fakes::devices::Screen& screen, base::Instant at);

 private:
  RunRecord* record_;
  std::size_t most_;
  std::map<std::string, fakes::devices::Screen, std::less<>> last_;
};

}  // namespace scenarios
