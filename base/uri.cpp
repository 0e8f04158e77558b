#include "base/uri.h"

#include <fmt/format.h>

#include <charconv>

#include "base/encoding.h"

namespace base {

std::uint16_t Uri::effective_port() const {
  if (port != 0) return port;
  return scheme == "https" ? 443 : 80;
}

std::string Uri::authority() const {
  return port == 0 ? host : fmt::format("{}:{}", host, port);
}

std::string Uri::target() const {
  return query ? path + "?" + *query : path;
}

std::string Uri::text() const {
  return scheme + "://" + authority() + target();
}

Result<Uri> parse_uri(std::string_view text) {
  const auto malformed = [shown = text.substr(0, 120)](std::string_view why) {
    return fail(fmt::format("'{}' is not a URL: {}", shown, why));
  };
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || byte == 0x7F) return malformed("it contains white space or a control character");
  }
  Uri uri;
  const auto scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) return malformed("it does not begin with http:// or https://");
  uri.scheme = to_lower(text.substr(0, scheme_end));
  if (uri.scheme != "http" && uri.scheme != "https") return malformed("its scheme is neither http nor https");
  text.remove_prefix(scheme_end + 3);

  const auto authority_end = text.find_first_of("/?#");
  auto authority = text.substr(0, authority_end);
  text.remove_prefix(authority.size());
  if (authority.find('@') != std::string_view::npos) return malformed("a user name in it is not supported");
  const auto bracket = authority.rfind(']');
  const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon != std::string_view::npos) {
    const auto digits = authority.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), uri.port);
    if (error != std::errc{} || end != digits.data() + digits.size() || uri.port == 0) {
      return malformed("its port is not a number from 1 to 65535");
    }
    authority = authority.substr(0, colon);
  }
  if (authority.empty()) return malformed("it names no host");
  uri.host = to_lower(authority);
  if (uri.port == (uri.scheme == "https" ? 443 : 80)) uri.port = 0;

  if (text.find('#') != std::string_view::npos) return malformed("it has a fragment");
  const auto question = text.find('?');
  if (question != std::string_view::npos) uri.query = std::string(text.substr(question + 1));
  uri.path = std::string(text.substr(0, question));
  if (uri.path.empty()) uri.path = "/";
  return uri;
}

std::optional<std::string> Target::parameter(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::vector<std::string> Target::segments() const {
  std::vector<std::string> out;
  std::size_t begin = 0;
  while (begin < path.size()) {
    const auto end = path.find('/', begin);
    const auto length = (end == std::string::npos ? path.size() : end) - begin;
    if (length > 0) out.push_back(path.substr(begin, length));
    begin += length + 1;
  }
  return out;
}

std::optional<Target> parse_target(std::string_view text) {
  Target target;
  const auto question = text.find('?');
  auto path = percent_decode(text.substr(0, question));
  if (!path || path->find('\0') != std::string::npos) return std::nullopt;
  target.path = std::move(*path);
  if (question == std::string_view::npos) return target;
  auto rest = text.substr(question + 1);
  while (!rest.empty()) {
    const auto end = rest.find('&');
    const auto pair = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), true);
    auto value =
        equals == std::string_view::npos ? std::string{} : percent_decode(pair.substr(equals + 1), true);
    if (!name || !value || name->contains('\0') || value->contains('\0')) return std::nullopt;
    target.query.emplace_back(std::move(*name), std::move(*value));
  }
  return target;
}

}  // namespace base
