// What parties tell the record of a run, beyond the messages they exchange.
#pragma once

#include <string_view>

namespace base {

class Trace {
 public:
  virtual ~Trace() = default;
  /// One line for the timeline: `party` did or saw `what`. Goes into the run's fingerprint.
  virtual void note(std::string_view party, std::string_view what) = 0;
};

class SilentTrace final : public Trace {
 public:
  void note(std::string_view, std::string_view) override {}
};

}  // namespace base
