#include "serve/accounts.h"

#include <chrono>
#include <iterator>

namespace serve {
namespace {

std::vector<std::string> all_redirect_uris() { return {std::begin(redirect_uris), std::end(redirect_uris)}; }

}  // namespace

Accounts open_accounts(scenarios::Cast& cast) {
  Accounts accounts;
  auto& recorder = cast.world().recorder();
  auto& applications = cast.tenant().applications();
  auto& app = applications.register_app("Outside");
  app.permissions = {"User.ReadWrite.All",      "User-PasswordProfile.ReadWrite.All", "User.DeleteRestore.All", "Group.ReadWrite.All",
                     "GroupMember.ReadWrite.All", "Directory.ReadWrite.All",            "AuditLog.Read.All",      "Organization.Read.All"};
  app.delegated = {"User.Read", "User.ReadWrite.All", "Group.ReadWrite.All", "Directory.AccessAsUser.All"};
  app.redirect_uris = all_redirect_uris();
  app.spa_redirect_uris = {"http://localhost:5173", "http://localhost:4200"};
  const auto& secret = applications.add_secret(app, "outside", cast.scheduler().now() + std::chrono::years{10});
  recorder.witness(secret.value);
  accounts.tenant_id = cast.tenant().id();
  accounts.entra_client_id = app.app_id;
  accounts.entra_client_secret = secret.value;

  fakes::okta::OidcClient client;
  client.redirect_uris = all_redirect_uris();
  client.grant_types = {"authorization_code", "refresh_token", "client_credentials", "password"};
  client.api_scopes = {"okta.users.read", "okta.users.manage", "okta.groups.read", "okta.groups.manage", "okta.apps.read", "okta.apps.manage", "okta.logs.read"};
  fakes::okta::NewApp outside{.label = "Outside"};
  outside.oidc = std::move(client);
  if (const auto id = cast.okta().create_app(outside)) {
    const auto& made = *cast.okta().find(*id);
    accounts.okta_client_id = made.oidc->client_id;
    accounts.okta_client_secret = made.oidc->client_secret;
    recorder.witness(accounts.okta_client_secret);
    for (const auto& [name, person] : cast.people()) {
      if (person.okta_id) (void)cast.okta().assign(*id, *person.okta_id);
    }
  }
  accounts.okta_api_token = cast.okta_api_token();
  accounts.scim_token = cast.scim_token();
  accounts.admin_key = cast.admin_key();
  accounts.connect_key = cast.connect_key();
  return accounts;
}

}  // namespace serve
