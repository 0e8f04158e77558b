// Everything a run consists of, built from one seed: scheduler, network, hosts and the record.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/carriage.h"
#include "base/rng.h"
#include "base/scheduler.h"
#include "sim/host.h"
#include "sim/network.h"
#include "sim/recorder.h"

namespace sim {

struct WorldOptions {
  std::uint64_t seed = 1;
  base::Instant start{};
  bool shuffle_ties = false;
  std::uint64_t event_budget = 50'000'000;
  RecorderOptions recorder;
  DiskProfile disk;
};

class World {
 public:
  World(const WorldOptions& options, base::Carriage& carriage);
  ~World();

  [[nodiscard]] base::Scheduler& scheduler() { return scheduler_; }
  [[nodiscard]] Network& network() { return network_; }
  [[nodiscard]] Recorder& recorder() { return recorder_; }
  [[nodiscard]] const Recorder& recorder() const { return recorder_; }
  /// A stream of the world's own; hosts have theirs.
  [[nodiscard]] base::Rng rng(std::string_view stream) const { return rng_.fork(stream); }

  /// Adds a host that requests reach as `dns_name`; install() and start() it.
  Host& add_host(std::string name, std::string dns_name);
  /// Null when there is none of that name.
  [[nodiscard]] Host* find_host(std::string_view name);
  [[nodiscard]] std::vector<std::string> host_names() const;

 private:
  base::Rng rng_;
  base::Scheduler scheduler_;
  Recorder recorder_;
  Network network_;
  DiskProfile disk_;
  std::map<std::string, std::unique_ptr<Host>, std::less<>> hosts_;
};

}  // namespace sim
