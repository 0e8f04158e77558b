#include "directory/scim/scim_error.h"

#include <algorithm>

#include "base/encoding.h"

namespace directory::scim {
namespace {

bool continues_a_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

std::string excerpt(std::string_view text, std::size_t most) {
  auto size = std::min(text.size(), most);
  while (size > 0 && size < text.size() && continues_a_character(text[size])) --size;
  std::string out(text.substr(0, size));
  if (!base::is_utf8(out))
    std::ranges::replace_if(
        out, [](char c) { return static_cast<unsigned char>(c) >= 0x80U; }, '?');
  return out;
}

}  // namespace directory::scim
