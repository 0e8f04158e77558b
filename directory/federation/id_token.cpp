#include "directory/federation/id_token.h"

#include <algorithm>
#include <array>
#include <optional>

#include "directory/federation/provider_metadata.h"

namespace directory {
namespace {

std::unexpected<std::string> refuse(std::string why) { return std::unexpected(std::move(why)); }

/// `aud` is a string or an array of them. [RFC7519 4.1.3]
bool is_for(const base::JsonObject& claims, std::string_view client_id, std::size_t& audiences) {
  const auto* audience = base::member(claims, "aud");
  audiences = 1;
  if (audience == nullptr) return false;
  if (audience->is_string()) return base::as_text(audience->get_string()) == client_id;
  if (!audience->is_array()) return false;
  audiences = audience->get_array().size();
  return std::ranges::any_of(audience->get_array(), [&](const base::Json& entry) {
    return entry.is_string() && base::as_text(entry.get_string()) == client_id;
  });
}

/// Seconds since the epoch, of a range in which nothing overflows.
std::optional<base::Instant> time_of(const base::JsonObject& claims, std::string_view name) {
  constexpr std::int64_t latest = 253'402'300'799;  // the end of the year 9999
  const auto* value = base::member(claims, name);
  if (value == nullptr) return std::nullopt;
  const auto seconds = value->is_int64()    ? value->get_int64()
                       : value->is_uint64() ? static_cast<std::int64_t>(std::min<std::uint64_t>(value->get_uint64(), INT64_MAX))
                                            : -1;
  // Instants reach to the year 2262; what lies beyond is as good as never.
  constexpr std::int64_t longest = 9'000'000'000;
  if (seconds < 0 || seconds > latest) return std::nullopt;
  return base::Instant{std::chrono::seconds{std::min(seconds, longest)}};
}

}  // namespace

std::expected<void, std::string> check_claims(const base::JsonObject& claims, const TokenExpectation& expected) {
  if (!issuer_matches(base::string_or(claims, "iss", ""), expected.issuer)) return refuse("iss");
  std::size_t audiences = 0;
  if (!is_for(claims, expected.client_id, audiences)) return refuse("aud");
  const auto party = base::string_member(claims, "azp");
  if (party ? *party != expected.client_id : audiences > 1) return refuse("azp");
  const auto expires = time_of(claims, "exp");
  if (!expires || expected.now >= *expires + expected.skew) return refuse("exp");
  const auto issued = time_of(claims, "iat");
  if (!issued || *issued > expected.now + expected.skew) return refuse("iat");
  if (base::member(claims, "nbf") != nullptr) {
    const auto not_before = time_of(claims, "nbf");
    if (!not_before || *not_before > expected.now + expected.skew) return refuse("nbf");
  }
  if (base::Secret(base::string_or(claims, "nonce", "")) != base::Secret(expected.nonce)) return refuse("nonce");
  if (base::string_or(claims, "sub", "").empty()) return refuse("sub");
  return {};
}

std::expected<std::string, std::string> email_of(const base::JsonObject& claims, ProviderType type) {
  const auto* verified = base::member(claims, "email_verified");
  if (verified != nullptr && *verified != base::Json(true) && *verified != base::Json("true")) return refuse("email_verified");
  if (auto email = base::string_member(claims, "email"); email && !email->empty()) return *email;
  if (type == ProviderType::azure) {
    for (const auto* name : {"upn", "preferred_username"}) {
      if (auto value = base::string_member(claims, name); value && value->contains('@')) return *value;
    }
  }
  return refuse("email");
}

}  // namespace directory
