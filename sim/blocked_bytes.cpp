#include "sim/blocked_bytes.h"

#include <cstring>

namespace sim {

std::size_t BlockedBytes::read(std::uint64_t offset, std::span<char> into) const {
  const auto available = offset < size_ ? std::min<std::uint64_t>(into.size(), size_ - offset) : 0;
  for_each_piece(offset, available, [&](std::span<const char> piece, std::uint64_t at) { std::memcpy(into.data() + at, piece.data(), piece.size()); });
  return available;
}

void BlockedBytes::append_to(std::string& text, std::uint64_t offset, std::uint64_t size) const {
  for_each_piece(offset, size, [&](std::span<const char> piece, std::uint64_t) { text.append(piece.data(), piece.size()); });
}

std::string BlockedBytes::text() const {
  std::string text;
  text.reserve(size_);
  append_to(text, 0, size_);
  return text;
}

void BlockedBytes::write(std::uint64_t offset, std::string_view bytes) {
  if (bytes.empty()) return;
  if (offset > size_) resize(offset);
  if (offset + bytes.size() > size_) resize_for_overwrite(offset + bytes.size());
  for_each_piece(offset, bytes.size(), [&](std::span<char> piece, std::uint64_t at) { std::memcpy(piece.data(), bytes.data() + at, piece.size()); });
}

void BlockedBytes::resize(std::uint64_t size) {
  const auto before = size_;
  resize_for_overwrite(size);
  if (size > before) for_each_piece(before, size - before, [](std::span<char> piece, std::uint64_t) { std::ranges::fill(piece, '\0'); });
}

void BlockedBytes::resize_for_overwrite(std::uint64_t size) {
  const auto wanted = (size + block_size - 1) / block_size;
  if (wanted < blocks_.size()) blocks_.resize(wanted);
  while (blocks_.size() < wanted) blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_size));
  size_ = size;
}

}  // namespace sim
