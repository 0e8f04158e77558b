// A provider outside the bench, as a service: each request is sent to its URL with cpp-httplib, and virtual
// time stands still meanwhile.
#pragma once

#include <memory>

#include "base/http_service.h"
#include "base/uri.h"

namespace live {

class ExternalService final : public base::HttpService {
 public:
  /// `url` names scheme, host and port; paths come with the requests. TLS certificates are verified.
  explicit ExternalService(const base::Uri& url);
  ~ExternalService() override;

  /// Without an answer: 502 with `X-Lockstep-Failure` and a body saying why, since a service always answers.
  base::Task<base::HttpResponse> handle(base::HttpRequest request) override;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace live
