// What libFuzzer targets share. A target reads its input as text, works on it, and stops the program where
// something that has to hold does not; libFuzzer then keeps the input. Seeds are text files: a last line feed
// is not part of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace base {

[[nodiscard]] inline std::string_view fuzz_text(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace base
