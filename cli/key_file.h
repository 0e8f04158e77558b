// A key in a file of its own: the only way that keys reach a served directory.
#pragma once

#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace cli {

inline constexpr std::size_t shortest_key = 16;
inline constexpr std::size_t longest_key = 512;

struct KeyFile {
  base::Secret key;
  bool created = false;    ///< there was none
  bool exposed = false;    ///< others than its owner can read it
};

struct KeyFileError {
  std::string message;
  bool unusable = false;  ///< the file is there, and holds no key
};

/// The key in the file: printable characters without spaces, white space around them left out. Where there is no file
/// it is made, for its owner alone, with a fresh key of 256 bits in hexadecimal.
[[nodiscard]] std::expected<KeyFile, KeyFileError> read_or_make_key(const std::string& path);
/// The same for a file that must be there and good, or is not there yet; for telling mistakes before anything is done.
[[nodiscard]] std::expected<void, KeyFileError> check_key_file(const std::string& path);

}  // namespace cli
