// The directory core as the program of a host in a world.
#pragma once

#include <memory>

#include "directory/core/options.h"
#include "directory/defects.h"
#include "directory/fault_points.h"
#include "directory/probes.h"
#include "sim/world.h"

namespace scenarios {

/// Starts it on the host's disk. Where it does not start, the host listens with nothing and a note says why.
/// `defects`, `probes` and `fault_points`, where there are any, outlive the host.
[[nodiscard]] std::unique_ptr<sim::Program> start_directory(sim::World& world, sim::Host& host,
                                                            const directory::Options& options,
                                                            const directory::InitialKeys& keys,
                                                            const base::Secret& vault_key,
                                                            const directory::Defects* defects = nullptr, directory::Probes* probes = nullptr,
                                                            directory::FaultPoints* fault_points = nullptr);

}  // namespace scenarios
