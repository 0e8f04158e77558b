// Routes as an explicit table: method, path pattern, handler. A `*` in a pattern matches one segment.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/uri.h"

namespace directory {

/// A request whose target has been read.
struct RoutedRequest {
  const base::HttpRequest& http;
  const base::Target& target;
  std::vector<std::string> wildcards;  ///< what the stars matched, decoded
};

class Router {
 public:
  using Handler = std::function<base::HttpResponse(const RoutedRequest&)>;

  void add(std::string_view method, std::string_view pattern, Handler handler);

  /// Every route as "METHOD /pattern", in the order they were added.
  [[nodiscard]] std::vector<std::string> routes() const;

  /// 404 where no pattern matches the path, 405 with Allow where one does for other methods.
  [[nodiscard]] base::HttpResponse route(const base::HttpRequest& request, const base::Target& target) const;

 private:
  struct Route {
    std::string method;
    std::vector<std::string> pattern;
    Handler handler;
  };
  std::vector<Route> routes_;
};

}  // namespace directory
