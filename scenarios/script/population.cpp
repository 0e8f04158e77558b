#include "scenarios/script/population.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "scenarios/script/scalars.h"

namespace scenarios {
namespace {

/// Why `whole` cannot have so many `parts` of such names; empty where it can.
std::string unfit_names(std::string_view whole, std::string_view parts, std::string_view prefix, std::int64_t count) {
  if (count < 1 || count > largest_population) return fmt::format("{} has 1 to {} {}", whole, largest_population, parts);
  YamlNode name;
  name.kind = YamlNode::Kind::scalar;
  name.scalar = generated_name(prefix, count, count);
  std::string ignored;
  const auto read = read_name(name, ignored);
  return read ? std::string{} : read.error().message;
}

}  // namespace

std::string generated_name(std::string_view prefix, std::int64_t count, std::int64_t number) {
  const auto digits = std::max<std::size_t>(4, std::to_string(count).size());
  return fmt::format("{}{:0{}}", prefix, number, digits);
}

std::optional<std::int64_t> generated_number(std::string_view prefix, std::int64_t count, std::string_view name) {
  if (!name.starts_with(prefix)) return std::nullopt;
  const auto digits = name.substr(prefix.size());
  std::int64_t number = 0;
  const auto* end = digits.data() + digits.size();
  if (const auto [stopped, error] = std::from_chars(digits.data(), end, number); error != std::errc{} || stopped != end) return std::nullopt;
  if (number < 1 || number > count || generated_name(prefix, count, number) != name) return std::nullopt;
  return number;
}

std::string unfit_population(const UsersSpec& spec) {
  if (auto problem = unfit_names("a population", "people", spec.prefix, spec.generate); !problem.empty()) return problem;
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; };
  if (spec.domain.empty() || !std::ranges::all_of(spec.domain, fits))
    return fmt::format("'{}' is no domain: lower-case letters, digits, dots and hyphens", spec.domain.substr(0, 60));
  return {};
}

std::string unfit_fleet(const FleetSpec& spec) { return unfit_names("a fleet", "computers", spec.prefix, spec.generate); }

std::string unfit_groups(const GroupsSpec& spec, const std::optional<UsersSpec>& users) {
  if (auto problem = unfit_names("a tenant", "groups", spec.prefix, spec.generate); !problem.empty()) return problem;
  if (!users || users->in != "entra") return "groups have members of world.users, who are in entra";
  return {};
}

}  // namespace scenarios
