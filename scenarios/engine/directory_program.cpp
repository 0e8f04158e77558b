#include "scenarios/engine/directory_program.h"

#include "directory/server/directory_server.h"

namespace scenarios {

std::unique_ptr<sim::Program> start_directory(sim::World& world, sim::Host& host, const directory::Options& options,
                                              const directory::InitialKeys& keys, const base::Secret& vault_key,
                                              const directory::Defects* defects, directory::Probes* probes, directory::FaultPoints* fault_points) {
  directory::Ports ports;
  ports.scheduler = &host.scheduler();
  ports.scope = host.scope();
  ports.clock = &host.clock();
  ports.disk = &host.disk();
  ports.transport = &world.network().transport(host);
  ports.trace = &world.recorder();
  ports.witness = &world.recorder();
  ports.rng = host.rng("directory");
  ports.vault_key = vault_key;
  ports.defects = defects;
  ports.probes = probes;
  ports.fault_points = fault_points;
  auto server = directory::DirectoryServer::start(ports, options, keys);
  if (server) return std::make_unique<sim::OwningProgram>(std::move(*server));
  world.recorder().note(host.name(), "the directory does not start: " + server.error().message);
  return std::make_unique<sim::ServiceProgram>();
}

}  // namespace scenarios
