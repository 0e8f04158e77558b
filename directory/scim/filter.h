// SCIM filters as far as provisioning clients use them: comparisons with `eq`, joined by `and`.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace directory::scim {

/// `attribute eq value`; the attribute path as written.
struct Comparison {
  std::string attribute;
  std::variant<std::string, bool> value;

  bool operator==(const Comparison&) const = default;
};

/// All of them must hold.
using Filter = std::vector<Comparison>;

/// An error says what cannot be read, for the detail of 400 invalidFilter. Attribute names and operators are
/// matched without regard to case; values are JSON strings, booleans, or bare words, which some of Microsoft's
/// examples print. [RFC7644 3.4.2.2] [Entra provisioning-clients 2.1-03] [Entra provisioning-clients 2.1-21]
[[nodiscard]] std::expected<Filter, std::string> parse_filter(std::string_view text);

inline constexpr std::size_t longest_filter = 4096;
inline constexpr std::size_t most_comparisons = 16;

}  // namespace directory::scim
