// A request as the management API reads it: path, parameters, headers and body, each within bounds.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http.h"
#include "base/json.h"
#include "fakes/okta/api/api_error.h"

namespace fakes::okta::api {

// Assumed: the bounds, of which nothing is told.
inline constexpr std::size_t longest_target = std::size_t{16} * 1024;
inline constexpr std::size_t longest_body = std::size_t{1024} * 1024;

struct Request {
  std::string method{};
  std::string origin{};                                           ///< scheme and host as the caller used them
  std::vector<std::string> path{};                                ///< decoded
  std::vector<std::pair<std::string, std::string>> parameters{};  ///< decoded
  base::Headers headers{};
  std::string body{};

  /// Encoded: `/api/v1/users/amy%40example.test`.
  [[nodiscard]] std::string path_text() const;
  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
  /// A parameter of true or false; anything else is refused.
  [[nodiscard]] Outcome<bool> flag(std::string_view name, bool fallback) const;
  /// `Prefer: respond-async`. [Okta provisioning-clients 5.3-03]
  [[nodiscard]] bool prefers_async() const;
  /// Whether `okta-response` in the Content-Type names that part. [Okta provisioning-clients 5.2-15]
  [[nodiscard]] bool omits(std::string_view part) const;
  /// The value of a cookie.
  [[nodiscard]] std::optional<std::string> cookie(std::string_view name) const;
};

[[nodiscard]] Outcome<Request> read_request(const base::HttpRequest& sent);

/// The body as an object of JSON; an absent one as an empty object where `may_be_empty`.
enum class Body { needed, optional };
[[nodiscard]] Outcome<base::JsonObject> read_object(const Request& request, Body body = Body::needed);

/// A member that is text, refused where it is something else; null and absence are empty.
[[nodiscard]] Outcome<std::optional<std::string>> text_of(const base::JsonObject& object, std::string_view name);
/// A member that is an object, refused where it is something else; null and absence are null.
[[nodiscard]] Outcome<const base::JsonObject*> object_of(const base::JsonObject& object, std::string_view name);

}  // namespace fakes::okta::api
