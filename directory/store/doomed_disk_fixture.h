// A disk that fails at one chosen operation.
#pragma once

#include <limits>
#include <memory>

#include "sim/disk.h"

namespace directory {

/// Hands on to another disk, until the operation with a given number: a write, a sync or a truncation.
class DoomedDisk final : public base::Disk {
 public:
  enum class Fate {
    power_cut,  ///< the operation and all later ones meet a dead disk
    io_error,   ///< this operation alone fails
    full        ///< this one and all later ones find no room
  };

  static constexpr int never = std::numeric_limits<int>::max();

  DoomedDisk(sim::SimulatedDisk& disk, int doomed, Fate fate) : disk_(&disk), doomed_(doomed), fate_(fate) {}

  std::unique_ptr<base::DiskFile> open(std::string_view name) override {
    return std::make_unique<File>(*this, disk_->open(name));
  }
  [[nodiscard]] bool exists(std::string_view name) const override { return disk_->exists(name); }
  base::DiskStatus remove(std::string_view name) override { return disk_->remove(name); }
  base::Duration take_cost() override { return disk_->take_cost(); }

  [[nodiscard]] int operations() const { return operations_; }
  /// The n-th operation from now is the doomed one.
  void doom(int nth, Fate fate) {
    doomed_ = operations_ + nth;
    fate_ = fate;
  }

 private:
  class File final : public base::DiskFile {
   public:
    File(DoomedDisk& disk, std::unique_ptr<base::DiskFile> file) : disk_(&disk), file_(std::move(file)) {}

    base::DiskStatus read(std::uint64_t offset, std::span<std::byte> into) override {
      return file_->read(offset, into);
    }
    base::DiskStatus write(std::uint64_t offset, std::span<const std::byte> bytes) override {
      const auto status = disk_->count();
      return status == base::DiskStatus::ok ? file_->write(offset, bytes) : status;
    }
    base::DiskStatus truncate(std::uint64_t size) override {
      const auto status = disk_->count();
      return status == base::DiskStatus::ok ? file_->truncate(size) : status;
    }
    base::DiskStatus sync() override {
      const auto status = disk_->count();
      return status == base::DiskStatus::ok ? file_->sync() : status;
    }
    [[nodiscard]] std::uint64_t size() const override { return file_->size(); }

   private:
    DoomedDisk* disk_;
    std::unique_ptr<base::DiskFile> file_;
  };

  base::DiskStatus count() {
    ++operations_;
    if (operations_ < doomed_) return base::DiskStatus::ok;
    switch (fate_) {
      case Fate::power_cut:
        if (operations_ == doomed_) disk_->cut_power();
        return base::DiskStatus::dead;
      case Fate::io_error:
        return operations_ == doomed_ ? base::DiskStatus::io_error : base::DiskStatus::ok;
      case Fate::full:
        return base::DiskStatus::full;
    }
    return base::DiskStatus::ok;
  }

  sim::SimulatedDisk* disk_;
  int doomed_;
  Fate fate_;
  int operations_ = 0;
};

}  // namespace directory
