// Carries each delivered message over a loopback connection, one at a time, while virtual time stands still:
// the bytes of the live arm. Between a request and its response the world goes on, and the connection stays
// open.
#pragma once

#include <memory>

#include "base/carriage.h"

namespace live {

class LoopbackCarriage final : public base::Carriage {
 public:
  LoopbackCarriage();
  ~LoopbackCarriage() override;

  base::HttpRequest carry_request(std::uint64_t exchange, std::string_view host,
                                  base::HttpRequest request) override;
  base::HttpResponse carry_response(std::uint64_t exchange, base::HttpResponse response) override;
  void abandon(std::uint64_t exchange) override;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace live
