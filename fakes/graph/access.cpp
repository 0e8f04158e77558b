#include "fakes/graph/access.h"

#include "base/encoding.h"

namespace fakes::graph {
namespace {

constexpr std::string_view audience_id = "00000003-0000-0000-c000-000000000000";  ///< Graph's own app id serves as audience too

std::unexpected<GraphError> invalid_token(std::string message) {
  GraphError error{401, "InvalidAuthenticationToken", std::move(message)};
  error.headers.push_back({"WWW-Authenticate", R"(Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize")"});
  return std::unexpected(std::move(error));
}

bool is_for_graph(std::string_view audience) {
  if (audience.ends_with('/')) audience.remove_suffix(1);
  return audience == entra::graph_audience || audience == audience_id;
}

}  // namespace

Outcome<entra::AccessToken> bearer_of(const base::Headers& headers, const entra::AccessTokens& tokens, base::Instant now, const Quirks& quirks) {
  auto sent = headers.find("Authorization").value_or("");
  constexpr std::string_view scheme = "bearer ";
  if (base::equals_ignoring_case(sent.substr(0, scheme.size()), scheme)) sent.remove_prefix(scheme.size());
  while (sent.starts_with(' ')) sent.remove_prefix(1);
  if (sent.empty()) return invalid_token("Access token is empty.");
  auto token = tokens.find_token(sent);
  if (!token) return invalid_token("CompactToken parsing failed with error code: 80049217");
  if (token->expires <= now) return invalid_token("Lifetime validation failed, the token is expired.");
  if (!is_for_graph(token->audience)) {
    auto refusal = invalid_token("Access token validation failure. Invalid audience.");
    if (quirks.has(Quirk::wrong_audience_is_403)) refusal.error().status = 403;
    return refusal;
  }
  if (token->needs_claims) {
    GraphError error{403, "insufficient_claims", "Continuous access evaluation or conditional access asks for more claims than the token has."};
    error.headers.push_back({"WWW-Authenticate", R"(Bearer error="insufficient_claims")"});
    return std::unexpected(std::move(error));
  }
  return *std::move(token);
}

}  // namespace fakes::graph
