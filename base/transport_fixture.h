// What the tests of transports share: one that answers by a script and keeps when it was asked for what.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/http_transport.h"
#include "base/wait.h"

namespace base {

class ScriptedTransport final : public HttpTransport {
 public:
  /// The answer to the n-th request, counted from 0.
  using Script = std::function<HttpResult(std::size_t)>;

  ScriptedTransport(Scheduler& scheduler, Script script)
      : scheduler_(&scheduler), script_(std::move(script)) {}

  Task<HttpResult> send(HttpRequest request, Duration timeout) override {
    const auto number = requests.size();
    requests.push_back(std::move(request));
    times.push_back(scheduler_->now());
    timeouts.push_back(timeout);
    co_await Sleep(*scheduler_, scheduler_->now() + takes);
    auto result = script_(number);
    co_return result;
  }

  Duration takes{0};
  std::vector<HttpRequest> requests;
  std::vector<Instant> times;
  std::vector<Duration> timeouts;

 private:
  Scheduler* scheduler_;
  Script script_;
};

}  // namespace base
