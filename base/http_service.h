// A party as the wire sees it: requests in, responses out.
#pragma once

#include "base/http.h"
#include "base/task.h"

namespace base {

class HttpService {
 public:
  virtual ~HttpService() = default;
  /// Answers every request with some response; refusals are responses too.
  virtual Task<HttpResponse> handle(HttpRequest request) = 0;
};

}  // namespace base
