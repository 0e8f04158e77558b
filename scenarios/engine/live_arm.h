// The live arm's ports, with the tripwires lifted while bytes travel.
#pragma once

#include "base/carriage.h"
#include "base/http_service.h"
#include "live/external_service.h"
#include "live/loopback_carriage.h"
#include "sim/tripwire.h"

namespace scenarios {

class LiveCarriage final : public base::Carriage {
 public:
  base::HttpRequest carry_request(std::uint64_t exchange, std::string_view host,
                                  base::HttpRequest request) override {
    const sim::TripwirePause pause;
    return carriage_.carry_request(exchange, host, std::move(request));
  }
  base::HttpResponse carry_response(std::uint64_t exchange, base::HttpResponse response) override {
    const sim::TripwirePause pause;
    return carriage_.carry_response(exchange, std::move(response));
  }
  void abandon(std::uint64_t exchange) override {
    const sim::TripwirePause pause;
    carriage_.abandon(exchange);
  }

 private:
  live::LoopbackCarriage carriage_;
};

class LiveTarget final : public base::HttpService {
 public:
  explicit LiveTarget(const base::Uri& url, live::ExternalOptions options = {}) : service_(url, std::move(options)) {}

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    // The service never suspends: the pause covers all of the call.
    const sim::TripwirePause pause;
    auto response = co_await service_.handle(std::move(request));
    co_return response;
  }
  /// For what is asked before a world is made.
  base::HttpResponse answer(base::HttpRequest request) { return service_.answer(std::move(request)); }

 private:
  live::ExternalService service_;
};

}  // namespace scenarios
