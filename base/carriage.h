// How the bytes of a delivered message travel. The network model decides when a message arrives and whether;
// a carriage only moves it, while virtual time stands still. In a simulation a message is handed over as it
// is; the live arm sends it over a loopback socket and parses it on the other side.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/http.h"

namespace base {

class Carriage {
 public:
  virtual ~Carriage() = default;
  /// Returns the request as the receiving host reads it. `exchange` names the exchange until carry_response
  /// or abandon.
  virtual HttpRequest carry_request(std::uint64_t exchange, std::string_view host, HttpRequest request) = 0;
  virtual HttpResponse carry_response(std::uint64_t exchange, HttpResponse response) = 0;
  /// The receiving host crashed, or the answer is lost: there will be no response to carry.
  virtual void abandon(std::uint64_t exchange) = 0;
};

class DirectCarriage final : public Carriage {
 public:
  HttpRequest carry_request(std::uint64_t, std::string_view, HttpRequest request) override { return request; }
  HttpResponse carry_response(std::uint64_t, HttpResponse response) override { return response; }
  void abandon(std::uint64_t) override {}
};

}  // namespace base
