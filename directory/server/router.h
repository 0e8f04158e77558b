// Routes as an explicit table: method, path pattern, handler. A `*` in a pattern matches one segment. Most handlers
// answer at once; those that wait for others are coroutines and stand in the same table.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/task.h"
#include "base/uri.h"

namespace directory {

/// A request whose target has been read; both outlive the handling of it.
struct RoutedRequest {
  const base::HttpRequest& http;
  const base::Target& target;
  std::vector<std::string> wildcards;  ///< what the stars matched, decoded
};

class Router {
 public:
  using Handler = std::function<base::HttpResponse(const RoutedRequest&)>;
  using ErrorShape = base::HttpResponse (*)(int status, std::string_view message);

  using WaitingHandler = std::function<base::Task<base::HttpResponse>(RoutedRequest)>;

  void add(std::string_view method, std::string_view pattern, Handler handler);
  void add_waiting(std::string_view method, std::string_view pattern, WaitingHandler handler);
  /// Errors of the router itself take this shape where the path begins with `prefix`.
  void shape_errors(std::string_view prefix, ErrorShape shape);

  /// Every route as "METHOD /pattern", in the order they were added.
  [[nodiscard]] std::vector<std::string> routes() const;

  /// The answer to come, where the request's route is one that waits; else route() has it.
  [[nodiscard]] std::optional<base::Task<base::HttpResponse>> begin(const base::HttpRequest& request,
                                                                    const base::Target& target) const;
  /// 404 where no pattern matches the path, 405 with Allow where one does for other methods.
  [[nodiscard]] base::HttpResponse route(const base::HttpRequest& request, const base::Target& target) const;
  /// An error in the shape of the interface that `path` belongs to.
  [[nodiscard]] base::HttpResponse error(std::string_view path, int status, std::string_view message) const;

 private:
  struct Route {
    std::string method;
    std::vector<std::string> pattern;
    Handler handler;         ///< empty for a route that waits
    WaitingHandler waiting;
  };
  struct Shape {
    std::string prefix;
    ErrorShape shape;
  };
  std::vector<Route> routes_;
  std::vector<Shape> shapes_;
};

/// `(api.*handler)(request)` as a route's handler; `api` outlives the router.
template <class Api>
[[nodiscard]] Router::Handler bound(Api& api, base::HttpResponse (Api::*handler)(const RoutedRequest&)) {
  return [&api, handler](const RoutedRequest& request) { return (api.*handler)(request); };
}

}  // namespace directory
