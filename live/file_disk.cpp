#include "live/file_disk.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <span>
#include <utility>
#include <vector>

namespace live {
namespace {

using base::DiskStatus;

constexpr auto lock_name = "lock";
/// Writes that follow on one another go to the system in one call: a commit writes its log page by page, each behind a header.
constexpr std::size_t longest_to_gather = 4096;
constexpr std::size_t most_gathered = 256 << 10;

/// Names are those of plain files in the folder.
bool is_plain(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name != lock_name &&
         name.find_first_of(std::string_view("/\0", 2)) == std::string_view::npos;
}

DiskStatus status_of(int error) {
  return error == ENOSPC || error == EDQUOT || error == EFBIG ? DiskStatus::full : DiskStatus::io_error;
}

/// The process that wrote itself into the lock file; for messages.
std::string holder(int lock) {
  char text[24];
  const auto size = ::pread(lock, text, sizeof text, 0);
  const std::string_view digits(text, size > 0 ? static_cast<std::size_t>(size) : 0);
  return std::string(digits.substr(0, digits.find('\n')));
}

}  // namespace

class FileDisk::File final : public base::DiskFile {
 public:
  File(FileDisk& disk, Descriptor file) : disk_(&disk), file_(std::move(file)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() override {
    static_cast<void>(hand_over());
    if (disk_->beside_) static_cast<void>(disk_->beside_->wait());
  }

  DiskStatus read(std::uint64_t offset, std::span<std::byte> into) override {
    if (const auto status = hand_over(); status != DiskStatus::ok) return status;
    while (!into.empty()) {
      const auto got = ::pread(file_.get(), into.data(), into.size(), static_cast<off_t>(offset));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return DiskStatus::io_error;
      if (got == 0) {
        std::ranges::fill(into, std::byte{0});
        return DiskStatus::short_read;
      }
      offset += static_cast<std::uint64_t>(got);
      into = into.subspan(static_cast<std::size_t>(got));
    }
    return DiskStatus::ok;
  }

  DiskStatus write(std::uint64_t offset, std::span<const std::byte> bytes) override {
    if (disk_->failed_) return DiskStatus::io_error;
    const bool follows = offset == gathered_at_ + gathered_.size() && gathered_.size() + bytes.size() <= most_gathered;
    if (!gathered_.empty() && !follows) {
      if (const auto status = hand_over(); status != DiskStatus::ok) return status;
    }
    if (bytes.size() > longest_to_gather) {
      if (const auto status = hand_over(); status != DiskStatus::ok) return status;
      return put(offset, bytes);
    }
    if (gathered_.empty()) gathered_at_ = offset;
    gathered_.insert(gathered_.end(), bytes.begin(), bytes.end());
    return DiskStatus::ok;
  }

  DiskStatus truncate(std::uint64_t size) override {
    if (disk_->failed_) return DiskStatus::io_error;
    if (const auto status = hand_over(); status != DiskStatus::ok) return status;
    return ::ftruncate(file_.get(), static_cast<off_t>(size)) == 0 ? DiskStatus::ok : status_of(errno);
  }

  DiskStatus sync() override {
    if (disk_->failed_) return DiskStatus::io_error;
    if (const auto status = hand_over(); status != DiskStatus::ok) return status;
    // The system tells of a failure once: where it has told the other thread, this sync would succeed and say nothing.
    const bool sound = disk_->beside_ == nullptr || disk_->beside_->wait();
    // What can be read back, the file's length too, is synced; its times are not.
    if (sound && ::fdatasync(file_.get()) == 0) return DiskStatus::ok;
    disk_->failed_ = true;
    return DiskStatus::io_error;
  }

  [[nodiscard]] bool begin_sync(std::function<void(DiskStatus)> done) override {
    if (disk_->beside_ == nullptr || disk_->failed_ || hand_over() != DiskStatus::ok) return false;
    disk_->beside_->begin(file_.get(), [disk = disk_, done = std::move(done)](bool synced) {
      disk->failed_ = disk->failed_ || !synced;
      done(synced ? DiskStatus::ok : DiskStatus::io_error);
    });
    return true;
  }

  [[nodiscard]] std::uint64_t size() const override {
    struct stat status {};
    const auto there = ::fstat(file_.get(), &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
    return gathered_.empty() ? there : std::max(there, gathered_at_ + gathered_.size());
  }

 private:
  /// What was gathered, to the system. Where that fails it stays, and whoever comes next meets the failure again.
  DiskStatus hand_over() {
    if (gathered_.empty()) return DiskStatus::ok;
    const auto status = put(gathered_at_, gathered_);
    if (status == DiskStatus::ok) gathered_.clear();
    return status;
  }

  DiskStatus put(std::uint64_t offset, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const auto written = ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return status_of(errno);
      offset += static_cast<std::uint64_t>(written);
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return DiskStatus::ok;
  }

  FileDisk* disk_;
  Descriptor file_;
  std::vector<std::byte> gathered_;  ///< written, and not yet the system's
  std::uint64_t gathered_at_ = 0;
};

base::Result<std::unique_ptr<FileDisk>> FileDisk::in_folder(const std::string& path) {
  if (auto made = make_private_folder(path); !made) return std::unexpected(made.error());
  Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.valid()) return base::fail(fmt::format("{} cannot be opened: {}", path, error_text(errno)));
  Descriptor lock(::openat(folder.get(), lock_name, O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock.valid()) return base::fail(fmt::format("{} is not writable: {}", path, error_text(errno)));
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) {
      return base::fail(fmt::format("{} cannot be locked: {}", path, error_text(errno)));
    }
    return base::fail(fmt::format("{} is in use by process {}", path, holder(lock.get())));
  }
  const auto process = fmt::format("{}\n", ::getpid());
  if (::ftruncate(lock.get(), 0) != 0 || !write_all(lock.get(), process)) {
    return base::fail(fmt::format("{} is not writable: {}", path, error_text(errno)));
  }
  return std::unique_ptr<FileDisk>(new FileDisk(std::move(folder), std::move(lock)));
}

std::unique_ptr<base::DiskFile> FileDisk::open(std::string_view name) {
  if (!is_plain(name)) return nullptr;
  const std::string path(name);
  Descriptor file(::openat(folder_.get(), path.c_str(), O_RDWR | O_CLOEXEC));
  if (!file.valid() && errno == ENOENT && !failed_) {
    file = Descriptor(::openat(folder_.get(), path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    // A file that is not listed after a power cut would take what is synced in it along.
    if (file.valid() && ::fsync(folder_.get()) != 0) {
      failed_ = true;
      return nullptr;
    }
  }
  if (!file.valid()) return nullptr;
  return std::make_unique<File>(*this, std::move(file));
}

bool FileDisk::exists(std::string_view name) const {
  return is_plain(name) && ::faccessat(folder_.get(), std::string(name).c_str(), F_OK, 0) == 0;
}

base::DiskStatus FileDisk::remove(std::string_view name) {
  if (!is_plain(name) || failed_) return DiskStatus::io_error;
  if (::unlinkat(folder_.get(), std::string(name).c_str(), 0) != 0) {
    return errno == ENOENT ? DiskStatus::ok : DiskStatus::io_error;
  }
  if (::fsync(folder_.get()) == 0) return DiskStatus::ok;
  failed_ = true;
  return DiskStatus::io_error;
}

}  // namespace live
