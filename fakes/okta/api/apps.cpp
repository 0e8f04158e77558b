#include "fakes/okta/api/apps.h"

#include "base/encoding.h"
#include "fakes/okta/api/app_json.h"

namespace fakes::okta::api {
namespace {

/// The answer shows the app as it is after the change.
Reply shown(const Call& call, const AppId& id, const Outcome<void>& done) {
  if (!done) return std::unexpected(done.error());
  return json_answer(app_json(*call.org().find(id), call.request));
}

/// With the app that the path names, or the refusal where there is none.
template <class Use>
Reply with_app(const Call& call, Use use) {
  const auto app = app_of(call, call.keys.front());
  if (!app) return std::unexpected(app.error());
  return use(**app);
}

Reply set_status(const Call& call, AppStatus status) {
  return with_app(call, [&](const App& app) -> Reply {
    const auto done = told(call.org().set_app_status(app.id, status, call.actor()));
    if (!done) return std::unexpected(done.error());
    return empty_object();
  });
}

std::vector<std::string> texts_at(const base::JsonObject& object, std::string_view name) {
  std::vector<std::string> out;
  const auto* list = base::member(object, name);
  if (list == nullptr || !list->is_array()) return out;
  for (const auto& entry : list->get_array()) {
    if (entry.is_string()) out.emplace_back(base::as_text(entry.get_string()));
  }
  return out;
}

Outcome<OidcClient> read_oidc(const base::JsonObject& body) {
  OidcClient client;
  const auto settings = object_of(body, "settings");
  if (!settings) return std::unexpected(settings.error());
  const auto oauth = *settings == nullptr ? Outcome<const base::JsonObject*>(nullptr) : object_of(**settings, "oauthClient");
  if (!oauth) return std::unexpected(oauth.error());
  if (*oauth != nullptr) {
    client.redirect_uris = texts_at(**oauth, "redirect_uris");
    client.post_logout_redirect_uris = texts_at(**oauth, "post_logout_redirect_uris");
    client.application_type = base::string_or(base::Json(**oauth), "application_type", client.application_type);
    const auto grants = texts_at(**oauth, "grant_types");
    if (!grants.empty()) client.grant_types = {grants.begin(), grants.end()};
  }
  const auto credentials = object_of(body, "credentials");
  if (!credentials) return std::unexpected(credentials.error());
  const auto given = *credentials == nullptr ? Outcome<const base::JsonObject*>(nullptr) : object_of(**credentials, "oauthClient");
  if (!given) return std::unexpected(given.error());
  if (*given != nullptr) {
    const base::Json json(**given);
    client.client_id = base::string_or(json, "client_id", "");
    client.client_secret = base::Secret(base::string_or(json, "client_secret", ""));
    client.auth_method = base::string_or(json, "token_endpoint_auth_method", client.auth_method);
    client.pkce_required = base::bool_member(json, "pkce_required").value_or(false);
  }
  return client;
}

Outcome<std::optional<bool>> switch_at(const base::JsonObject* object, std::string_view name) {
  if (object == nullptr) return std::nullopt;
  const auto inner = object_of(*object, name);
  if (!inner) return std::unexpected(inner.error());
  if (*inner == nullptr) return std::nullopt;
  const auto status = text_of(**inner, "status");
  if (!status) return std::unexpected(status.error());
  if (!*status) return std::nullopt;
  if (**status != "ENABLED" && **status != "DISABLED") return invalid("status", "ENABLED or DISABLED is expected");
  return **status == "ENABLED";
}

Outcome<ProvisioningSettings> read_capabilities(const base::JsonObject& body, ProvisioningSettings settings) {
  const auto create = object_of(body, "create");
  if (!create) return std::unexpected(create.error());
  const auto update = object_of(body, "update");
  if (!update) return std::unexpected(update.error());
  const auto set = [](const Outcome<std::optional<bool>>& value, bool& field) { field = value && *value ? **value : field; };
  const auto creates = switch_at(*create, "lifecycleCreate");
  const auto updates = switch_at(*update, "profile");
  const auto deactivates = switch_at(*update, "lifecycleDeactivate");
  const auto passwords = switch_at(*update, "password");
  for (const auto* read : {&creates, &updates, &deactivates, &passwords}) {
    if (!*read) return std::unexpected(read->error());
  }
  set(creates, settings.create);
  set(updates, settings.update);
  set(deactivates, settings.deactivate);
  set(passwords, settings.password);
  const auto* password = *update == nullptr ? nullptr : base::member(**update, "password");
  if (password == nullptr) return settings;
  const auto seed = base::string_or(*password, "seed", settings.seed == PasswordSeed::okta ? "OKTA" : "RANDOM");
  const auto change = base::string_or(*password, "change", settings.change == PasswordChange::change ? "CHANGE" : "KEEP_EXISTING");
  if (seed != "OKTA" && seed != "RANDOM") return invalid("seed", "OKTA or RANDOM is expected");
  if (change != "CHANGE" && change != "KEEP_EXISTING") return invalid("change", "CHANGE or KEEP_EXISTING is expected");
  settings.seed = seed == "OKTA" ? PasswordSeed::okta : PasswordSeed::random;
  settings.change = change == "CHANGE" ? PasswordChange::change : PasswordChange::keep_existing;
  return settings;
}

Reply set_enabled(const Call& call, bool enabled) {
  return with_app(call, [&](const App& app) -> Reply {
    auto connection = app.connection;
    connection.enabled = enabled;
    const auto done = told(call.org().set_connection(app.id, connection, call.actor()));
    if (!done) return std::unexpected(done.error());
    return no_content();
  });
}

Outcome<void> has_features(const Call& call, const App& app) {
  const bool named = call.keys.size() < 2 || call.keys[1] == "USER_PROVISIONING";
  if (named && app.can_provision) return {};
  return no_such("Feature", named ? std::string_view("USER_PROVISIONING") : std::string_view(call.keys[1]));
}

}  // namespace

Reply create_app(const Call& call) {
  const auto body = read_object(call.request);
  if (!body) return std::unexpected(body.error());
  const auto label = text_of(*body, "label");
  if (!label) return std::unexpected(label.error());
  const auto name = text_of(*body, "name");
  if (!name) return std::unexpected(name.error());
  const auto mode = text_of(*body, "signOnMode");
  if (!mode) return std::unexpected(mode.error());
  NewApp app;
  app.label = label->value_or("");
  app.name = name->value_or("");
  app.can_provision = app.name.starts_with("scim2");
  if (*mode == "OPENID_CONNECT" || app.name == "oidc_client") {
    auto client = read_oidc(*body);
    if (!client) return std::unexpected(client.error());
    app.oidc = *std::move(client);
  }
  const auto id = told(call.org().create_app(app, call.actor()));
  if (!id) return std::unexpected(id.error());
  return json_answer(new_app_json(*call.org().find(*id), call.request));
}

Reply list_apps(const Call& call) {
  const auto page = read_page(call.request, {20, 200});
  if (!page) return std::unexpected(page.error());
  const auto q = base::to_lower(call.request.parameter("q").value_or(""));
  Listing listing(*page);
  const auto& apps = call.org().apps();
  for (auto at = apps.upper_bound(AppId{listing.after()}); at != apps.end(); ++at) {
    const auto& app = at->second;
    const bool found = base::to_lower(app.label).starts_with(q) || base::to_lower(app.name).starts_with(q);
    if (found && !listing.add(at->first.text(), app_json(app, call.request))) break;
  }
  return listing.answer(call.request);
}

Reply read_app(const Call& call) {
  return with_app(call, [&](const App& app) -> Reply { return json_answer(app_json(app, call.request)); });
}

Reply replace_app(const Call& call) {
  return with_app(call, [&](const App& app) -> Reply {
    const auto body = read_object(call.request);
    if (!body) return std::unexpected(body.error());
    const auto label = text_of(*body, "label");
    if (!label) return std::unexpected(label.error());
    return shown(call, app.id, told(call.org().set_app_label(app.id, label->value_or(""), call.actor())));
  });
}

Reply delete_app(const Call& call) {
  return with_app(call, [&](const App& app) -> Reply {
    const auto id = app.id;
    const auto done = told(call.org().remove_app(id, call.actor()));
    if (!done) return std::unexpected(done.error());
    return no_content();
  });
}

Reply activate_app(const Call& call) { return set_status(call, AppStatus::active); }
Reply deactivate_app(const Call& call) { return set_status(call, AppStatus::inactive); }

Reply read_connection(const Call& call) {
  return with_app(call, [](const App& app) -> Reply { return json_answer(connection_json(app)); });
}

Reply set_connection(const Call& call) {
  return with_app(call, [&](const App& app) -> Reply {
    const auto body = read_object(call.request);
    if (!body) return std::unexpected(body.error());
    const auto profile = object_of(*body, "profile");
    if (!profile) return std::unexpected(profile.error());
    if (*profile == nullptr) return invalid("profile", "The field cannot be left blank");
    const auto activate = call.request.flag("activate", false);
    if (!activate) return std::unexpected(activate.error());
    const base::Json json(**profile);
    auto connection = app.connection;
    const auto scheme = base::string_or(json, "authScheme", "");
    if (scheme != "TOKEN" && scheme != "OAUTH2") return invalid("authScheme", "TOKEN or OAUTH2 is expected");
    connection.auth_scheme = scheme == "TOKEN" ? ProvisioningConnection::AuthScheme::token : ProvisioningConnection::AuthScheme::oauth2;
    if (const auto token = base::string_member(json, "token")) connection.token = base::Secret(*token);
    connection.base_url = base::string_or(base::Json(*body), "baseUrl", connection.base_url);
    connection.enabled = connection.enabled || *activate;
    if (call.context.to_test != nullptr && app.can_provision) {
      *call.context.to_test = UntestedConnection{app.id, std::move(connection), call.actor()};
      return json_answer(connection_json(app));  // whoever tests it answers instead
    }
    const auto done = told(call.org().set_connection(app.id, connection, call.actor()));
    if (!done) return std::unexpected(done.error());
    return json_answer(connection_json(*call.org().find(app.id)));
  });
}

Reply activate_connection(const Call& call) { return set_enabled(call, true); }
Reply deactivate_connection(const Call& call) { return set_enabled(call, false); }

Reply list_features(const Call& call) {
  return with_app(call, [&](const App& app) -> Reply {
    if (!has_features(call, app)) return json_answer(base::JsonArray{});
    return json_answer(base::JsonArray{feature_json(app)});
  });
}

Reply read_feature(const Call& call) {
  return with_app(call, [&](const App& app) -> Reply {
    if (const auto there = has_features(call, app); !there) return std::unexpected(there.error());
    return json_answer(feature_json(app));
  });
}

Reply update_feature(const Call& call) {
  return with_app(call, [&](const App& app) -> Reply {
    if (const auto there = has_features(call, app); !there) return std::unexpected(there.error());
    const auto body = read_object(call.request);
    if (!body) return std::unexpected(body.error());
    const auto settings = read_capabilities(*body, app.provisioning);
    if (!settings) return std::unexpected(settings.error());
    const auto done = told(call.org().set_provisioning(app.id, *settings, call.actor()));
    if (!done) return std::unexpected(done.error());
    return json_answer(feature_json(*call.org().find(app.id)));
  });
}

}  // namespace fakes::okta::api
