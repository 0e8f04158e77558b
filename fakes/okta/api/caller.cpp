#include "fakes/okta/api/caller.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"

namespace fakes::okta::api {
namespace {

/// What follows the scheme's name; empty where the field has another scheme.
std::optional<std::string_view> credential(std::string_view field, std::string_view scheme) {
  if (field.size() <= scheme.size() || !base::equals_ignoring_case(field.substr(0, scheme.size()), scheme) || field[scheme.size()] != ' ') return std::nullopt;
  field.remove_prefix(scheme.size());
  while (field.starts_with(' ')) field.remove_prefix(1);
  return field;
}

std::optional<Caller> found_in(const std::map<std::string, Caller, std::less<>>& book, std::string_view text) {
  const auto found = book.find(text);
  return found == book.end() ? std::nullopt : std::optional(found->second);
}

bool is_write(std::string_view scope) { return !scope.ends_with(".read"); }

bool has_scope(const Caller& caller, std::string_view scope) {
  const auto has = [&](std::string_view name) { return std::ranges::find(caller.scopes, name) != caller.scopes.end(); };
  if (has(scope)) return true;
  constexpr std::string_view read = ".read";
  return scope.ends_with(read) && has(fmt::format("{}.manage", scope.substr(0, scope.size() - read.size())));
}

}  // namespace

base::Secret TokenBook::add_api_token(std::string name, std::string user, bool may_write) {
  base::Secret token{"00" + rng_.hex(20)};
  Caller caller;
  caller.id = "00T" + rng_.hex(9).substr(0, 17);
  caller.name = std::move(name);
  caller.user = std::move(user);
  caller.may_write = may_write;
  api_tokens_.emplace(token.reveal(), std::move(caller));
  return token;
}

std::optional<Caller> TokenBook::find_api_token(std::string_view text) const { return found_in(api_tokens_, text); }
std::optional<Caller> TokenBook::find_access_token(std::string_view text) const { return found_in(access_tokens_, text); }

Outcome<Caller> caller_of(const base::Headers& headers, const Callers& callers, base::Instant now) {
  const auto field = headers.find("Authorization").value_or("");
  std::optional<Caller> caller;
  if (const auto text = credential(field, "SSWS")) caller = callers.find_api_token(*text);
  if (const auto text = credential(field, "Bearer")) caller = callers.find_access_token(*text);
  if (caller && (!caller->expires || *caller->expires > now)) return *std::move(caller);
  auto refusal = refuse(ErrorCode::invalid_token);
  if (credential(field, "Bearer")) refusal.error().headers.push_back({"WWW-Authenticate", R"(Bearer error="invalid_token", error_description="The token is invalid or has expired.")"});
  return refusal;
}

Outcome<void> allow(const Caller& caller, const Permit& permit) {
  if (caller.kind == Caller::Kind::session) {
    if (permit.of_session) return {};
    return refuse(ErrorCode::no_permission);
  }
  if (permit.scope.empty()) return refuse(ErrorCode::invalid_session);
  if (caller.kind == Caller::Kind::api_token) {
    if (caller.may_write || !is_write(permit.scope)) return {};
    return refuse(ErrorCode::no_permission);
  }
  if (has_scope(caller, permit.scope)) return {};
  auto refusal = refuse(ErrorCode::no_permission);
  refusal.error().headers.push_back({"WWW-Authenticate", fmt::format(R"(Bearer scope="{}", error="insufficient_scope")", permit.scope)});
  return refusal;
}

}  // namespace fakes::okta::api
