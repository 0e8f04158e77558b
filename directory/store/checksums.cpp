#include "directory/store/checksums.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace directory {
namespace {

static_assert(std::endian::native == std::endian::little,
              "sums are taken over words as this machine stores them");

std::uint32_t word_at(std::span<const std::byte> bytes, std::size_t offset) {
  std::uint32_t word = 0;
  std::memcpy(&word, bytes.data() + offset, sizeof word);
  return word;
}

/// The log's headers store their numbers with the highest byte first.
std::uint32_t number_at(std::span<const std::byte> bytes, std::size_t offset) {
  return __builtin_bswap32(word_at(bytes, offset));
}

Checksum checksum_at(std::span<const std::byte> bytes, std::size_t offset) {
  return {number_at(bytes, offset), number_at(bytes, offset + 4)};
}

Checksum sum_of_page(std::span<const std::byte> page, std::uint64_t number) {
  // Not zero, since sums that begin with zeros stay zero over a page of zeros.
  const Checksum seed{static_cast<std::uint32_t>(number) + 1, 0x6C6F636B};
  return continued(seed, page.first(page_size - reserved_bytes));
}

/// What a disk writes whole or not at all.
using base::sector_size;

constexpr std::uint64_t offset_of_frame(std::uint64_t frame) {
  return log_header_size + frame * frame_size;
}

using FrameHeader = std::array<std::byte, frame_header_size>;

bool is_commit(std::span<const std::byte> frame) {
  return number_at(frame, 4) != 0;
}
Checksum stored_sum(std::span<const std::byte> frame) {
  return checksum_at(frame, 16);
}

Checksum sum_of_frame(Checksum before, std::span<const std::byte> header, std::span<const std::byte> page) {
  return continued(continued(before, header.first(8)), page);
}

bool reads(base::DiskFile& file, std::uint64_t offset, std::span<std::byte> into) {
  return file.read(offset, into) == base::DiskStatus::ok;
}

/// A log whose header is sound, read frame by frame.
class LogReader {
 public:
  LogReader(base::DiskFile& log, std::span<const std::byte> header)
      : log_(&log),
        salts_{header[16], header[17], header[18], header[19],
               header[20], header[21], header[22], header[23]},
        sum_before_(checksum_at(header, 24)) {}

  /// Reads the next frame; false at the end of the file. Of frames from before the log was last begun anew,
  /// only the header is read.
  bool next() {
    if (count_ > 0) {
      // Of a header that lies across two sectors a torn write may have left half; the rest of it the next
      // frame's sum and the salts vouch for.
      const bool whole =
          sound_ || offset_of_frame(count_ - 1) % sector_size + frame_header_size <= sector_size;
      follows_commit_ = whole && is_commit(header_) && is_of_this_log();
      sum_before_ = stored_sum(header_);
    }
    sound_ = false;
    const auto offset = offset_of_frame(count_++);
    if (!reads(*log_, offset, header_)) return false;
    if (!is_of_this_log()) return true;
    if (!reads(*log_, offset + frame_header_size, page_)) return false;
    sound_ = sum_of_frame(sum_before_, header_, page_) == stored_sum(header_);
    return true;
  }

  /// Whether the frame read last is sound, by what the frame before it says.
  [[nodiscard]] bool is_sound() const { return sound_; }
  /// Whether the frame before it ends a commit.
  [[nodiscard]] bool follows_commit() const { return follows_commit_; }

 private:
  /// Frames of an earlier time have other salts.
  [[nodiscard]] bool is_of_this_log() const {
    return std::equal(salts_.begin(), salts_.end(), header_.begin() + 8);
  }

  base::DiskFile* log_;
  std::array<std::byte, 8> salts_;
  Checksum sum_before_;
  FrameHeader header_{};
  Page page_{};
  std::uint64_t count_ = 0;
  bool sound_ = false;
  bool follows_commit_ = false;
};

}  // namespace

Checksum continued(Checksum sum, std::span<const std::byte> bytes) {
  for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
    sum.first += word_at(bytes, i) + sum.second;
    sum.second += word_at(bytes, i + 4) + sum.first;
  }
  return sum;
}

void seal_page(std::span<std::byte> page, std::uint64_t number) {
  const auto sum = sum_of_page(page, number);
  std::memcpy(page.data() + page_size - reserved_bytes, &sum, sizeof sum);
}

bool is_intact_page(std::span<const std::byte> page, std::uint64_t number) {
  const auto sum = sum_of_page(page, number);
  return std::memcmp(page.data() + page_size - reserved_bytes, &sum, sizeof sum) == 0;
}

bool is_intact_frame(base::DiskFile& log, std::uint64_t frame, std::span<const std::byte> page) {
  FrameHeader header{};
  if (!reads(log, offset_of_frame(frame), header)) return false;
  std::array<std::byte, 8> before{};
  const auto sum_before_at =
      frame == 0 ? std::uint64_t{log_header_size - 8} : offset_of_frame(frame - 1) + 16;
  if (!reads(log, sum_before_at, before)) return false;
  return sum_of_frame(checksum_at(before, 0), header, page) == stored_sum(header);
}

bool is_damaged_log(base::DiskFile& log) {
  constexpr std::uint32_t magic = 0x377F0682;  // sums over words with the lowest byte first
  if (log.size() <= log_header_size) return false;
  std::array<std::byte, log_header_size> header{};
  // The header is synced before any frame is written.
  if (!reads(log, 0, header)) return true;
  const bool sound = number_at(header, 0) == magic && number_at(header, 8) == page_size &&
                     continued({}, std::span(header).first(24)) == checksum_at(header, 24);
  if (!sound) return true;
  LogReader frames(log, header);
  bool broken = false;
  while (frames.next()) {
    if (!frames.is_sound()) {
      broken = true;
    } else if (broken && frames.follows_commit()) {
      return true;
    }
  }
  return false;
}

}  // namespace directory
