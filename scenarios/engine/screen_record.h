// What devices show, for the record of a run.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "fakes/devices/screen.h"
#include "scenarios/run_record.h"

namespace scenarios {

[[nodiscard]] ScreenRecord screen_record(const fakes::devices::Screen& screen, base::Instant at);

/// Keeps, of what devices show, only what is new at a device.
class ScreenWatch {
 public:
  /// `records` outlives the watch.
  explicit ScreenWatch(std::vector<ScreenRecord>& records) : records_(&records) {}
  void look(const fakes::devices::Screen& screen, base::Instant at);

 private:
  std::vector<ScreenRecord>* records_;
  std::map<std::string, fakes::devices::Screen, std::less<>> last_;
};

}  // namespace scenarios
