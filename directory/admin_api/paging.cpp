#include "directory/admin_api/paging.h"

#include <algorithm>
#include <charconv>

namespace directory {

std::int64_t page_parameter(const base::Target& target, std::string_view name, std::int64_t fallback, std::int64_t most) {
  const auto given = target.parameter(name);
  std::int64_t value = 0;
  if (!given || std::from_chars(given->data(), given->data() + given->size(), value).ec != std::errc{} || value < 0) {
    return fallback;
  }
  return std::min(value, most);
}

}  // namespace directory
