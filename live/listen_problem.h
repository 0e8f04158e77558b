// Why a port cannot be had, for whoever has asked for it.
#pragma once

#include <boost/system/error_code.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace live {

/// `cannot listen on 127.0.0.1 port 8080: another program listens there; choose another --port`.
[[nodiscard]] std::string listen_problem(std::string_view address, std::uint16_t port, const boost::system::error_code& error);

}  // namespace live
