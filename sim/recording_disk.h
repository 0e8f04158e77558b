// A disk that writes down every call that may change it, so that the disk can be built as it was after any of
// them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/disk.h"

namespace sim {

struct DiskOperation {
  enum class Kind { create, write, truncate, sync, remove };

  Kind kind;
  std::string file;
  std::uint64_t offset = 0;  ///< of a write; the new size where a truncation
  std::string bytes{};       ///< of a write
};

/// Hands every call on to another disk, which outlives it.
class RecordingDisk final : public base::Disk {
 public:
  explicit RecordingDisk(base::Disk& disk) : disk_(&disk) {}

  std::unique_ptr<base::DiskFile> open(std::string_view name) override;
  [[nodiscard]] bool exists(std::string_view name) const override { return disk_->exists(name); }
  base::DiskStatus remove(std::string_view name) override;
  base::Duration take_cost() override { return disk_->take_cost(); }

  /// In the order in which they were made; those that failed are left out.
  [[nodiscard]] const std::vector<DiskOperation>& operations() const { return operations_; }

 private:
  class File;

  base::Disk* disk_;
  std::vector<DiskOperation> operations_;
};

/// Makes a recorded call once more, on a disk that has seen all before it.
void repeat(const DiskOperation& operation, base::Disk& disk);

}  // namespace sim
