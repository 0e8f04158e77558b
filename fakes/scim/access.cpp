#include "fakes/scim/access.h"

#include <string>

#include "base/encoding.h"

namespace fakes::scim {
namespace {

bool reads(const Request& request) {
  return request.method == "GET" ||
         (request.method == "POST" && !request.path.empty() && request.path.back() == ".search");
}

bool is_discovery(std::string_view endpoint) {
  return endpoint == "ServiceProviderConfig" || endpoint == "ResourceTypes" || endpoint == "Schemas";
}

}  // namespace

std::optional<Caller> caller_of(const base::Headers& headers, const ProviderOptions& options,
                                const Quirks& quirks) {
  const auto field = headers.find("Authorization");
  if (!field) return quirks.has(Quirk::no_token_accepted) ? Caller::admin : Caller::nobody;
  constexpr std::string_view scheme = "bearer";
  const bool bearer =
      field->size() >= scheme.size() && base::equals_ignoring_case(field->substr(0, scheme.size()), scheme);
  if (!bearer) return std::nullopt;
  auto token = field->substr(scheme.size());
  while (token.starts_with(' ')) token.remove_prefix(1);
  if (token.empty())
    return quirks.has(Quirk::empty_token_accepted) ? std::optional(Caller::admin) : std::nullopt;
  if (quirks.has(Quirk::wrong_token_accepted) && token != options.reader_token.reveal()) return Caller::admin;
  if (quirks.has(Quirk::longer_token_accepted)) token = token.substr(0, options.token.reveal().size());
  const base::Secret secret{std::string(token)};
  if (secret == options.token) return Caller::admin;
  if (!options.reader_token.empty() && secret == options.reader_token) return Caller::reader;
  return std::nullopt;
}

bool is_allowed(const Request& request, const Quirks& quirks) {
  if (request.caller == Caller::admin) return true;
  const auto endpoint = request.path.empty() ? std::string_view{} : std::string_view(request.path.front());
  if (request.method == "GET" && endpoint == "ServiceProviderConfig" &&
      !quirks.has(Quirk::config_needs_a_token))
    return true;
  if (request.caller == Caller::nobody) return false;
  if (!reads(request)) return quirks.has(Quirk::reader_may_write);
  if (quirks.has(Quirk::cursor_carries_rights) && !request.parameter("cursor").value_or("").empty())
    return true;
  return is_discovery(endpoint) || endpoint == "Groups";
}

}  // namespace fakes::scim
