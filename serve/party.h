// The parties of a world that can be reached from outside, each with its host in the world and the names that it goes by.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace serve {

enum class Party : std::uint8_t { entra, graph, okta, directory };

inline constexpr std::array all_parties{Party::entra, Party::graph, Party::okta, Party::directory};

struct PartyInfo {
  std::string_view name;      ///< as on the command line
  std::string_view host;      ///< as scripts and faults call it
  std::string_view own_name;  ///< on the world's network
  /// Of the service that it stands in for; `*.okta.com` is any one label below.
  std::span<const std::string_view> real_names;
  std::string_view what;  ///< for people
};

[[nodiscard]] const PartyInfo& info_of(Party party);
[[nodiscard]] std::optional<Party> party_named(std::string_view name);
/// Whose name, its own or a real one, a host (lower case, without port) is.
[[nodiscard]] std::optional<Party> party_called(std::string_view host);

/// The host of the world from which everybody outside asks, as faults name it.
inline constexpr std::string_view outside_host = "outside";

}  // namespace serve
