// From the recorder's raw exchanges and notes to the redacted text of a run record.
#pragma once

#include "scenarios/run_record.h"
#include "sim/recorder.h"

namespace scenarios {

/// Fills `exchanges` and `notes`, and redacts every text that is in the record already.
void copy_redacted(const sim::Recorder& recorder, RunRecord& record);

}  // namespace scenarios
