#include "base/oauth_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/encoding.h"
#include "base/json.h"

namespace base {
namespace {

constexpr std::size_t longest_token = 32 << 10;
constexpr std::size_t longest_shown = 200;
constexpr std::int64_t longest_lifetime = 10LL * 365 * 24 * 60 * 60;

HttpRequest token_request(const OauthClient& client) {
  HttpRequest request("POST", client.token_url);
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.headers.add("Accept", "application/json");
  const auto id = percent_encode(client.id);
  const auto secret = percent_encode(client.secret.reveal());
  request.body = "grant_type=client_credentials";
  if (!client.scope.empty()) request.body += "&scope=" + percent_encode(client.scope);
  if (client.style == OauthClient::Style::basic) {
    request.headers.add("Authorization", "Basic " + to_base64(id + ":" + secret));
  } else {
    request.body += "&client_id=" + id + "&client_secret=" + secret;
  }
  return request;
}

/// A server's own words, as far as they can be shown: in one line, and without the secret, which some servers
/// repeat.
std::string shown(std::string text, const Secret& secret) {
  if (!secret.empty() && text.find(secret.reveal()) != std::string::npos) return {};
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7F') c = ' ';
  }
  if (!is_utf8(text)) return {};
  if (text.size() <= longest_shown) return text;
  auto end = longest_shown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

/// The error response. [RFC6749 5.2]
std::string refusal(const HttpResponse& response, const Secret& secret) {
  auto text = fmt::format("it answered {}", response.status);
  const auto json = parse_json(response.body);
  if (!json) return text;
  const auto code = shown(string_or(*json, "error", ""), secret);
  const auto description = shown(string_or(*json, "error_description", ""), secret);
  if (!code.empty()) text += " " + code;
  if (!description.empty()) text += ": " + description;
  return text;
}

/// Printable and without spaces, so that it can stand in a header. [RFC6750 2.1]
bool can_be_sent(std::string_view token) {
  return !token.empty() && token.size() <= longest_token &&
         std::ranges::all_of(token, [](char c) { return c > ' ' && c < '\x7F'; });
}

/// Seconds, as a number or, with some servers, as text.
std::optional<Duration> lifetime_in(const Json& json) {
  auto seconds = integer_member(json, "expires_in");
  if (const auto text = string_member(json, "expires_in")) {
    std::int64_t number = 0;
    const auto* end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, number);
    if (read.ec == std::errc{} && read.ptr == end) seconds = number;
  }
  if (!seconds || *seconds < 0) return std::nullopt;
  return std::chrono::seconds{std::min(*seconds, longest_lifetime)};
}

/// The successful response. [RFC6749 5.1]
Result<OauthToken> read_token(const HttpResponse& response, const Secret& secret) {
  if (response.status != 200) return fail(refusal(response, secret));
  const auto json = parse_json(response.body);
  if (!json || !json->is_object()) return fail("it answered 200 with something that is not a JSON object");
  auto token = string_member(*json, "access_token");
  if (!token) return fail("its answer has no access_token");
  if (!can_be_sent(*token))
    return fail("its access_token is empty, too long, or holds what no header can carry");
  const auto type = string_or(*json, "token_type", "");
  if (!equals_ignoring_case(type, "Bearer")) {
    return fail(fmt::format("its token_type is '{}' and not Bearer", shown(type, secret)));
  }
  return OauthToken{Secret(std::move(*token)), lifetime_in(*json)};
}

}  // namespace

Task<Result<OauthToken>> fetch_token(HttpTransport& transport, OauthClient client, Duration timeout) {
  auto request = token_request(client);
  const auto response = co_await transport.send(std::move(request), timeout);
  Result<OauthToken> token = fail("");
  if (response) {
    token = read_token(*response, client.secret);
  } else {
    token = fail(response.error().message);
  }
  if (!token)
    co_return fail(fmt::format("no token from {}: {}", client.token_url.text(), token.error().message));
  co_return token;
}

}  // namespace base
