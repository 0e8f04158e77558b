#include "fakes/devices/account.h"

#include <algorithm>

namespace fakes::devices {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool same_but_for_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, [](char a, char b) { return lower(a) == lower(b); });
}

bool name_allowed(std::string_view name, Platform platform) {
  const std::size_t longest = platform == Platform::windows ? 20 : 30;
  if (name.empty() || name.size() > longest || !is_letter(name.front())) return false;
  return std::ranges::all_of(name, [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  });
}

}  // namespace fakes::devices
