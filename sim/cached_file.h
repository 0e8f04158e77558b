// One file behind a write cache: what the running host reads, and the changes that a power cut may still take
// back. Of each change what it replaced is kept: a sync copies nothing, and what was written stands in the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/disk.h"
#include "base/rng.h"
#include "sim/blocked_bytes.h"

namespace sim {

using base::sector_size;

/// What a power cut makes of the changes that were not synced.
enum class PowerCut {
  draws,  ///< each is lost, kept or torn by a draw of its own: what was written later may be there without
          ///< the earlier
  loses_all,  ///< nothing had left the cache
  keeps_all,  ///< everything had
  tears_last  ///< everything had, but for some sectors of the last write
};

class CachedFile {
 public:
  CachedFile() = default;
  explicit CachedFile(BlockedBytes durable) : bytes_(std::move(durable)) {}

  /// As the running host sees it.
  [[nodiscard]] const BlockedBytes& bytes() const { return bytes_; }
  [[nodiscard]] bool synced() const { return changes_.empty(); }

  void write(std::uint64_t offset, std::string_view bytes);
  void truncate(std::uint64_t size);
  /// Makes every change durable, but for those that a failed sync has given up.
  void sync();
  /// As systems do it: what was to be written counts as written from now on, is read as such, and is lost
  /// with the power.
  void fail_sync();
  /// Turns over a bit of what is stored; it is as durable as the rest.
  void flip_bit(std::uint64_t offset, int bit);

  /// What is left when the power fails now.
  [[nodiscard]] BlockedBytes left_by(PowerCut cut, base::Rng& rng) const;

 private:
  struct Change {
    enum class State { cached, durable, given_up };
    std::uint64_t offset;  ///< of a write; the new size where a truncation
    bool truncation;
    std::size_t written;
    std::size_t kept_at;   ///< in replaced_
    std::size_t replaced;  ///< what stood at the offset before, or behind the new size
    std::uint64_t size_before;
    State state = State::cached;
  };

  [[nodiscard]] std::string_view replaced_by(const Change& change) const { return std::string_view(replaced_).substr(change.kept_at, change.replaced); }
  /// `behind`: how much of what follows the offset is no more as it was.
  void keep(std::uint64_t offset, bool truncation, std::size_t written, std::uint64_t behind);

  BlockedBytes bytes_;
  /// By the changes, one after the other: a commit writes many pages, and its sync forgets them all.
  std::string replaced_;
  /// Since the last sync; since the first failed one, where there was one.
  std::vector<Change> changes_;
};

}  // namespace sim
