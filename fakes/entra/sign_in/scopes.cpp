#include "fakes/entra/sign_in/scopes.h"

#include <algorithm>

#include "fakes/entra/access_token.h"

namespace fakes::entra::sign_in {
namespace {

constexpr std::string_view graph_app_id = "00000003-0000-0000-c000-000000000000";

bool is_scope_character(char c) { return c > ' ' && c <= '~' && c != '"' && c != '\\'; }

struct Resource {
  std::string audience;
  std::string name;
};

std::optional<Resource> find_resource(std::string_view text, const Tenant& tenant) {
  while (text.ends_with('/')) text.remove_suffix(1);
  if (text == graph_audience || text == graph_app_id) return Resource{std::string(graph_audience), "Microsoft Graph"};
  constexpr std::string_view scheme = "api://";
  const auto id = text.starts_with(scheme) ? text.substr(scheme.size()) : text;
  const auto* app = tenant.applications().find(id);
  if (app == nullptr) return std::nullopt;
  return Resource{app->app_id, app->display_name};
}

/// Takes a word of OpenID Connect; false where it is none.
bool take_openid_word(Scopes& scopes, std::string_view word) {
  for (const auto& [name, flag] : {std::pair{std::string_view("openid"), &scopes.openid},
                                   {"profile", &scopes.profile},
                                   {"email", &scopes.email},
                                   {"offline_access", &scopes.offline_access}}) {
    if (word != name) continue;
    *flag = true;
    return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> Scopes::openid_words() const {
  std::vector<std::string> out;
  for (const auto& [name, flag] : {std::pair{"openid", openid}, {"profile", profile}, {"email", email}}) {
    if (flag) out.emplace_back(name);
  }
  return out;
}

std::string Scopes::text(const std::vector<std::string>& granted) const {
  std::string out;
  for (const auto& words : {granted, openid_words()}) {
    for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  }
  return out;
}

std::expected<Scopes, SignInError> parse_scopes(std::string_view text, const Tenant& tenant) {
  const auto bad = [&] { return std::unexpected(sign_in_error(Aadsts::bad_scope, {text})); };
  Scopes scopes;
  if (!std::ranges::all_of(text, [](char c) { return c == ' ' || is_scope_character(c); })) return bad();
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (word.empty() || take_openid_word(scopes, word)) continue;
    const auto slash = word.rfind('/');
    const auto named = slash == std::string_view::npos ? graph_audience : word.substr(0, slash);
    const auto name = slash == std::string_view::npos ? word : word.substr(slash + 1);
    if (name.empty()) return std::unexpected(sign_in_error(Aadsts::bad_scope, {word}));
    const auto resource = find_resource(named, tenant);
    if (!resource) return std::unexpected(sign_in_error(Aadsts::resource_not_found, {named, tenant.id()}));
    if (!scopes.audience.empty() && scopes.audience != resource->audience) return std::unexpected(sign_in_error(Aadsts::bad_scope, {word}));
    scopes.audience = resource->audience;
    scopes.resource_name = resource->name;
    if (name == ".default") {
      scopes.all_granted = true;
    } else {
      scopes.wanted.emplace_back(name);
    }
  }
  if (scopes.all_granted && !scopes.wanted.empty()) return std::unexpected(sign_in_error(Aadsts::bad_scope, {scopes.wanted.front()}));
  if (scopes.audience.empty()) {
    scopes.audience = graph_audience;
    scopes.resource_name = "Microsoft Graph";
  }
  return scopes;
}

std::expected<std::vector<std::string>, SignInError> consented(const Scopes& scopes, const Application& app) {
  // Assumed: what OpenID Connect asks for needs no consent of its own.
  if (!scopes.all_granted && scopes.wanted.empty()) return std::vector<std::string>{};
  const bool lacks_one = std::ranges::any_of(scopes.wanted, [&](const auto& name) { return std::ranges::find(app.delegated, name) == app.delegated.end(); });
  if (lacks_one || app.delegated.empty()) return std::unexpected(sign_in_error(Aadsts::consent_needed, {app.app_id, app.display_name}));
  return app.delegated;
}

}  // namespace fakes::entra::sign_in
