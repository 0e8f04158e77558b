#include "live/listen_problem.h"

#include <fmt/format.h>
#include <boost/asio/error.hpp>

namespace live {

std::string listen_problem(std::string_view address, std::uint16_t port, const boost::system::error_code& error) {
  const auto why = error == boost::asio::error::address_in_use ? std::string("another program listens there; choose another --port") : error.message();
  return fmt::format("cannot listen on {} port {}: {}", address, port, why);
}

}  // namespace live
