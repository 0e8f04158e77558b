// Checksums of what the store keeps on its disk. A page of the database carries one of ours in the bytes that
// SQLite reserves for it; a frame of the write-ahead log carries SQLite's own, which SQLite itself looks at
// only when it opens the log.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/disk.h"

namespace directory {

inline constexpr std::size_t page_size = 4096;
/// At the end of each page; `SQLITE_FCNTL_RESERVE_BYTES` keeps them free.
inline constexpr std::size_t reserved_bytes = 8;
using Page = std::array<std::byte, page_size>;

/// The running checksum of SQLite's log: two sums, each a function of the other.
/// [SQLite fileformat2 4.2]
struct Checksum {
  std::uint32_t first = 0;
  std::uint32_t second = 0;

  bool operator==(const Checksum&) const = default;
};

/// Continues a checksum over `bytes`, whose length is a multiple of eight.
[[nodiscard]] Checksum continued(Checksum sum, std::span<const std::byte> bytes);

/// Writes the checksum of a database's page into its reserved bytes. `number` counts from 0; it is part of
/// the sum, so that a page at another page's place does not verify.
void seal_page(std::span<std::byte> page, std::uint64_t number);
[[nodiscard]] bool is_intact_page(std::span<const std::byte> page, std::uint64_t number);

/// Where a log has its header, and its frames: a page behind a header of its own.
inline constexpr std::size_t log_header_size = 32;
inline constexpr std::size_t frame_header_size = 24;
inline constexpr std::size_t frame_size = frame_header_size + page_size;

/// Whether the page in a log's frame, as it was just read, is the one that was written. False where the
/// frame's header cannot be read. `frame` counts from 0.
[[nodiscard]] bool is_intact_frame(base::DiskFile& log, std::uint64_t frame, std::span<const std::byte> page);

/// Whether a log was damaged where it had been synced. A log that ends in an unfinished commit is not
/// damaged, and damage to its last commit cannot be told from that; but where a later commit follows, the
/// earlier one was synced. SQLite would take either for the end of the log and forget what follows.
[[nodiscard]] bool is_damaged_log(base::DiskFile& log);

}  // namespace directory
