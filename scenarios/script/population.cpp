#include "scenarios/script/population.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "scenarios/script/scalars.h"

namespace scenarios {

std::string generated_name(const UsersSpec& spec, std::int64_t number) {
  const auto digits = std::max<std::size_t>(4, std::to_string(spec.generate).size());
  return fmt::format("{}{:0{}}", spec.prefix, number, digits);
}

bool is_generated_name(const UsersSpec& spec, std::string_view name) {
  if (!name.starts_with(spec.prefix)) return false;
  const auto digits = name.substr(spec.prefix.size());
  std::int64_t number = 0;
  const auto* end = digits.data() + digits.size();
  if (const auto [stopped, error] = std::from_chars(digits.data(), end, number); error != std::errc{} || stopped != end) return false;
  return number >= 1 && number <= spec.generate && generated_name(spec, number) == name;
}

std::string unfit_population(const UsersSpec& spec) {
  if (spec.generate < 1 || spec.generate > largest_population)
    return fmt::format("a population has 1 to {} people", largest_population);
  YamlNode name;
  name.kind = YamlNode::Kind::scalar;
  name.scalar = generated_name(spec, spec.generate);
  std::string ignored;
  if (const auto read = read_name(name, ignored); !read) return read.error().message;
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; };
  if (spec.domain.empty() || !std::ranges::all_of(spec.domain, fits))
    return fmt::format("'{}' is no domain: lower-case letters, digits, dots and hyphens", spec.domain.substr(0, 60));
  return {};
}

}  // namespace scenarios
