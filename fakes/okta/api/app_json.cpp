#include "fakes/okta/api/app_json.h"

#include <fmt/format.h>

#include "fakes/okta/api/user_json.h"

namespace fakes::okta::api {
namespace {

using base::json_text;
using base::JsonArray;
using base::JsonObject;

std::string place_of(const App& app, const Request& request) { return fmt::format("{}/api/v1/apps/{}", request.origin, app.id.text()); }
JsonObject link_to(const std::string& place) { return {{"href", json_text(place)}}; }
base::Json switch_json(bool on) { return json_text(on ? "ENABLED" : "DISABLED"); }
base::Json text_or_null(std::string_view text) { return text.empty() ? base::Json(nullptr) : json_text(text); }

std::string_view sign_on_mode(const App& app) { return app.oidc ? "OPENID_CONNECT" : "AUTO_LOGIN"; }

JsonArray texts_of(const auto& texts) {
  JsonArray out;
  for (const auto& text : texts) out.push_back(json_text(text));
  return out;
}

JsonObject oidc_json(const OidcClient& client) {
  JsonObject out;
  out["redirect_uris"] = texts_of(client.redirect_uris);
  out["post_logout_redirect_uris"] = texts_of(client.post_logout_redirect_uris);
  out["grant_types"] = texts_of(client.grant_types);
  out["response_types"] = JsonArray{"code"};
  out["application_type"] = json_text(client.application_type);
  return out;
}

std::string_view name_of(ProvisioningConnection::AuthScheme scheme) {
  if (scheme == ProvisioningConnection::AuthScheme::token) return "TOKEN";
  return scheme == ProvisioningConnection::AuthScheme::oauth2 ? "OAUTH2" : "UNKNOWN";
}

std::string_view name_of(MappingStatus status) {
  if (status == MappingStatus::active) return "ACTIVE";
  return status == MappingStatus::inactive ? "INACTIVE" : "ERROR";
}

}  // namespace

JsonObject app_json(const App& app, const Request& request) {
  const auto place = place_of(app, request);
  JsonObject out;
  out["id"] = json_text(app.id.text());
  out["name"] = json_text(app.name);
  out["label"] = json_text(app.label);
  out["status"] = app.status == AppStatus::active ? "ACTIVE" : "INACTIVE";
  out["lastUpdated"] = time_json(app.last_updated);
  out["created"] = time_json(app.created);
  JsonArray features;
  if (app.can_provision) features.push_back("PUSH_NEW_USERS");
  out["features"] = app.provisions() ? features : JsonArray{};
  out["signOnMode"] = json_text(sign_on_mode(app));
  if (app.oidc) {
    JsonObject client;
    client["client_id"] = json_text(app.oidc->client_id);
    client["token_endpoint_auth_method"] = json_text(app.oidc->auth_method);
    client["pkce_required"] = app.oidc->pkce_required;
    out["credentials"] = JsonObject{{"oauthClient", std::move(client)}};
    out["settings"] = JsonObject{{"oauthClient", oidc_json(*app.oidc)}};
  }
  JsonObject links;
  links["users"] = link_to(place + "/users");
  links["groups"] = link_to(place + "/groups");
  links[app.status == AppStatus::active ? "deactivate" : "activate"] =
      link_to(fmt::format("{}/lifecycle/{}", place, app.status == AppStatus::active ? "deactivate" : "activate"));
  out["_links"] = std::move(links);
  return out;
}

JsonObject new_app_json(const App& app, const Request& request) {
  auto out = app_json(app, request);
  if (app.oidc && !app.oidc->client_secret.empty())
    out["credentials"].at("oauthClient").get_object()["client_secret"] = json_text(app.oidc->client_secret.reveal());
  return out;
}

JsonObject app_user_json(const App& app, const AppUser& user, const Request& request) {
  JsonObject profile;
  for (const auto& [attribute, value] : user.profile) profile[attribute] = json_text(value);
  JsonObject links;
  links["app"] = link_to(place_of(app, request));
  links["user"] = link_to(fmt::format("{}/api/v1/users/{}", request.origin, user.user.text()));
  JsonObject out;
  out["id"] = json_text(user.user.text());
  out["externalId"] = text_or_null(user.external_id);
  out["created"] = time_json(user.created);
  out["lastUpdated"] = time_json(user.last_updated);
  out["scope"] = user.scope == AssignmentScope::user ? "USER" : "GROUP";
  out["status"] = json_text(okta::name_of(user.status));
  out["statusChanged"] = time_json(user.status_changed);
  out["passwordChanged"] = time_json(user.password_changed);
  out["syncState"] = json_text(okta::name_of(user.sync_state));
  out["lastSync"] = time_json(user.last_sync);
  out["credentials"] = JsonObject{{"userName", json_text(user.user_name)}};
  out["profile"] = std::move(profile);
  out["_links"] = std::move(links);
  return out;
}

JsonObject app_group_json(const App& app, const AppGroup& group, const Request& request) {
  JsonObject out;
  out["id"] = json_text(group.group.text());
  out["lastUpdated"] = time_json(group.last_updated);
  out["priority"] = group.priority;
  out["profile"] = JsonObject{};
  JsonObject links;
  links["app"] = link_to(place_of(app, request));
  links["group"] = link_to(fmt::format("{}/api/v1/groups/{}", request.origin, group.group.text()));
  out["_links"] = std::move(links);
  return out;
}

JsonObject connection_json(const App& app) {
  JsonObject out;
  out["authScheme"] = json_text(name_of(app.connection.auth_scheme));
  out["status"] = switch_json(app.connection.enabled);
  out["baseUrl"] = text_or_null(app.connection.base_url);
  out["profile"] = JsonObject{{"authScheme", json_text(name_of(app.connection.auth_scheme))}};
  return out;
}

JsonObject feature_json(const App& app) {
  const auto& settings = app.provisioning;
  JsonObject password;
  password["status"] = switch_json(settings.password);
  password["seed"] = settings.seed == PasswordSeed::okta ? "OKTA" : "RANDOM";
  password["change"] = settings.change == PasswordChange::change ? "CHANGE" : "KEEP_EXISTING";
  JsonObject update;
  update["profile"] = JsonObject{{"status", switch_json(settings.update)}};
  update["lifecycleDeactivate"] = JsonObject{{"status", switch_json(settings.deactivate)}};
  update["password"] = std::move(password);
  JsonObject capabilities;
  capabilities["create"] = JsonObject{{"lifecycleCreate", JsonObject{{"status", switch_json(settings.create)}}}};
  capabilities["update"] = std::move(update);
  JsonObject out;
  out["name"] = "USER_PROVISIONING";
  out["status"] = switch_json(app.provisions());
  out["description"] = "User provisioning settings from Okta to a downstream application";
  out["capabilities"] = std::move(capabilities);
  return out;
}

JsonObject mapping_json(const PushMapping& mapping) {
  JsonObject out;
  out["id"] = json_text(mapping.id.text());
  out["created"] = time_json(mapping.created);
  out["lastUpdated"] = time_json(mapping.last_updated);
  out["status"] = json_text(name_of(mapping.status));
  out["lastPush"] = time_json(mapping.last_push);
  out["sourceGroupId"] = json_text(mapping.group.text());
  out["targetGroupId"] = text_or_null(mapping.external_id);
  if (!mapping.error.empty()) out["errorSummary"] = json_text(mapping.error);
  return out;
}

}  // namespace fakes::okta::api
