// One screen of each kind, as devices of the sample session would show them; some of their words are hostile.
#pragma once

#include <vector>

#include "scenarios/run_record.h"

namespace reports {

[[nodiscard]] std::vector<scenarios::ScreenRecord> sample_screens(base::Instant at);

}  // namespace reports
