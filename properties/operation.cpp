#include "properties/operation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace properties {
namespace {

/// From so many characters on a segment with so many digits in it is an id: hexadecimal ones, GUIDs, Okta's.
constexpr std::size_t shortest_id = 16;
constexpr std::ptrdiff_t fewest_digits = 2;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_id(std::string_view segment) {
  const bool numeric = std::ranges::all_of(segment, is_digit);
  const bool long_mix = segment.size() >= shortest_id && std::ranges::count_if(segment, is_digit) >= fewest_digits;
  return numeric || long_mix || segment.find('@') != std::string_view::npos || segment.find('%') != std::string_view::npos;
}

}  // namespace

std::string path_pattern(std::string_view target, std::string_view mark) {
  auto path = target.substr(0, target.find('?'));
  std::string out;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    out += '/';
    out += is_id(segment) && !segment.empty() ? mark : segment;
    path.remove_prefix(segment.size());
  }
  return out;
}

std::string operation_of(std::string_view to, std::string_view method, std::string_view target) {
  constexpr std::string_view version = "/v1.0";
  if (to == "graph" && target.starts_with(version)) target.remove_prefix(version.size());
  return fmt::format("{}: {} {}", to, method, path_pattern(target, "{}"));
}

}  // namespace properties
