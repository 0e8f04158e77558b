#include "directory/federation/provider_metadata.h"

#include <fmt/format.h>

#include <algorithm>

namespace directory {
namespace {

constexpr std::string_view tenant_place = "{tenantid}";
constexpr std::size_t most_keys = 64;

bool is_tenant(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

bool is_loopback(const base::Uri& uri) { return uri.host == "localhost" || uri.host == "127.0.0.1" || uri.host == "[::1]"; }

bool is_protected(const base::Uri& uri) { return uri.scheme == "https" || is_loopback(uri); }

base::Result<base::Uri> endpoint(const base::Json& document, std::string_view name) {
  const auto text = base::string_member(document, name);
  if (!text) return base::fail(fmt::format("the discovery document has no {}", name));
  auto uri = base::parse_uri(*text);
  if (!uri) return base::fail(fmt::format("the discovery document's {} is no address", name));
  if (!is_protected(*uri)) return base::fail(fmt::format("the discovery document's {} is not https", name));
  return uri;
}

bool lists(const base::Json& document, std::string_view name, std::string_view value) {
  const auto* list = base::member(document, name);
  if (list == nullptr || !list->is_array()) return false;
  return std::ranges::any_of(list->get_array(), [&](const base::Json& entry) {
    return entry.is_string() && base::as_text(entry.get_string()) == value;
  });
}

}  // namespace

base::Result<base::Uri> discovery_address(std::string_view issuer) {
  auto uri = base::parse_uri(issuer);
  if (!uri) return uri;
  if (!is_protected(*uri) || uri->query) return base::fail("an identity provider's url is https and has no query");
  while (uri->path.ends_with('/')) uri->path.pop_back();
  uri->path += "/.well-known/openid-configuration";
  return uri;
}

bool issuer_matches(std::string_view issuer, std::string_view template_text) {
  const auto place = template_text.find(tenant_place);
  if (place == std::string_view::npos) return issuer == template_text;
  const auto before = template_text.substr(0, place);
  const auto after = template_text.substr(place + tenant_place.size());
  return issuer.size() > before.size() + after.size() && issuer.starts_with(before) && issuer.ends_with(after) &&
         is_tenant(issuer.substr(before.size(), issuer.size() - before.size() - after.size()));
}

base::Result<ProviderMetadata> read_metadata(std::string_view json, std::string_view issuer) {
  if (json.size() > largest_provider_answer) return base::fail("the discovery document is too large");
  const auto document = base::parse_json(json);
  if (!document || !document->is_object()) return base::fail("the discovery document is no JSON object");
  ProviderMetadata metadata;
  metadata.issuer = base::string_or(*document, "issuer", "");
  if (metadata.issuer != issuer && !(metadata.issuer.contains(tenant_place) && issuer_matches(issuer, metadata.issuer))) {
    return base::fail("the discovery document is another issuer's");
  }
  for (const auto& [name, into] : {std::pair{"authorization_endpoint", &metadata.authorization_endpoint},
                                   {"token_endpoint", &metadata.token_endpoint},
                                   {"jwks_uri", &metadata.jwks_uri}}) {
    auto uri = endpoint(*document, name);
    if (!uri) return std::unexpected(uri.error());
    *into = std::move(*uri);
  }
  constexpr auto methods = "token_endpoint_auth_methods_supported";
  metadata.secret_in_body =
      lists(*document, methods, "client_secret_post") && !lists(*document, methods, "client_secret_basic");
  return metadata;
}

base::Result<std::vector<base::RsaPublicKey>> read_key_set(std::string_view json) {
  if (json.size() > largest_provider_answer) return base::fail("the key set is too large");
  const auto document = base::parse_json(json);
  const auto* list = document ? base::member(*document, "keys") : nullptr;
  if (list == nullptr || !list->is_array()) return base::fail("the key set has no keys");
  std::vector<base::RsaPublicKey> keys;
  for (const auto& entry : list->get_array()) {
    if (keys.size() == most_keys) break;
    if (auto key = base::read_jwk(entry)) keys.push_back(std::move(*key));
  }
  return keys;
}

}  // namespace directory
