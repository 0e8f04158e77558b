#include "live/system_entropy.h"

#include <sys/random.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace live {

std::uint64_t SystemEntropy::next() {
  if (left_ == 0) {
    auto* bytes = reinterpret_cast<char*>(words_.data());
    for (std::size_t filled = 0; filled < sizeof words_;) {
      const auto got = getrandom(bytes + filled, sizeof words_ - filled, 0);
      if (got < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "getrandom");
      if (got > 0) filled += static_cast<std::size_t>(got);
    }
    left_ = words_.size();
  }
  // A word that was given is forgotten.
  return std::exchange(words_[--left_], 0);
}

}  // namespace live
