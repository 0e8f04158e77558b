// Load for an HTTP server: keep-alive connections, each of which sends its next request when the answer to the last
// has come. All on one thread, so that it takes little from the server that it measures.
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "base/http.h"

namespace live {

struct Load {
  std::uint16_t port = 0;  ///< on 127.0.0.1
  std::size_t connections = 1;
  /// What a connection sends next; empty ends it.
  std::function<std::optional<base::HttpRequest>()> next;
  std::function<void(const base::HttpRequest&, const base::HttpResponse&)> on_answer;
};

struct LoadOutcome {
  std::size_t answered = 0;
  std::size_t unanswered = 0;  ///< sent, or to be sent, when the connection ended
};

/// Returns once every connection has ended.
LoadOutcome run_load(const Load& load);

}  // namespace live
