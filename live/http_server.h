// A service behind an HTTP edge on a loop: every request is a task of the service's scope.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/http_service.h"
#include "live/http_host.h"
#include "live/loop.h"

namespace live {

/// A request that was answered; what may be secret of it, its query and headers, is left out.
struct Answered {
  base::Instant at{};
  base::Duration took{0};
  std::string peer;
  std::string method;
  std::string path;
  int status = 0;
  std::size_t bytes = 0;
};

/// The field in which a service is told the client's address; what a client says there itself is dropped.
inline constexpr auto client_address_field = "X-Lockstep-Client-Address";

class HttpServer {
 public:
  /// Listens at once; throws boost::system::system_error where it cannot.
  HttpServer(Loop& loop, const HttpHostOptions& options);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// Called before the loop runs. `service` outlives the scope's tasks.
  void serve(base::HttpService& service, std::shared_ptr<base::Scope> scope,
             std::function<void(const Answered&)> on_answer = {});
  /// Accepts nobody any more and returns once nothing is in flight, or the time is over.
  base::Task<void> finish(base::Duration most);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace live
