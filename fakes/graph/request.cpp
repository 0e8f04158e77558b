#include "fakes/graph/request.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "base/forwarded_origin.h"
#include "base/uri.h"

namespace fakes::graph {
namespace {

constexpr std::string_view types_prefix = "microsoft.graph.";

bool is_type(std::string_view name) {
  return name == "user" || name == "group" || name == "servicePrincipal" || name == "application" || name == "directoryObject" ||
         name == "device" || name == "orgContact";
}

/// `$ref` and its like; other segments cannot begin so. [Graph G6]
bool is_system_segment(std::string_view segment) {
  return segment == "$ref" || segment == "$count" || segment == "$batch" || segment == "$value" || segment == "$metadata";
}

/// `users('x')` as `users` and `x`; doubled quotes in the key are single ones.
void add_segment(std::vector<std::string>& path, std::string segment) {
  const auto open = segment.find("('");
  if (open != std::string::npos && open > 0 && segment.ends_with("')") && segment.size() >= open + 4) {
    std::string key;
    const auto quoted = std::string_view(segment).substr(open + 2, segment.size() - open - 4);
    for (std::size_t i = 0; i < quoted.size(); ++i) {
      key += quoted[i];
      if (quoted[i] == '\'' && i + 1 < quoted.size() && quoted[i + 1] == '\'') ++i;
    }
    path.push_back(segment.substr(0, open));
    path.push_back(std::move(key));
    return;
  }
  if (segment.ends_with("()")) segment.erase(segment.size() - 2);
  if (segment.starts_with(types_prefix) && !is_type(std::string_view(segment).substr(types_prefix.size())))
    segment.erase(0, types_prefix.size());
  path.push_back(std::move(segment));
}

}  // namespace

std::string Request::path_text() const {
  std::string out;
  for (const auto& segment : path) {
    out += '/';
    if (is_system_segment(segment)) {
      out += segment;
    } else if (segment.starts_with('$')) {
      // A key that begins so can only stand in quotes. [Graph G6]
      out.pop_back();
      out += fmt::format("('{}')", base::percent_encode(segment));
    } else {
      for (const char c : segment) {
        if (c == '@' || c == '.' || c == '-') {
          out += c;
        } else {
          out += base::percent_encode(std::string_view(&c, 1));
        }
      }
    }
  }
  return out;
}

std::optional<std::string> Request::option(std::string_view name) const {
  for (const auto& [key, value] : parameters) {
    auto bare = std::string_view(key);
    if (bare.starts_with('$')) bare.remove_prefix(1);
    if (base::equals_ignoring_case(bare, name)) return value;
  }
  return std::nullopt;
}

bool Request::is_eventual() const {
  const auto level = headers.find("ConsistencyLevel");
  return level && base::equals_ignoring_case(*level, "eventual");
}

bool Request::prefers(std::string_view preference) const {
  const auto sent = headers.find("Prefer");
  return sent && base::to_lower(*sent).contains(preference);
}

Outcome<Request> read_request(const base::HttpRequest& sent) {
  auto target = base::parse_target(sent.target);
  if (!target) return refuse(400, "BadRequest", "The request URI is not valid.");
  Request request;
  request.method = sent.method;
  const auto scheme = sent.headers.find(base::forwarded_scheme_field);
  const auto host = sent.host();
  request.origin = fmt::format("{}://{}", scheme.value_or("https"), host.empty() ? "graph.microsoft.com" : host);
  auto segments = target->segments();
  if (segments.empty()) return refuse(400, "BadRequest", "The request URI is not valid.");
  request.version = base::to_lower(segments.front());
  if (request.version != "v1.0" && request.version != "beta") return refuse(400, "BadRequest", "Invalid version.");
  for (std::size_t i = 1; i < segments.size(); ++i) {
    if (segments[i].starts_with('$') && !is_system_segment(segments[i]))
      return refuse(400, "BadRequest", fmt::format("Resource not found for the segment '{}'.", segments[i]));
    add_segment(request.path, std::move(segments[i]));
  }
  request.parameters = std::move(target->query);
  request.headers = sent.headers;
  request.body = sent.body;
  return request;
}

Outcome<base::JsonObject> read_object(const Request& request, bool may_be_empty) {
  if (request.body.empty()) {
    if (may_be_empty) return base::JsonObject{};
    return bad_request("Empty Payload. JSON content expected.");
  }
  const auto type = request.headers.find("Content-Type");
  if (type && !base::to_lower(*type).starts_with("application/json"))
    return refuse(415, "Request_BadRequest", "A supported MIME type could not be found that matches the content type of the request.");
  auto parsed = base::parse_json(request.body);
  if (!parsed || !parsed->is_object()) return refuse(400, "BadRequest", "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.");
  return std::move(parsed->get_object());
}

std::optional<std::string> referenced_id(std::string_view url) {
  if (const auto query = url.find('?'); query != std::string_view::npos) url = url.substr(0, query);
  std::vector<std::string> path;
  for (auto rest = url; !rest.empty();) {
    const auto slash = std::min(rest.find('/'), rest.size());
    if (slash > 0) add_segment(path, std::string(rest.substr(0, slash)));
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
  if (path.size() < 2) return std::nullopt;
  const auto set = base::to_lower(path[path.size() - 2]);
  if (set != "directoryobjects" && set != "users" && set != "groups") return std::nullopt;
  return path.back();
}

}  // namespace fakes::graph
