#include "sim/cached_file.h"

#include <algorithm>

namespace sim {
namespace {

/// Some of a write's sectors reach the disk, in no order; neither all nor none where there are several.
void write_torn(BlockedBytes& content, std::uint64_t offset, std::string_view bytes, base::Rng& rng) {
  const auto end = offset + bytes.size();
  const auto first = offset / sector_size;
  const auto sectors = (end + sector_size - 1) / sector_size - first;
  const auto spared = rng.below(sectors);
  for (std::uint64_t i = 0; i < sectors; ++i) {
    const bool reached = i != spared && rng.below(2) == 0;
    if (!reached) continue;
    const auto begin = std::max(offset, (first + i) * sector_size);
    const auto stop = std::min(end, (first + i + 1) * sector_size);
    content.write(begin, bytes.substr(begin - offset, stop - begin));
  }
}

}  // namespace

void CachedFile::keep(std::uint64_t offset, bool truncation, std::size_t written, std::uint64_t behind) {
  const auto replaced = offset < bytes_.size() ? std::min(behind, bytes_.size() - offset) : 0;
  changes_.push_back({offset, truncation, written, replaced_.size(), replaced, bytes_.size()});
  bytes_.append_to(replaced_, offset, replaced);
}

void CachedFile::write(std::uint64_t offset, std::string_view bytes) {
  if (bytes.empty()) return;
  keep(offset, false, bytes.size(), bytes.size());
  bytes_.write(offset, bytes);
}

void CachedFile::truncate(std::uint64_t size) {
  keep(size, true, 0, bytes_.size());
  bytes_.resize(size);
}

void CachedFile::sync() {
  const auto given_up = [](const Change& change) { return change.state == Change::State::given_up; };
  if (std::ranges::none_of(changes_, given_up)) {
    changes_.clear();
    replaced_.clear();
    return;
  }
  for (auto& change : changes_) {
    if (change.state == Change::State::cached) change.state = Change::State::durable;
  }
}

void CachedFile::fail_sync() {
  for (auto& change : changes_) {
    if (change.state == Change::State::cached) change.state = Change::State::given_up;
  }
}

void CachedFile::flip_bit(std::uint64_t offset, int bit) {
  auto& byte = bytes_.at(offset);
  byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << bit));
}

BlockedBytes CachedFile::left_by(PowerCut cut, base::Rng& rng) const {
  auto left = bytes_;
  std::vector<std::string> written(changes_.size());
  for (std::size_t i = changes_.size(); i-- > 0;) {
    const auto& change = changes_[i];
    left.append_to(written[i], change.offset, change.written);
    left.resize(change.size_before);
    left.write(change.offset, replaced_by(change));
  }
  for (std::size_t i = 0; i < changes_.size(); ++i) {
    const auto& change = changes_[i];
    if (change.state == Change::State::given_up) continue;
    enum Fate : std::uint64_t { lost, kept, torn } fate = kept;
    if (change.state == Change::State::cached) {
      if (cut == PowerCut::loses_all) fate = lost;
      if (cut == PowerCut::tears_last && i + 1 == changes_.size()) fate = torn;
      if (cut == PowerCut::draws) fate = static_cast<Fate>(rng.below(3));
    }
    if (fate == lost) continue;
    if (change.truncation) {
      left.resize(change.offset);
    } else if (fate == torn) {
      write_torn(left, change.offset, written[i], rng);
    } else {
      left.write(change.offset, written[i]);
    }
  }
  return left;
}

}  // namespace sim
