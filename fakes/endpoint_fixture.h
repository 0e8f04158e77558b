// What the tests of notifications share: an endpoint that is told of things, and a request to a service that asks endpoints.
#pragma once

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "base/http_service.h"
#include "base/http_transport.h"
#include "base/wait.h"

namespace fakes {

/// Answers by a function, after as long as it takes, and keeps what it was sent.
class Endpoint : public base::HttpTransport {
 public:
  using Answers = std::function<base::HttpResponse(const base::HttpRequest&)>;

  Endpoint(base::Scheduler& scheduler, Answers answers) : answers(std::move(answers)), scheduler_(&scheduler) {}

  base::Task<base::HttpResult> send(base::HttpRequest request, base::Duration timeout) override {
    requests.push_back(request);
    co_await base::Sleep(*scheduler_, scheduler_->now() + std::min(takes, timeout));
    if (takes > timeout) co_return std::unexpected(base::TransportFailure{base::TransportFailure::Kind::timed_out, "late"});
    auto response = answers(request);
    co_return response;
  }

  base::Duration takes{};
  Answers answers;
  std::vector<base::HttpRequest> requests;

 private:
  base::Scheduler* scheduler_;
};

inline base::Task<void> ask(base::HttpService& service, base::HttpRequest request, base::HttpResponse& into) {
  into = co_await service.handle(std::move(request));
}

}  // namespace fakes
