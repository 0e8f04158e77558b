#include "sim/disk.h"

#include <algorithm>
#include <cstring>
#include <span>

namespace sim {
namespace {

void apply_write(std::vector<std::byte>& content, std::uint64_t offset, std::span<const std::byte> bytes) {
  if (bytes.empty()) return;  // lengthens no file, like pwrite()
  if (content.size() < offset + bytes.size()) content.resize(offset + bytes.size());
  std::ranges::copy(bytes, content.begin() + static_cast<std::ptrdiff_t>(offset));
}

}  // namespace

class SimulatedDisk::File final : public base::DiskFile {
 public:
  File(SimulatedDisk& disk, std::shared_ptr<Content> content)
      : disk_(&disk), content_(std::move(content)), incarnation_(disk.incarnation_) {}

  base::DiskStatus read(std::uint64_t offset, std::span<std::byte> into) override {
    if (dead()) return base::DiskStatus::dead;
    const auto& bytes = content_->current;
    const auto available =
        offset < bytes.size() ? std::min<std::uint64_t>(into.size(), bytes.size() - offset) : 0;
    if (available > 0) std::memcpy(into.data(), bytes.data() + offset, available);
    std::ranges::fill(into.subspan(available), std::byte{0});
    return available == into.size() ? base::DiskStatus::ok : base::DiskStatus::short_read;
  }

  base::DiskStatus write(std::uint64_t offset, std::span<const std::byte> bytes) override {
    if (dead()) return base::DiskStatus::dead;
    apply_write(content_->current, offset, bytes);
    content_->unsynced.emplace_back(Write{offset, {bytes.begin(), bytes.end()}});
    return base::DiskStatus::ok;
  }

  base::DiskStatus truncate(std::uint64_t size) override {
    if (dead()) return base::DiskStatus::dead;
    content_->current.resize(size);
    content_->unsynced.emplace_back(Truncation{size});
    return base::DiskStatus::ok;
  }

  base::DiskStatus sync() override {
    if (dead()) return base::DiskStatus::dead;
    for (const auto& change : content_->unsynced) {
      if (const auto* write = std::get_if<Write>(&change)) {
        apply_write(content_->durable, write->offset, write->bytes);
      } else {
        content_->durable.resize(std::get<Truncation>(change).size);
      }
    }
    content_->unsynced.clear();
    ++disk_->syncs_;
    disk_->cost_ += disk_->profile_.sync_cost;
    return base::DiskStatus::ok;
  }

  [[nodiscard]] std::uint64_t size() const override { return content_->current.size(); }

 private:
  [[nodiscard]] bool dead() const { return incarnation_ != disk_->incarnation_; }

  SimulatedDisk* disk_;
  std::shared_ptr<Content> content_;
  std::uint64_t incarnation_;
};

std::unique_ptr<base::DiskFile> SimulatedDisk::open(std::string_view name) {
  auto& content = files_[std::string(name)];
  if (!content) content = std::make_shared<Content>();
  return std::make_unique<File>(*this, content);
}

base::DiskStatus SimulatedDisk::remove(std::string_view name) {
  const auto found = files_.find(name);
  if (found != files_.end()) files_.erase(found);
  return base::DiskStatus::ok;
}

base::Duration SimulatedDisk::take_cost() {
  return std::exchange(cost_, base::Duration{0});
}

void SimulatedDisk::cut_power() {
  ++incarnation_;
  for (auto& [name, content] : files_) {
    for (const auto& change : content->unsynced) {
      const auto fate = rng_.below(3);  // lost, kept, torn
      if (fate == 0) continue;
      if (const auto* truncation = std::get_if<Truncation>(&change)) {
        content->durable.resize(truncation->size);
        continue;
      }
      const auto& write = std::get<Write>(change);
      auto kept = write.bytes.size();
      if (fate == 2) kept = rng_.below(write.bytes.size() / sector_size + 1) * sector_size;
      apply_write(content->durable, write.offset,
                  std::span(write.bytes).first(std::min(kept, write.bytes.size())));
    }
    content->unsynced.clear();
    content->current = content->durable;
  }
}

std::map<std::string, std::string> SimulatedDisk::contents() const {
  std::map<std::string, std::string> out;
  for (const auto& [name, content] : files_) {
    out.emplace(name,
                std::string(reinterpret_cast<const char*>(content->current.data()), content->current.size()));
  }
  return out;
}

}  // namespace sim
