// A host's disk as the store sees it: named files, of which only what was synced survives a power cut. A write damages
// no byte outside its range, whenever the power fails; a sector of 512 bytes is written whole or not at all. A file
// that open() created is there, and one that remove() took is gone, once the call returns, whatever happens then.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"

namespace base {

enum class DiskStatus {
  ok,
  short_read,  ///< the file ends inside the range; the rest of the buffer is zeroed
  io_error,
  full,
  dead  ///< the host has crashed: this incarnation touches nothing any more
};

/// Bytes that are written whole or not at all.
inline constexpr std::size_t sector_size = 512;

class DiskFile {
 public:
  virtual ~DiskFile() = default;
  virtual DiskStatus read(std::uint64_t offset, std::span<std::byte> into) = 0;
  virtual DiskStatus write(std::uint64_t offset, std::span<const std::byte> bytes) = 0;
  virtual DiskStatus truncate(std::uint64_t size) = 0;
  virtual DiskStatus sync() = 0;
  /// Begins a sync of what was written so far and returns; `done` is told later how it went, and never from within the call. False where
  /// the disk has no such thing: then nothing has begun.
  // NOLINTNEXTLINE(performance-unnecessary-value-param): whoever overrides it keeps it
  [[nodiscard]] virtual bool begin_sync([[maybe_unused]] std::function<void(DiskStatus)> done) { return false; }
  [[nodiscard]] virtual std::uint64_t size() const = 0;
};

class Disk {
 public:
  virtual ~Disk() = default;
  /// Opens or creates; null when the disk is dead or full.
  virtual std::unique_ptr<DiskFile> open(std::string_view name) = 0;
  [[nodiscard]] virtual bool exists(std::string_view name) const = 0;
  virtual DiskStatus remove(std::string_view name) = 0;
  /// What the calls since the last one cost, in virtual time; awaited before an answer leaves the host.
  virtual Duration take_cost() = 0;
};

}  // namespace base
