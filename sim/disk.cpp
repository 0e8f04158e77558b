#include "sim/disk.h"

#include <algorithm>
#include <utility>

namespace sim {

using base::DiskStatus;

class SimulatedDisk::File final : public base::DiskFile {
 public:
  File(SimulatedDisk& disk, std::shared_ptr<CachedFile> content)
      : disk_(&disk), content_(std::move(content)), incarnation_(disk.incarnation_) {}

  DiskStatus read(std::uint64_t offset, std::span<std::byte> into) override {
    if (dead()) return DiskStatus::dead;
    const auto available = content_->bytes().read(offset, {reinterpret_cast<char*>(into.data()), into.size()});
    std::ranges::fill(into.subspan(available), std::byte{0});
    return available == into.size() ? DiskStatus::ok : DiskStatus::short_read;
  }

  DiskStatus write(std::uint64_t offset, std::span<const std::byte> bytes) override {
    if (dead()) return DiskStatus::dead;
    if (disk_->faults_.full && offset + bytes.size() > size()) return DiskStatus::full;
    content_->write(offset, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    return disk_->dies_here() ? DiskStatus::dead : DiskStatus::ok;
  }

  DiskStatus truncate(std::uint64_t size_wanted) override {
    if (dead()) return DiskStatus::dead;
    if (disk_->faults_.full && size_wanted > size()) return DiskStatus::full;
    content_->truncate(size_wanted);
    return disk_->dies_here() ? DiskStatus::dead : DiskStatus::ok;
  }

  DiskStatus sync() override {
    if (dead()) return DiskStatus::dead;
    // Before anything of it is durable; that all of it is would be the same as power failing behind the sync.
    if (disk_->dies_here()) return DiskStatus::dead;
    disk_->cost_ += disk_->profile_.sync_cost;
    if (disk_->faults_.syncs_fail) {
      content_->fail_sync();
      return DiskStatus::io_error;
    }
    content_->sync();
    ++disk_->syncs_;
    return DiskStatus::ok;
  }

  [[nodiscard]] std::uint64_t size() const override { return content_->bytes().size(); }

 private:
  [[nodiscard]] bool dead() const { return !disk_->powered_ || incarnation_ != disk_->incarnation_; }

  SimulatedDisk* disk_;
  std::shared_ptr<CachedFile> content_;
  std::uint64_t incarnation_;
};

std::unique_ptr<base::DiskFile> SimulatedDisk::open(std::string_view name) {
  if (!powered_) return nullptr;
  const auto found = files_.find(name);
  if (found != files_.end()) return std::make_unique<File>(*this, found->second);
  if (faults_.full) return nullptr;
  const auto content = std::make_shared<CachedFile>();
  files_.emplace(name, content);
  if (dies_here()) return nullptr;
  return std::make_unique<File>(*this, content);
}

DiskStatus SimulatedDisk::remove(std::string_view name) {
  if (!powered_) return DiskStatus::dead;
  const auto found = files_.find(name);
  if (found == files_.end()) return DiskStatus::ok;
  files_.erase(found);
  return dies_here() ? DiskStatus::dead : DiskStatus::ok;
}

base::Duration SimulatedDisk::take_cost() {
  return std::exchange(cost_, base::Duration{0});
}

void SimulatedDisk::power_down(PowerCut cut) {
  if (!powered_) return;
  powered_ = false;
  ++incarnation_;
  changes_to_live_ = 0;
  for (auto& [name, content] : files_) {
    if (!content->synced()) content = std::make_shared<CachedFile>(content->left_by(cut, rng_));
  }
}

void SimulatedDisk::power_down_inside(std::uint64_t change, std::function<void()> died) {
  changes_to_live_ = change;
  died_ = std::move(died);
}

bool SimulatedDisk::dies_here() {
  if (changes_to_live_ == 0) return false;
  --changes_to_live_;
  if (changes_to_live_ > 0) return false;
  power_down();
  if (const auto died = std::exchange(died_, {})) died();
  return true;
}

DiskFiles SimulatedDisk::left_by(PowerCut cut, base::Rng rng) const {
  DiskFiles left;
  for (const auto& [name, content] : files_) left.emplace(name, content->left_by(cut, rng).text());
  return left;
}

void SimulatedDisk::load(const DiskFiles& files) {
  ++incarnation_;
  files_.clear();
  for (const auto& [name, bytes] : files) files_.emplace(name, std::make_shared<CachedFile>(BlockedBytes(bytes)));
}

bool SimulatedDisk::damage(std::string_view name, std::uint64_t offset, int bit) {
  const auto found = files_.find(name);
  if (found == files_.end() || offset >= found->second->bytes().size()) return false;
  found->second->flip_bit(offset, bit);
  return true;
}

bool SimulatedDisk::synced() const {
  return std::ranges::all_of(files_, [](const auto& file) { return file.second->synced(); });
}

DiskFiles SimulatedDisk::contents() const {
  DiskFiles out;
  for (const auto& [name, content] : files_) out.emplace(name, content->bytes().text());
  return out;
}

std::vector<std::string> SimulatedDisk::names() const {
  std::vector<std::string> names;
  for (const auto& [name, content] : files_) names.push_back(name);
  return names;
}

std::string SimulatedDisk::bytes_of(std::string_view name) const {
  const auto found = files_.find(name);
  return found == files_.end() ? std::string() : found->second->bytes().text();
}

std::uint64_t SimulatedDisk::size_of(std::string_view name) const {
  const auto found = files_.find(name);
  return found == files_.end() ? 0 : found->second->bytes().size();
}

}  // namespace sim
