#include "serve/admission.h"

#include <fmt/format.h>
#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <array>
#include <optional>

#include "base/encoding.h"
#include "base/forwarded_origin.h"
#include "base/uri.h"
#include "serve/refusal.h"

namespace serve {
namespace {

/// Of the connection, or only an edge's to say.
constexpr std::array<std::string_view, 12> dropped{"Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "TE", "Trailer",
                                                   "Transfer-Encoding", "Upgrade", "Expect", "Forwarded", "X-Client-Address", "Via"};

void drop_fields(base::Headers& headers) {
  std::vector<std::string> names;
  for (const auto& field : headers) {
    const auto lower = base::to_lower(field.name);
    const bool listed = std::ranges::any_of(dropped, [&](auto name) { return base::equals_ignoring_case(name, field.name); });
    if (listed || lower.starts_with("x-forwarded-") || lower.starts_with("x-lockstep-")) names.push_back(field.name);
  }
  for (const auto& name : names) headers.remove(name);
}

std::size_t count_of(const base::Headers& headers, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::count_if(headers, [&](const auto& field) { return base::equals_ignoring_case(field.name, name); }));
}

std::optional<boost::asio::ip::address> address_in(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(std::string(host), error);
  return error ? std::nullopt : std::optional(address);
}

/// It goes into links and pages.
bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':' || c == '[' || c == ']';
}

/// Scheme, host and port of a request, of which an absolute target says more than the Host field. [RFC9112 3.2.2]
std::optional<base::Uri> place_of(const base::HttpRequest& request, std::string_view scheme) {
  const bool absolute = request.target.starts_with("http://") || request.target.starts_with("https://");
  auto uri = base::parse_uri(absolute ? request.target : fmt::format("{}://{}", scheme, request.host()));
  if (!uri || (!absolute && (uri->path != "/" || uri->query)) || !std::ranges::all_of(uri->host, is_host_character)) return std::nullopt;
  return *std::move(uri);
}

}  // namespace

bool is_loopback(std::string_view host) {
  if (host == "localhost" || host.ends_with(".localhost")) return true;
  const auto address = address_in(host);
  return address && address->is_loopback();
}

bool Admission::is_ours(std::string_view host) const {
  if (is_loopback(host) || std::ranges::find(options_.more_names, host) != options_.more_names.end()) return true;
  return options_.any_address && address_in(host).has_value();
}

std::expected<Admitted, base::HttpResponse> Admission::admit(Party at, Scheme scheme, std::string_view peer, base::HttpRequest request) {
  const std::string_view scheme_name = scheme == Scheme::https ? "https" : "http";
  if (count_of(request.headers, "Host") != 1) return std::unexpected(refusal(at, 400, "A request has one Host field."));
  auto place = place_of(request, scheme_name);
  if (!place) return std::unexpected(refusal(at, 400, "The Host field or the target names no host."));
  if (!request.target.starts_with('/') && request.target != "*") request.target = place->target();
  if (!request.target.starts_with('/')) return std::unexpected(refusal(at, 400, "The target is no path."));
  place->scheme = scheme_name;
  const auto called = party_called(place->host);
  const auto party = called.value_or(at);
  if ((!called && !is_ours(place->host)) || !options_.served.contains(party))
    return std::unexpected(refusal(at, 421, fmt::format("Nobody here is called '{}'; --host adds a name.", place->host)));
  auto authority = place->authority();
  if (names_.size() >= options_.most_names && !names_.contains(authority))
    return std::unexpected(refusal(at, 421, "Too many different names have been used."));
  names_.insert(authority);
  drop_fields(request.headers);
  request.headers.set("Host", std::move(authority));
  request.headers.set(base::forwarded_scheme_field, std::string(scheme_name));
  request.headers.set("X-Forwarded-For", std::string(peer));
  return Admitted{party, std::move(request)};
}

}  // namespace serve
