// Microsoft's Graph client with @azure/identity behind it, as the settings of a world with --tls have it.
import { ClientSecretCredential } from "@azure/identity";
import { Client } from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";
import { graphOrigin, setting } from "./settings.mjs";

export const graphScope = "https://graph.microsoft.com/.default";

export function credential(secret = setting("AZURE_CLIENT_SECRET")) {
  return new ClientSecretCredential(setting("AZURE_TENANT_ID"), setting("AZURE_CLIENT_ID"), secret, {
    authorityHost: setting("AZURE_AUTHORITY_HOST"),
    disableInstanceDiscovery: true,
  });
}

/** A client with a credential of its own, and so without a token. */
export function graphClient() {
  return Client.initWithMiddleware({
    baseUrl: graphOrigin(),
    defaultVersion: "v1.0",
    customHosts: new Set(["localhost"]),
    authProvider: new TokenCredentialAuthenticationProvider(credential(), { scopes: [graphScope] }),
  });
}

/** A new user as Graph wants to be told of one. */
export const newUser = (name, more = {}) => ({
  accountEnabled: true,
  displayName: `${name} of Example`,
  mailNickname: name,
  userPrincipalName: `${name}@example.test`,
  passwordProfile: { password: "Correct-Horse-1", forceChangePasswordNextSignIn: false },
  ...more,
});
