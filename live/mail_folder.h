// Where mail goes when no relay is named: each message becomes a file that only its owner can read, since it may
// hold a link that opens an account.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/http_service.h"

namespace live {

class MailFolder final : public base::HttpService {
 public:
  /// The folder is made (0700) with the first message.
  MailFolder(std::string folder, base::Clock& clock) : folder_(std::move(folder)), clock_(&clock) {}

  /// 202 once the body is a synced file, named after the instant; 503 where it cannot be one.
  base::Task<base::HttpResponse> handle(base::HttpRequest request) override;

 private:
  std::string folder_;
  base::Clock* clock_;
};

}  // namespace live
