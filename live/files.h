// Small files that a served party keeps beside its store: readable by their owner alone, whole or not there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace live {

/// Makes the folder, for its owner alone, where there is none; the folder above it must be there.
[[nodiscard]] base::Result<void> make_private_folder(const std::string& path);

/// Replaces the file by one with these bytes, mode 0600; a crash leaves the one or the other, synced.
[[nodiscard]] base::Result<void> write_durably(const std::string& path, std::string_view bytes);
/// The same where there must be no such file yet; an error names EEXIST's reason otherwise.
[[nodiscard]] base::Result<void> create_durably(const std::string& path, std::string_view bytes);

/// All of a file of at most `most` bytes.
[[nodiscard]] base::Result<std::string> read_file(const std::string& path, std::size_t most);

/// What an errno value means, as a sentence's end.
[[nodiscard]] std::string error_text(int error);

/// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(other.value_) { other.value_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] bool valid() const { return value_ >= 0; }

 private:
  int value_ = -1;
};

/// False with errno where not all of it was written.
[[nodiscard]] bool write_all(int descriptor, std::string_view bytes);
/// Syncs what a folder lists.
[[nodiscard]] bool sync_folder(const std::string& path);
/// Makes durable that a file or folder is listed, or is not, in the folder that holds it.
[[nodiscard]] base::Result<void> sync_folder_of(const std::string& path);

}  // namespace live
