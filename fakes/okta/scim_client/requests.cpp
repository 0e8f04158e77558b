#include "fakes/okta/scim_client/requests.h"

#include <fmt/format.h>

#include "base/encoding.h"

namespace fakes::okta::scim_client {
namespace {

/// A quotation mark of the value must not end it. [RFC7644 3.4.2.2]
std::string quoted(std::string_view value) {
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace

std::string_view path_of(Collection collection) { return collection == Collection::users ? "/Users" : "/Groups"; }

std::string path_of(Collection collection, std::string_view id) {
  return fmt::format("{}/{}", path_of(collection), base::percent_encode(id));
}

std::string page_path(Collection collection, std::int64_t start, std::int64_t count) {
  return fmt::format("{}?startIndex={}&count={}", path_of(collection), start, count);
}

std::string look_up_path(Collection collection, std::string_view value) {
  const auto* attribute = collection == Collection::users ? "userName" : "displayName";
  return fmt::format("{}?filter={}&startIndex=1&count={}", path_of(collection),
                     base::percent_encode(fmt::format("{} eq {}", attribute, quoted(value))), page_size);
}

base::HttpRequest request_of(const Connection& connection, std::string method, std::string_view path,
                             const std::optional<base::JsonObject>& body, TransportHeaders transport) {
  base::HttpRequest request(std::move(method), connection.base_url);
  auto base_path = connection.base_url.path;
  while (base_path.ends_with('/')) base_path.pop_back();
  request.target = base_path + std::string(path);
  // In the order in which the older reference prints them.
  request.headers.add("Accept", "application/scim+json");
  request.headers.add("Accept-Charset", "utf-8");
  // The one sample of a DELETE names a type although it has no body.
  if (body || request.method == "DELETE") request.headers.add("Content-Type", "application/scim+json; charset=utf-8");
  request.headers.add("User-Agent", "Okta SCIM Client 1.0.0");
  request.headers.add("Authorization", authorization_value(connection.authorization));
  if (transport == TransportHeaders::named) {
    request.headers.add("Connection", "Keep-Alive");
    request.headers.add("Accept-Encoding", "gzip,deflate");
  }
  if (body) request.body = base::to_text(*body);
  return request;
}

}  // namespace fakes::okta::scim_client
