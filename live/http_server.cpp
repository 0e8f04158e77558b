#include "live/http_server.h"

#include <utility>

#include "base/http_date.h"

namespace live {
namespace {

/// So often connections that do not move are looked for; they live for twice that time at most.
constexpr base::Duration round = std::chrono::seconds{30};
constexpr base::Duration finish_check = std::chrono::milliseconds{5};

}  // namespace

struct HttpServer::Parts {
  Parts(Loop& loop_in, const HttpHostOptions& options)
      : loop(loop_in), host(loop.context(), options, [this](HttpHost::RequestId id, base::HttpRequest request) {
          arrived(id, std::move(request));
        }) {}

  void arrived(HttpHost::RequestId id, base::HttpRequest request) {
    if (service == nullptr || !scope->alive()) {
      host.abandon(id);
      return;
    }
    request.headers.set(client_address_field, host.peer(id));
    base::spawn(loop.scheduler(), scope, "answers a request", answer(*this, id, std::move(request)));
  }

  static base::Task<void> answer(Parts& parts, HttpHost::RequestId id, base::HttpRequest request) {
    auto& scheduler = parts.loop.scheduler();
    const auto began = std::chrono::steady_clock::now();
    Answered line{.at = scheduler.now(), .peer = parts.host.peer(id), .method = request.method,
                  .path = request.target.substr(0, request.target.find('?'))};
    auto response = co_await parts.service->handle(std::move(request));
    response.headers.set("Date", base::to_http_date(scheduler.now()));
    parts.host.respond(id, response);
    if (!parts.on_answer) co_return;
    line.took = std::chrono::steady_clock::now() - began;
    line.status = response.status;
    line.bytes = response.body.size();
    parts.on_answer(line);
  }

  static base::Task<void> look_for_stalled(Parts& parts) {
    for (;;) {
      co_await parts.loop.clock().sleep_for(round);
      parts.host.close_stalled();
    }
  }

  Loop& loop;
  HttpHost host;
  base::HttpService* service = nullptr;
  std::shared_ptr<base::Scope> scope;
  std::function<void(const Answered&)> on_answer;
};

HttpServer::HttpServer(Loop& loop, const HttpHostOptions& options)
    : parts_(std::make_unique<Parts>(loop, options)) {}

HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const {
  return parts_->host.port();
}

void HttpServer::serve(base::HttpService& service, std::shared_ptr<base::Scope> scope,
                       std::function<void(const Answered&)> on_answer) {
  parts_->service = &service;
  parts_->scope = std::move(scope);
  parts_->on_answer = std::move(on_answer);
  base::spawn(parts_->loop.scheduler(), parts_->scope, "looks for stalled connections",
              Parts::look_for_stalled(*parts_));
}

base::Task<void> HttpServer::finish(base::Duration most) {
  auto& clock = parts_->loop.clock();
  const auto deadline = clock.now() + most;
  parts_->host.finish();
  while (parts_->host.busy() && clock.now() < deadline) co_await clock.sleep_for(finish_check);
}

}  // namespace live
