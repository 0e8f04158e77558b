// The operating system's random generator, for a served party. Read in blocks.
#pragma once

#include <array>
#include <cstddef>

#include "base/rng.h"

namespace live {

class SystemEntropy final : public base::EntropySource {
 public:
  std::uint64_t next() override;

 private:
  std::array<std::uint64_t, 64> words_{};
  std::size_t left_ = 0;
};

}  // namespace live
