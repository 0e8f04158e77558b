#include "live/external_service.h"

#include <httplib.h>

#include "base/encoding.h"

namespace live {

struct ExternalService::Parts {
  explicit Parts(const base::Uri& url)
      : authority(url.authority()), client(url.scheme + "://" + url.authority()) {
    client.set_connection_timeout(10);
    client.set_read_timeout(30);
    client.set_keep_alive(true);
    client.set_url_encode(false);  // targets are encoded already
  }

  std::string authority;
  httplib::Client client;
};

ExternalService::ExternalService(const base::Uri& url) : parts_(std::make_unique<Parts>(url)) {}

ExternalService::~ExternalService() = default;

base::Task<base::HttpResponse> ExternalService::handle(base::HttpRequest request) {
  httplib::Request outgoing;
  outgoing.method = request.method;
  outgoing.path = request.target;
  for (const auto& field : request.headers) outgoing.headers.emplace(field.name, field.value);
  outgoing.body = std::move(request.body);
  const auto result = parts_->client.send(outgoing);
  if (!result) {
    const auto why = httplib::to_string(result.error());
    base::HttpResponse failed(502, "text/plain", "the target cannot be reached: " + why);
    failed.headers.add("X-Lockstep-Failure", why);
    co_return failed;
  }
  base::HttpResponse response(result->status);
  for (const auto& [name, value] : result->headers) response.headers.add(name, value);
  response.body = result->body;
  co_return response;
}

}  // namespace live
