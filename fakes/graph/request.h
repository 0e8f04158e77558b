// A request as Graph reads it: version, path of segments and keys, query options.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http.h"
#include "base/json.h"
#include "fakes/graph/graph_error.h"

namespace fakes::graph {

struct Request {
  std::string method{};
  std::string origin{};   ///< scheme and host as the client used them
  std::string version{};  ///< `v1.0` or `beta`
  /// Decoded. `users('x')` is read as two segments, `microsoft.graph.delta()` as `delta`; types stay as they are.
  std::vector<std::string> path{};
  std::vector<std::pair<std::string, std::string>> parameters{};  ///< as sent, decoded
  base::Headers headers{};
  std::string body{};

  /// Version and below: `https://graph.microsoft.com/v1.0`.
  [[nodiscard]] std::string root() const { return origin + "/" + version; }
  /// Path below the version, encoded: `/users/delta`.
  [[nodiscard]] std::string path_text() const;
  /// A query option, named with or without its `$` and in any letter case.
  [[nodiscard]] std::optional<std::string> option(std::string_view name) const;
  [[nodiscard]] bool is_eventual() const;  ///< `ConsistencyLevel: eventual`
  [[nodiscard]] bool prefers(std::string_view preference) const;
};

[[nodiscard]] Outcome<Request> read_request(const base::HttpRequest& sent);

/// The body as an object of JSON; an absent body as an empty one where `may_be_empty`.
[[nodiscard]] Outcome<base::JsonObject> read_object(const Request& request, bool may_be_empty = false);

/// The id at the end of `…/directoryObjects/{id}`, `…/users/{id}`, `…/groups('{id}')`. [Graph GR8]
[[nodiscard]] std::optional<std::string> referenced_id(std::string_view url);

}  // namespace fakes::graph
