#include "cli/file_limit.h"

#include <sys/resource.h>

#include <algorithm>

namespace cli {

std::size_t raise_file_limit(std::size_t wanted) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  const auto allowed = std::min<rlim_t>(wanted, limit.rlim_max);
  if (limit.rlim_cur < allowed) {
    limit.rlim_cur = allowed;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) getrlimit(RLIMIT_NOFILE, &limit);
  }
  return std::min<rlim_t>(limit.rlim_cur, wanted);
}

}  // namespace cli
