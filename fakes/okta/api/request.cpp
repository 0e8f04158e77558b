#include "fakes/okta/api/request.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "base/forwarded_origin.h"
#include "base/uri.h"

namespace fakes::okta::api {
namespace {

bool is_json(std::string_view type) {
  const auto media = base::to_lower(type.substr(0, type.find(';')));
  return media.starts_with("application/json") || media == "application/*" || media == "*/*";
}

/// Whether one of the ranges of an Accept field takes JSON.
bool accepts_json(std::string_view accept) {
  while (!accept.empty()) {
    const auto comma = std::min(accept.find(','), accept.size());
    auto range = accept.substr(0, comma);
    while (range.starts_with(' ')) range.remove_prefix(1);
    if (is_json(range)) return true;
    accept.remove_prefix(std::min(comma + 1, accept.size()));
  }
  return false;
}

}  // namespace

std::string Request::path_text() const {
  std::string out;
  for (const auto& segment : path) out += "/" + base::percent_encode(segment);
  return out;
}

std::optional<std::string> Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters) {
    if (key == name) return value;
  }
  return std::nullopt;
}

Outcome<bool> Request::flag(std::string_view name, bool fallback) const {
  const auto text = parameter(name);
  if (!text) return fallback;
  if (base::equals_ignoring_case(*text, "true")) return true;
  if (base::equals_ignoring_case(*text, "false")) return false;
  return refuse(ErrorCode::bad_argument, {}, {fmt::format("{}: true or false is expected", name)});
}

bool Request::prefers_async() const {
  const auto sent = headers.find("Prefer");
  return sent && base::to_lower(*sent).contains("respond-async");
}

bool Request::omits(std::string_view part) const {
  const auto type = headers.find("Content-Type").value_or("");
  const auto at = type.find("okta-response");
  if (at == std::string_view::npos) return false;
  // Names are whole: omitCredentials is no omitCredentialsLinks.
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto list = type.substr(at);
  for (auto found = list.find(part); found != std::string_view::npos; found = list.find(part, found + 1)) {
    const auto end = found + part.size();
    const bool begins = found == 0 || !is_letter(list[found - 1]);
    const bool ends = end == list.size() || !is_letter(list[end]);
    if (begins && ends) return true;
  }
  return false;
}

std::optional<std::string> Request::cookie(std::string_view name) const {
  auto rest = headers.find("Cookie").value_or("");
  while (!rest.empty()) {
    const auto end = std::min(rest.find(';'), rest.size());
    auto pair = rest.substr(0, end);
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return std::string(pair.substr(equals + 1));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return std::nullopt;
}

Outcome<Request> read_request(const base::HttpRequest& sent) {
  if (sent.target.size() > longest_target) return std::unexpected(ApiError{ErrorCode::bad_argument, {}, {"the URL is too long"}, {}, 414});
  if (sent.body.size() > longest_body) return std::unexpected(ApiError{ErrorCode::malformed_body, {}, {"the body is too large"}, {}, 413});
  auto target = base::parse_target(sent.target);
  if (!target) return refuse(ErrorCode::bad_argument, {}, {"the URL cannot be read"});
  const auto accept = sent.headers.find("Accept");
  if (accept && !accept->empty() && !accepts_json(*accept)) return refuse(ErrorCode::headers_unsupported);
  Request request;
  request.method = sent.method;
  const auto host = sent.host();
  request.origin = fmt::format("{}://{}", sent.headers.find(base::forwarded_scheme_field).value_or("https"), host.empty() ? "example.okta.com" : host);
  request.path = target->segments();
  request.parameters = std::move(target->query);
  request.headers = sent.headers;
  request.body = sent.body;
  return request;
}

Outcome<base::JsonObject> read_object(const Request& request, Body body) {
  if (request.body.empty() && body == Body::optional) return base::JsonObject{};
  const auto type = request.headers.find("Content-Type");
  if (!type) return refuse(ErrorCode::headers_missing);
  if (!is_json(*type)) return refuse(ErrorCode::headers_unsupported);
  auto parsed = base::parse_json(request.body);
  if (!parsed || !parsed->is_object()) return refuse(ErrorCode::malformed_body);
  return std::move(parsed->get_object());
}

Outcome<std::optional<std::string>> text_of(const base::JsonObject& object, std::string_view name) {
  const auto* value = base::member(object, name);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (!value->is_string()) return refuse(ErrorCode::malformed_body, {}, {fmt::format("{}: a text is expected", name)});
  return std::string(base::as_text(value->get_string()));
}

Outcome<const base::JsonObject*> object_of(const base::JsonObject& object, std::string_view name) {
  const auto* value = base::member(object, name);
  if (value == nullptr || value->is_null()) return nullptr;
  if (!value->is_object()) return refuse(ErrorCode::malformed_body, {}, {fmt::format("{}: an object is expected", name)});
  return &value->get_object();
}

}  // namespace fakes::okta::api
