// The allocator of the programs: mimalloc, which gives and takes small blocks in a third of the time of the C library's, and half of
// a run's time goes there. Builds for sanitizers keep theirs.
#pragma once

namespace base {

/// Before the first thread and before anything else of main(): memory that was given back stays with the process, whose next world
/// takes it again. What the allocator has had before main() it may still return, and looks at a clock for it (sim/tripwire.h).
void settle_allocator();

}  // namespace base
