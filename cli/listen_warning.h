// What everybody who listens says where others than this machine can come.
#pragma once

#include <fmt/format.h>
#include <boost/asio/ip/address.hpp>

#include <cstdio>
#include <string>
#include <string_view>

namespace cli {

/// What that means where a world is served.
inline constexpr std::string_view keys_of_a_world = "; the keys of a world are no secrets";

/// Nothing on loopback. `address` is one.
inline void warn_of_listening(const std::string& address, std::string_view what_that_means) {
  if (boost::asio::ip::make_address(address).is_loopback()) return;
  fmt::print(stderr, "lockstep: warning: {} is reached from other machines{}\n", address, what_that_means);
}

}  // namespace cli
