// The bytes of a file in blocks of one size: one that grows is never copied, as a string would be whenever it doubles.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>

namespace sim {

class BlockedBytes {
 public:
  static constexpr std::size_t block_size = 65'536;

  BlockedBytes() = default;
  explicit BlockedBytes(std::string_view bytes) { write(0, bytes); }

  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// Fills as much of `into` as there is from the offset on; how much that was.
  std::size_t read(std::uint64_t offset, std::span<char> into) const;
  /// The range lies within the bytes.
  void append_to(std::string& text, std::uint64_t offset, std::uint64_t size) const;
  [[nodiscard]] std::string text() const;

  /// Grows where the bytes end behind the end; a gap is filled with zeros. Nothing is done for no bytes.
  void write(std::uint64_t offset, std::string_view bytes);
  /// What is new is zero.
  void resize(std::uint64_t size);
  [[nodiscard]] char& at(std::uint64_t offset) { return blocks_[offset / block_size][offset % block_size]; }

 private:
  /// Calls `piece(bytes of the block, offset from the first)` for every block that has a part of the range.
  template <class Bytes, class Piece>
  static void for_each_piece(Bytes& bytes, std::uint64_t offset, std::uint64_t size, Piece piece) {
    for (std::uint64_t done = 0; done < size;) {
      const auto within = (offset + done) % block_size;
      const auto length = std::min<std::uint64_t>(size - done, block_size - within);
      piece(std::span(bytes.blocks_[(offset + done) / block_size]).subspan(within, length), done);
      done += length;
    }
  }
  std::deque<std::array<char, block_size>> blocks_;  ///< behind the last byte zero
  std::uint64_t size_ = 0;
};

}  // namespace sim
