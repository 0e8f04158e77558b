#include "live/external_service.h"

#include <httplib.h>

#include <algorithm>
#include <csignal>
#include <ctime>

#include "base/encoding.h"

namespace live {
namespace {

/// Holds back the signal of a write to a closed connection, which would end the program: cpp-httplib sends
/// without MSG_NOSIGNAL.
class NoPipeSignal {
 public:
  NoPipeSignal() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  NoPipeSignal(const NoPipeSignal&) = delete;
  NoPipeSignal& operator=(const NoPipeSignal&) = delete;
  ~NoPipeSignal() {
    constexpr timespec at_once{};
    while (sigtimedwait(&pipe_, nullptr, &at_once) == SIGPIPE) continue;
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_{};
  sigset_t before_{};
};

}  // namespace

struct ExternalService::Parts {
  Parts(const base::Uri& url, ExternalOptions options)
      : client(url.scheme + "://" + url.authority(), options.tls.certificate, options.tls.key), headers(std::move(options.headers)) {
    const auto connecting = std::min(options.timeout, base::Duration{std::chrono::seconds{10}});
    client.set_connection_timeout(std::chrono::duration_cast<std::chrono::microseconds>(connecting));
    client.set_read_timeout(std::chrono::duration_cast<std::chrono::microseconds>(options.timeout));
    if (!options.tls.authorities.empty()) client.set_ca_cert_path(options.tls.authorities);
    if (options.tls.insecure) client.enable_server_certificate_verification(false);
    client.set_keep_alive(true);
    client.set_url_encode(false);  // targets are encoded already
  }

  httplib::Client client;
  std::vector<std::pair<std::string, base::Secret>> headers;
};

ExternalService::ExternalService(const base::Uri& url, ExternalOptions options)
    : parts_(std::make_unique<Parts>(url, std::move(options))) {}

ExternalService::~ExternalService() = default;

base::Task<base::HttpResponse> ExternalService::handle(base::HttpRequest request) { co_return answer(std::move(request)); }

base::HttpResponse ExternalService::answer(base::HttpRequest request) {
  httplib::Request outgoing;
  outgoing.method = request.method;
  outgoing.path = request.target;
  for (const auto& field : request.headers) outgoing.headers.emplace(field.name, field.value);
  for (const auto& [name, value] : parts_->headers) outgoing.headers.emplace(name, value.reveal());
  outgoing.body = std::move(request.body);
  const auto result = [&] {
    const NoPipeSignal guard;
    return parts_->client.send(outgoing);
  }();
  if (!result) {
    const auto why = httplib::to_string(result.error());
    base::HttpResponse failed(502, "text/plain", "the target cannot be reached: " + why);
    failed.headers.add("X-Lockstep-Failure", why);
    return failed;
  }
  base::HttpResponse response(result->status);
  for (const auto& [name, value] : result->headers) response.headers.add(name, value);
  response.body = result->body;
  return response;
}

}  // namespace live
