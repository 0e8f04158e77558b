#include "fakes/okta/sign_in/desk.h"

#include <algorithm>
#include <set>

#include "base/encoding.h"
#include "base/forwarded_origin.h"
#include "fakes/oidc/form.h"

namespace fakes::okta::sign_in {
namespace {

constexpr std::size_t secret_bytes = 32;

std::string text_without_slash(const base::Uri& uri) {
  auto text = uri.text();
  while (text.ends_with('/')) text.pop_back();
  return text;
}

std::string drawn(base::Rng& rng) { return base::to_base64url(*base::from_hex(rng.hex(secret_bytes))); }

/// Who has been let in before and may be so still. A lock keeps out who types a password, not who has a token; Assumed.
bool may_use_tokens(UserStatus status) {
  return status == UserStatus::active || status == UserStatus::password_expired || status == UserStatus::locked_out || status == UserStatus::recovery;
}

}  // namespace

bool is_reserved(std::string_view scope) { return std::ranges::find(reserved_scopes, scope) != reserved_scopes.end(); }

bool Grant::has(std::string_view scope) const { return oidc::holds(scopes, scope); }

std::string Grant::scope_text() const {
  std::string out;
  for (const auto& scope : scopes) out += (out.empty() ? "" : " ") + scope;
  return out;
}

std::string Asked::parameter(std::string_view name) const {
  if (auto value = form.parameter(name)) return *value;
  return query.parameter(name).value_or("");
}

std::string Asked::repeated() const {
  std::set<std::string_view> seen;
  for (const auto* target : {&query, &form}) {
    for (const auto& [name, value] : target->query) {
      if (!seen.insert(name).second) return name;
    }
  }
  return {};
}

Desk::Desk(SignInPorts ports, const base::Rng& rng, SignInOptions options)
    : ports_(ports), rng_(rng.fork("secrets")), options_(std::move(options)) {
  own_origin_ = text_without_slash(options_.org_url);
  const oidc::KeyOptions keys{options_.key_period, options_.old_key_stays, {}, {}, options_.key_length};
  servers_.push_back({{}, {}, {}, {}, {}, oidc::SigningKeys(rng.fork("keys"), keys)});
  for (const auto& server : options_.custom_servers)
    servers_.push_back({server.id, {}, {}, server.audience, server.scopes, oidc::SigningKeys(rng.fork("keys of " + server.id), keys)});
  move_to(own_origin_);
}

void Desk::reached_by(const base::HttpRequest& request) { move_to(base::forwarded_origin(request).value_or(own_origin_)); }

void Desk::move_to(std::string origin) {
  if (origin == origin_) return;
  origin_ = std::move(origin);
  for (auto& server : servers_) {
    server.base = origin_ + "/oauth2" + (server.is_org() ? "" : "/" + server.id);
    server.issuer = server.is_org() ? origin_ : server.base;
    if (server.is_org()) server.audience = origin_;
  }
}

AuthorizationServer* Desk::find_server(std::string_view id) {
  const auto found = std::ranges::find(servers_, id, &AuthorizationServer::id);
  return found == servers_.end() ? nullptr : &*found;
}

std::optional<Asked> Desk::read(const base::HttpRequest& request) {
  auto target = base::parse_target(request.target);
  if (!target) return std::nullopt;
  Asked asked;
  asked.method = request.method;
  asked.query = std::move(*target);
  asked.is_form = oidc::is_form(request);
  if (asked.is_form) {
    auto form = oidc::read_form(request);
    if (!form) return std::nullopt;
    asked.form = std::move(*form);
  }
  asked.cookie = oidc::find_cookie(request, session_cookie);
  asked.authorization = request.headers.find("Authorization").value_or("");
  asked.user_agent = request.headers.find("User-Agent").value_or("");
  return asked;
}

Actor Desk::client_of(const Asked& asked) { return {.user_agent = asked.user_agent}; }

base::Secret Desk::new_secret() {
  base::Secret secret(drawn(rng_));
  witness(secret);
  return secret;
}

std::string Desk::new_id(std::string_view prefix) { return std::string(prefix) + drawn(rng_); }

const App* Desk::find_client(std::string_view client_id) const {
  const auto* app = org().find_client(client_id);
  return app != nullptr && app->oidc && app->status == AppStatus::active ? app : nullptr;
}

const Session* Desk::live_session(const Asked& asked) const {
  return asked.cookie ? org().find_session(SessionId(asked.cookie->reveal())) : nullptr;
}

Fault Desk::check_standing(const Grant& grant) const {
  const auto* app = find_client(grant.client_id);
  if (app == nullptr) return Fault::unknown_client;
  if (!grant.proof) return Fault::none;
  const auto* user = org().find(grant.proof->user);
  if (user == nullptr || !may_use_tokens(user->status) || user->token_generation != grant.proof->token_generation) return Fault::bad_refresh_token;
  return app->assignment_of(grant.proof->user) == nullptr ? Fault::not_assigned : Fault::none;
}

bool Desk::holds(const AccessToken& token) const { return !token.revoked && token.ends > now() && check_standing(token.grant) == Fault::none; }

bool Desk::holds(const RefreshToken& token) const {
  const bool replaced = token.replaced && *token.replaced + options_.rotation_leeway <= now();
  return !token.revoked && !replaced && token.ends > now() && check_standing(token.grant) == Fault::none;
}

void Desk::revoke_family(std::uint64_t family) {
  const auto revoke = [&](auto& token) {
    if (token.grant.family == family) token.revoked = true;
  };
  access_tokens.for_each(revoke);
  refresh_tokens.for_each(revoke);
}

std::string name_in_app(const App& app, const User& user) {
  const auto* assignment = app.assignment_of(user.id);
  return assignment == nullptr || assignment->user_name.empty() ? user.login() : assignment->user_name;
}

}  // namespace fakes::okta::sign_in
