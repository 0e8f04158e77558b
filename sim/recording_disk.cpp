#include "sim/recording_disk.h"

#include <span>

namespace sim {

using base::DiskStatus;
using OperationKind = DiskOperation::Kind;

class RecordingDisk::File final : public base::DiskFile {
 public:
  File(RecordingDisk& disk, std::string name, std::unique_ptr<base::DiskFile> file)
      : disk_(&disk), name_(std::move(name)), file_(std::move(file)) {}

  DiskStatus read(std::uint64_t offset, std::span<std::byte> into) override {
    return file_->read(offset, into);
  }
  DiskStatus write(std::uint64_t offset, std::span<const std::byte> bytes) override {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return recorded(file_->write(offset, bytes), {OperationKind::write, name_, offset, std::string(text)});
  }
  DiskStatus truncate(std::uint64_t size) override {
    return recorded(file_->truncate(size), {OperationKind::truncate, name_, size});
  }
  DiskStatus sync() override { return recorded(file_->sync(), {OperationKind::sync, name_}); }
  [[nodiscard]] std::uint64_t size() const override { return file_->size(); }

 private:
  DiskStatus recorded(DiskStatus status, DiskOperation operation) {
    if (status == DiskStatus::ok) disk_->operations_.push_back(std::move(operation));
    return status;
  }

  RecordingDisk* disk_;
  std::string name_;
  std::unique_ptr<base::DiskFile> file_;
};

std::unique_ptr<base::DiskFile> RecordingDisk::open(std::string_view name) {
  const bool fresh = !disk_->exists(name);
  auto file = disk_->open(name);
  if (!file) return nullptr;
  if (fresh) operations_.push_back({OperationKind::create, std::string(name)});
  return std::make_unique<File>(*this, std::string(name), std::move(file));
}

DiskStatus RecordingDisk::remove(std::string_view name) {
  const auto status = disk_->remove(name);
  if (status == DiskStatus::ok) operations_.push_back({OperationKind::remove, std::string(name)});
  return status;
}

void repeat(const DiskOperation& operation, base::Disk& disk) {
  if (operation.kind == OperationKind::remove) {
    disk.remove(operation.file);
    return;
  }
  const auto file = disk.open(operation.file);
  switch (operation.kind) {
    case OperationKind::write:
      file->write(operation.offset, std::as_bytes(std::span(operation.bytes)));
      break;
    case OperationKind::truncate:
      file->truncate(operation.offset);
      break;
    case OperationKind::sync:
      file->sync();
      break;
    case OperationKind::create:
    case OperationKind::remove:
      break;
  }
}

}  // namespace sim
