// HTTP messages as values: what every party of a run exchanges, whichever way the bytes travel.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/uri.h"

namespace base {

struct Header {
  std::string name;
  std::string value;

  bool operator==(const Header&) const = default;
};

/// Ordered as sent; names compare without regard to case. [RFC9110 5.1]
class Headers {
 public:
  Headers() = default;

  /// Appends a field, also where the name is there already.
  void add(std::string name, std::string value);
  /// Replaces the first field of that name and drops the others, or appends.
  void set(std::string_view name, std::string value);
  void remove(std::string_view name);
  /// The first field of that name.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;

  [[nodiscard]] auto begin() const { return fields_.begin(); }
  [[nodiscard]] auto end() const { return fields_.end(); }
  [[nodiscard]] std::size_t size() const { return fields_.size(); }

  bool operator==(const Headers&) const = default;

 private:
  std::vector<Header> fields_;
};

class HttpRequest {
 public:
  HttpRequest() = default;
  HttpRequest(std::string method_in, std::string target_in);
  /// Sets the Host field from the URI.
  HttpRequest(std::string method_in, const Uri& uri);

  std::string method;  ///< upper case
  std::string target;  ///< origin form: path and query
  Headers headers;
  std::string body;

  /// The Host field, or empty.
  [[nodiscard]] std::string host() const;

  bool operator==(const HttpRequest&) const = default;
};

class HttpResponse {
 public:
  HttpResponse() = default;
  explicit HttpResponse(int status_in) : status(status_in) {}
  /// With a body and its Content-Type.
  HttpResponse(int status_in, std::string_view content_type, std::string body_in);

  int status = 200;
  Headers headers;
  std::string body;

  [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }

  bool operator==(const HttpResponse&) const = default;
};

/// The reason phrase of a status code; "Unknown" where RFC 9110 names none.
[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace base
