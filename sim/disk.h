// A disk whose writes become durable only when they are synced, and which can fail. A power cut keeps, loses
// or tears each unsynced write by draw. Creating and removing a file is durable at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/disk.h"
#include "base/rng.h"
#include "sim/cached_file.h"

namespace sim {

struct DiskProfile {
  base::Duration sync_cost = std::chrono::microseconds{500};
};

/// What is wrong with a disk for as long as it is.
struct DiskFaults {
  /// Nothing that would lengthen a file or create one is taken.
  bool full = false;
  /// A sync answers io_error, and what it was to make durable never will be, although later syncs succeed.
  bool syncs_fail = false;
};

/// The bytes of every file by its name.
using DiskFiles = std::map<std::string, std::string>;

class SimulatedDisk final : public base::Disk {
 public:
  SimulatedDisk(base::Rng rng, DiskProfile profile) : rng_(rng), profile_(profile) {}

  std::unique_ptr<base::DiskFile> open(std::string_view name) override;
  [[nodiscard]] bool exists(std::string_view name) const override { return files_.contains(name); }
  base::DiskStatus remove(std::string_view name) override;
  base::Duration take_cost() override;

  /// Every call is refused from now on; what was not synced meets its fate.
  void power_down(PowerCut cut = PowerCut::draws);
  /// Calls are taken again, but not through files that were opened before.
  void power_up() { powered_ = true; }
  [[nodiscard]] bool powered() const { return powered_; }
  void cut_power(PowerCut cut = PowerCut::draws) {
    power_down(cut);
    power_up();
  }
  /// Powers down inside the n-th change from now, counted from 1: a write, truncation, sync, creation or
  /// removal. That change meets the fate of what is not synced. `died` is called then.
  void power_down_inside(std::uint64_t change, std::function<void()> died = {});
  /// What a power cut now would leave.
  [[nodiscard]] DiskFiles left_by(PowerCut cut, base::Rng rng) const;
  /// Begins anew with these files, all of them durable; files opened before are dead.
  void load(const DiskFiles& files);

  [[nodiscard]] DiskFaults& faults() { return faults_; }
  /// Turns over one bit of a stored file; false where the file has no such byte.
  bool damage(std::string_view name, std::uint64_t offset, int bit = 0);

  /// The bytes as the running host sees them, durable or not; for leak searches.
  [[nodiscard]] DiskFiles contents() const;
  /// Of the files, in order.
  [[nodiscard]] std::vector<std::string> names() const;
  /// Of one file, as in contents(); empty where there is none.
  [[nodiscard]] std::string bytes_of(std::string_view name) const;
  [[nodiscard]] std::uint64_t size_of(std::string_view name) const;
  [[nodiscard]] std::uint64_t syncs() const { return syncs_; }
  /// Whether a power cut now would change nothing.
  [[nodiscard]] bool synced() const;

 private:
  class File;
  using Files = std::map<std::string, std::shared_ptr<CachedFile>, std::less<>>;

  /// Whether the change that was just made is the one inside which the power fails; it is down then.
  bool dies_here();

  base::Rng rng_;
  DiskProfile profile_;
  DiskFaults faults_;
  Files files_;
  std::uint64_t incarnation_ = 0;
  std::uint64_t syncs_ = 0;
  base::Duration cost_{0};
  bool powered_ = true;
  std::uint64_t changes_to_live_ = 0;  ///< 0: as many as come
  std::function<void()> died_;
};

}  // namespace sim
