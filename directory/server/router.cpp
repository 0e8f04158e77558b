#include "directory/server/router.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>

#include "base/encoding.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

std::optional<std::vector<std::string>> match(const std::vector<std::string>& pattern,
                                              const std::vector<std::string>& segments) {
  if (pattern.size() != segments.size()) return std::nullopt;
  std::vector<std::string> wildcards;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == "*") {
      wildcards.push_back(segments[i]);
    } else if (pattern[i] != segments[i]) {
      return std::nullopt;
    }
  }
  return wildcards;
}

}  // namespace

void Router::add(std::string_view method, std::string_view pattern, Handler handler) {
  routes_.push_back({std::string(method), base::Target{std::string(pattern), {}}.segments(), std::move(handler), {}});
}

void Router::add_waiting(std::string_view method, std::string_view pattern, WaitingHandler handler) {
  routes_.push_back({std::string(method), base::Target{std::string(pattern), {}}.segments(), {}, std::move(handler)});
}

std::vector<std::string> Router::routes() const {
  std::vector<std::string> out;
  for (const auto& route : routes_) out.push_back(fmt::format("{} /{}", route.method, fmt::join(route.pattern, "/")));
  return out;
}

void Router::shape_errors(std::string_view prefix, ErrorShape shape) { shapes_.push_back({std::string(prefix), shape}); }

base::HttpResponse Router::error(std::string_view path, int status, std::string_view message) const {
  for (const auto& each : shapes_) {
    if (path.starts_with(each.prefix)) return each.shape(status, message);
  }
  return error_response(status, message);
}

std::optional<base::Task<base::HttpResponse>> Router::begin(const base::HttpRequest& request,
                                                            const base::Target& target) const {
  const auto segments = target.segments();
  for (const auto& route : routes_) {
    if (!route.waiting || route.method != request.method) continue;
    if (auto wildcards = match(route.pattern, segments)) return route.waiting({request, target, std::move(*wildcards)});
  }
  return std::nullopt;
}

base::HttpResponse Router::route(const base::HttpRequest& request, const base::Target& target) const {
  const auto segments = target.segments();
  std::string allowed;
  for (const auto& route : routes_) {
    auto wildcards = match(route.pattern, segments);
    if (!wildcards) continue;
    if (route.method == request.method && route.handler) return route.handler({request, target, std::move(*wildcards)});
    if (!allowed.empty()) allowed += ", ";
    allowed += route.method;
  }
  // What was percent-encoded may be any bytes, and JSON is UTF-8. [RFC8259 8.1]
  const std::string_view place = base::is_utf8(target.path) ? std::string_view(target.path) : "that path";
  if (allowed.empty()) return error(target.path, 404, fmt::format("there is nothing at {}", place));
  auto response = error(target.path, 405, fmt::format("{} is not allowed here", request.method));
  response.headers.add("Allow", allowed);
  return response;
}

}  // namespace directory
