// Several requests in one. Each is answered as if it had come alone, after those that it depends on. [Graph B1] to [Graph B9]
#pragma once

#include <functional>

#include "base/http.h"
#include "fakes/graph/call.h"

namespace fakes::graph {

inline constexpr std::size_t most_in_batch = 20;

/// `send` answers one of the requests.
[[nodiscard]] Reply answer_batch(const Context& context, const Request& request, const std::function<base::HttpResponse(const base::HttpRequest&)>& send);

}  // namespace fakes::graph
