#include "live/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace live {
namespace {

std::string folder_of(const std::string& path) {
  auto folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

base::Result<void> cannot(std::string_view what, const std::string& path, int error) {
  return base::fail(fmt::format("{} cannot be {}: {}", path, what, error_text(error)));
}

/// A new file with these bytes, synced.
base::Result<void> create(const std::string& path, std::string_view bytes) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.valid()) return cannot("created", path, errno);
  if (!write_all(file.get(), bytes) || ::fsync(file.get()) != 0) {
    const int error = errno;
    ::unlink(path.c_str());
    return cannot("written", path, error);
  }
  return {};
}

}  // namespace

std::string error_text(int error) {
  return std::generic_category().message(error);
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(value_, other.value_);
  return *this;
}

Descriptor::~Descriptor() {
  if (value_ >= 0) ::close(value_);
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool sync_folder(const std::string& path) {
  const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder.valid() && ::fsync(folder.get()) == 0;
}

base::Result<void> sync_folder_of(const std::string& path) {
  const auto folder = folder_of(path);
  if (!sync_folder(folder)) return cannot("synced", folder, errno);
  return {};
}

base::Result<void> make_private_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) == 0) {
    return sync_folder_of(path);
  }
  const int error = errno;
  struct stat status {};
  if (error == EEXIST && ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return {};
  return cannot("created", path, error == EEXIST ? ENOTDIR : error);
}

base::Result<void> write_durably(const std::string& path, std::string_view bytes) {
  const auto temporary = path + ".new";
  ::unlink(temporary.c_str());
  if (auto created = create(temporary, bytes); !created) return created;
  if (::rename(temporary.c_str(), path.c_str()) != 0) return cannot("written", path, errno);
  return sync_folder_of(path);
}

base::Result<void> create_durably(const std::string& path, std::string_view bytes) {
  if (auto created = create(path, bytes); !created) return created;
  return sync_folder_of(path);
}

base::Result<std::string> read_file(const std::string& path, std::size_t most) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid()) return base::fail(fmt::format("{} cannot be read: {}", path, error_text(errno)));
  constexpr std::size_t first_piece = std::size_t{64} * 1024;
  std::string bytes(std::min(most + 1, first_piece), '\0');
  std::size_t size = 0;
  while (size <= most) {
    if (size == bytes.size()) bytes.resize(std::min(most + 1, 2 * size));
    const auto got = ::read(file.get(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return base::fail(fmt::format("{} cannot be read: {}", path, error_text(errno)));
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > most) return base::fail(fmt::format("{} is longer than {} bytes", path, most));
  bytes.resize(size);
  return bytes;
}

}  // namespace live
