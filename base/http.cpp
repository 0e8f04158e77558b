#include "base/http.h"

#include <algorithm>

#include "base/encoding.h"

namespace base {

void Headers::add(std::string name, std::string value) {
  fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::set(std::string_view name, std::string value) {
  const auto named = [&](const Header& field) { return equals_ignoring_case(field.name, name); };
  const auto first = std::ranges::find_if(fields_, named);
  if (first == fields_.end()) {
    add(std::string(name), std::move(value));
    return;
  }
  first->value = std::move(value);
  fields_.erase(std::remove_if(first + 1, fields_.end(), named), fields_.end());
}

void Headers::remove(std::string_view name) {
  std::erase_if(fields_, [&](const Header& field) { return equals_ignoring_case(field.name, name); });
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const auto& field : fields_) {
    if (equals_ignoring_case(field.name, name)) return field.value;
  }
  return std::nullopt;
}

HttpRequest::HttpRequest(std::string method_in, std::string target_in)
    : method(std::move(method_in)), target(std::move(target_in)) {}

HttpRequest::HttpRequest(std::string method_in, const Uri& uri)
    : method(std::move(method_in)), target(uri.target()) {
  headers.add("Host", uri.authority());
}

std::string HttpRequest::host() const {
  return std::string(headers.find("Host").value_or(""));
}

HttpResponse::HttpResponse(int status_in, std::string_view content_type, std::string body_in)
    : status(status_in), body(std::move(body_in)) {
  headers.add("Content-Type", std::string(content_type));
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Content";
    case 423:
      return "Locked";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "Unknown";
  }
}

}  // namespace base
