// Real time, for what is measured and never for what is simulated.
#pragma once

#include "base/instant.h"

namespace cli {

class Stopwatch {
 public:
  Stopwatch();
  [[nodiscard]] base::Duration elapsed() const;

 private:
  base::Duration begun_;
};

}  // namespace cli
