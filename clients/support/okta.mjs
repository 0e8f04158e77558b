// Okta's management SDK, as the settings have it: it reads OKTA_CLIENT_ORGURL and OKTA_CLIENT_TOKEN by itself.
import okta from "@okta/okta-sdk-nodejs";

export const oktaClient = () => new okta.Client();

/** Everything in a collection, each as it is. */
export async function listed(collection) {
  const out = [];
  await (await collection).each((one) => {
    out.push(one);
  });
  return out;
}

/** An app for the web that sends people back to `address`, with somebody who is assigned: its client's id and secret. */
export async function makeOktaApp(client, address, login) {
  const app = await client.applicationApi.createApplication({
    application: {
      name: "oidc_client",
      label: "Portal",
      signOnMode: "OPENID_CONNECT",
      credentials: { oauthClient: { token_endpoint_auth_method: "client_secret_basic" } },
      settings: { oauthClient: { redirect_uris: [address], grant_types: ["authorization_code", "refresh_token"], response_types: ["code"], application_type: "web" } },
    },
  });
  const user = await client.userApi.getUser({ userId: login });
  await client.applicationApi.assignUserToApplication({ appId: app.id, appUser: { id: user.id, scope: "USER" } });
  const { client_id: id, client_secret: secret } = app.credentials.oauthClient;
  return { id, secret, user: user.id };
}
