#include "fakes/graph/page_token.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "base/encoding.h"

namespace fakes::graph {
namespace {

/// Of what a token belongs to: the path and the options other than the token.
std::string mark_of(const Request& request) {
  base::Digest digest;
  digest.mix(request.path_text());
  for (const auto& [name, value] : request.parameters) {
    if (base::to_lower(name).ends_with("skiptoken")) continue;
    digest.mix(name);
    digest.mix(value);
  }
  return fmt::format("{:016x}", digest.value());
}

}  // namespace

std::string PageToken::encode(const Request& request) const {
  base::JsonObject json;
  json["m"] = base::json_text(mark_of(request));
  json["t"] = issued.time_since_epoch().count();
  json["e"] = eventual;
  json["i"] = base::json_text(last_id);
  json["k"] = last_keys;
  return base::to_base64url(base::to_text(json));
}

std::optional<PageToken> decode_page_token(std::string_view text, const Request& request) {
  const auto bytes = base::from_base64url(text);
  if (!bytes) return std::nullopt;
  const auto json = base::parse_json(*bytes);
  if (!json || base::string_member(*json, "m") != mark_of(request)) return std::nullopt;
  const auto issued = base::integer_member(*json, "t");
  const auto* keys = base::member(*json, "k");
  if (!issued || keys == nullptr || !keys->is_array()) return std::nullopt;
  return PageToken{base::Instant{base::Duration{*issued}}, base::bool_member(*json, "e").value_or(false), base::string_or(*json, "i", ""),
                   keys->get_array()};
}

std::unexpected<GraphError> expired_page_token() {
  return refuse(400, "Directory_ExpiredPageToken", "The specified page token value has expired and can no longer be included in your request.");
}

Outcome<std::optional<PageToken>> read_page_token(const Request& request, base::Instant now, base::Duration life) {
  const auto text = request.option("skiptoken");
  if (!text) return std::nullopt;
  auto token = decode_page_token(*text, request);
  if (!token || now - token->issued > life || (token->eventual && !request.is_eventual())) return expired_page_token();
  return token;
}

}  // namespace fakes::graph
