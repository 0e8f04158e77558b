#include "sim/blocked_bytes.h"

#include <cstring>

namespace sim {

std::size_t BlockedBytes::read(std::uint64_t offset, std::span<char> into) const {
  const auto available = offset < size_ ? std::min<std::uint64_t>(into.size(), size_ - offset) : 0;
  for_each_piece(*this, offset, available, [&](std::span<const char> piece, std::uint64_t at) { std::memcpy(into.data() + at, piece.data(), piece.size()); });
  return available;
}

void BlockedBytes::append_to(std::string& text, std::uint64_t offset, std::uint64_t size) const {
  for_each_piece(*this, offset, size, [&](std::span<const char> piece, std::uint64_t) { text.append(piece.data(), piece.size()); });
}

std::string BlockedBytes::text() const {
  std::string text;
  text.reserve(size_);
  append_to(text, 0, size_);
  return text;
}

void BlockedBytes::write(std::uint64_t offset, std::string_view bytes) {
  if (bytes.empty()) return;
  resize(std::max(size_, offset + bytes.size()));
  for_each_piece(*this, offset, bytes.size(), [&](std::span<char> piece, std::uint64_t at) { std::memcpy(piece.data(), bytes.data() + at, piece.size()); });
}

void BlockedBytes::resize(std::uint64_t size) {
  blocks_.resize((size + block_size - 1) / block_size);
  if (size < size_ && size % block_size != 0) std::ranges::fill(std::span(blocks_.back()).subspan(size % block_size), '\0');
  size_ = size;
}

}  // namespace sim
