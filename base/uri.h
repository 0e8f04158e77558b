// Absolute http(s) URIs and the query part of request targets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace base {

/// `scheme://host[:port]path[?query]`; user info and fragments are refused. [RFC3986 3]
struct Uri {
  std::string scheme;      ///< "http" or "https", lower case
  std::string host;        ///< lower case; an IPv6 literal keeps its brackets
  std::uint16_t port = 0;  ///< 0: the scheme's default
  std::string path = "/";  ///< starts with '/', percent-encoded as it came
  std::optional<std::string> query;

  /// What a Host header says: host, with the port where it is not the default. [RFC9110 7.2]
  [[nodiscard]] std::string authority() const;
  /// Path and query. [RFC9112 3.2.1]
  [[nodiscard]] std::string target() const;
  [[nodiscard]] std::uint16_t effective_port() const;
  [[nodiscard]] std::string text() const;

  bool operator==(const Uri&) const = default;
};

[[nodiscard]] Result<Uri> parse_uri(std::string_view text);

/// A request target split into its decoded path and query parameters in order of appearance.
struct Target {
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;

  /// The first parameter of that exact name.
  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
  /// The path's segments: "/a/b" gives "a", "b"; a trailing slash adds nothing.
  [[nodiscard]] std::vector<std::string> segments() const;
};

/// Empty on a broken escape or a NUL. Plus signs of the query are read as spaces, which is what provisioning
/// clients send. [Entra provisioning-clients 2.1-20]
[[nodiscard]] std::optional<Target> parse_target(std::string_view text);

}  // namespace base
