// A provider outside the bench, as a service: each request is sent to its URL with cpp-httplib, and virtual
// time stands still meanwhile.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/http_service.h"
#include "base/instant.h"
#include "base/secret.h"
#include "base/uri.h"
#include "live/tls_client.h"

namespace live {

struct ExternalOptions {
  TlsClientOptions tls{};
  base::Duration timeout = std::chrono::seconds{30};                    ///< of one request
  std::vector<std::pair<std::string, base::Secret>> headers{};          ///< sent with every request
};

class ExternalService final : public base::HttpService {
 public:
  /// `url` names scheme, host and port; paths come with the requests. TLS certificates are verified unless the options say
  /// otherwise.
  explicit ExternalService(const base::Uri& url, ExternalOptions options = {});
  ~ExternalService() override;

  /// Without an answer: 502 with `X-Lockstep-Failure` and a body saying why, since a service always answers.
  base::Task<base::HttpResponse> handle(base::HttpRequest request) override;
  /// The same, for what is asked while no world runs.
  base::HttpResponse answer(base::HttpRequest request);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace live
