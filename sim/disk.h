// A disk whose writes become durable only when they are synced. A power cut keeps, loses or tears each
// unsynced write by draw. Creating and removing a file is durable at once.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/disk.h"
#include "base/rng.h"

namespace sim {

struct DiskProfile {
  base::Duration sync_cost = std::chrono::microseconds{500};
};

/// Writes to a torn sector keep a prefix of whole sectors of this size.
inline constexpr std::size_t sector_size = 512;

class SimulatedDisk final : public base::Disk {
 public:
  SimulatedDisk(base::Rng rng, DiskProfile profile) : rng_(rng), profile_(profile) {}

  std::unique_ptr<base::DiskFile> open(std::string_view name) override;
  [[nodiscard]] bool exists(std::string_view name) const override {
    return files_.contains(std::string(name));
  }
  base::DiskStatus remove(std::string_view name) override;
  base::Duration take_cost() override;

  /// Files opened before refuse every further call; what was not synced is kept, lost or torn.
  void cut_power();

  /// The bytes as the running host sees them, durable or not; for leak searches.
  [[nodiscard]] std::map<std::string, std::string> contents() const;
  [[nodiscard]] std::uint64_t syncs() const { return syncs_; }

 private:
  struct Write {
    std::uint64_t offset;
    std::vector<std::byte> bytes;
  };
  struct Truncation {
    std::uint64_t size;
  };
  struct Content {
    std::vector<std::byte> current;
    std::vector<std::byte> durable;
    std::vector<std::variant<Write, Truncation>> unsynced;
  };
  class File;

  base::Rng rng_;
  DiskProfile profile_;
  std::map<std::string, std::shared_ptr<Content>, std::less<>> files_;
  std::uint64_t incarnation_ = 0;
  std::uint64_t syncs_ = 0;
  base::Duration cost_{0};
};

}  // namespace sim
