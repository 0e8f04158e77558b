// Programs that are told nothing but the proxy and the authority: what they call has its real name. Node's own fetch knows of
// proxies from version 24 on, so before that of these libraries those with a client of their own get there.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { AuthorizationCodeCredential, ClientSecretCredential } from "@azure/identity";
import * as msal from "@azure/msal-node";
import okta from "@okta/okta-sdk-nodejs";
import { fillIn, listenForReturn, noBrowser, startBrowser } from "../support/browser.mjs";
import { reset, secret, watch } from "../support/control.mjs";
import { listed } from "../support/okta.mjs";
import { setting } from "../support/settings.mjs";

beforeEach(reset);

const graphScope = "https://graph.microsoft.com/.default";
const claimsOf = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
const hosts = (exchanges) => exchanges.map(({ request }) => request.headers.find(({ name }) => name.toLowerCase() === "host").value);

test("@azure/identity has a token of login.microsoftonline.com", async () => {
  const asked = await watch();
  const credential = new ClientSecretCredential(setting("AZURE_TENANT_ID"), setting("AZURE_CLIENT_ID"), setting("AZURE_CLIENT_SECRET"));
  const { token } = await credential.getToken(graphScope);
  const claims = claimsOf(token);
  assert.equal(claims.iss, `https://sts.windows.net/${setting("AZURE_TENANT_ID")}/`);
  assert.equal(claims.appid, setting("AZURE_CLIENT_ID"));
  const names = new Set(hosts(await asked()));
  assert.deepEqual([...names], ["login.microsoftonline.com"]);
});

test("@okta/okta-sdk-nodejs reads an org of okta.com page by page", async () => {
  const client = new okta.Client({ orgUrl: "https://acme.okta.com", token: setting("OKTA_CLIENT_TOKEN") });
  const asked = await watch();
  const users = await listed(client.userApi.listUsers({ limit: 1 }));
  assert.deepEqual(users.map(({ profile }) => profile.login).sort(), ["cyd@example.test", "dee@example.test"]);
  assert.ok(users.every(({ _links }) => _links.self.href.startsWith("https://acme.okta.com/api/v1/users/")));
  assert.deepEqual(hosts(await asked()), ["acme.okta.com", "acme.okta.com"]);
});

test("somebody signs in at login.microsoftonline.com, and @azure/identity redeems the code", { skip: noBrowser }, async () => {
  const authority = "https://login.microsoftonline.com";
  const listener = await listenForReturn("");
  const browser = await startBrowser(authority);
  try {
    const page = await browser.newPage();
    const asked = new URLSearchParams({ client_id: setting("AZURE_CLIENT_ID"), response_type: "code", redirect_uri: listener.address, scope: "openid User.Read" });
    await page.goto(`${authority}/${setting("AZURE_TENANT_ID")}/oauth2/v2.0/authorize?${asked}`);
    await fillIn(page, { loginfmt: "bob@example.test" });
    assert.equal(new URL(page.url()).origin, authority);
    await fillIn(page, { passwd: await secret("bob-password") });
    const code = (await listener.next()).searchParams.get("code");
    const credential = new AuthorizationCodeCredential(setting("AZURE_TENANT_ID"), setting("AZURE_CLIENT_ID"), setting("AZURE_CLIENT_SECRET"), code, listener.address);
    const claims = claimsOf((await credential.getToken("https://graph.microsoft.com/User.Read")).token);
    assert.equal(claims.upn, "bob@example.test");
    assert.ok(claims.scp.split(" ").includes("User.Read"), claims.scp);
  } finally {
    await browser.close();
    await listener.close();
  }
});

const old = Number(process.versions.node.split(".")[0]) < 24 && `the fetch of Node ${process.versions.node} knows of no proxies`;
test("@azure/msal-node has a token of login.microsoftonline.com", { skip: old }, async () => {
  const client = new msal.ConfidentialClientApplication({
    auth: {
      clientId: setting("AZURE_CLIENT_ID"),
      clientSecret: setting("AZURE_CLIENT_SECRET"),
      authority: `https://login.microsoftonline.com/${setting("AZURE_TENANT_ID")}`,
    },
  });
  const { accessToken } = await client.acquireTokenByClientCredential({ scopes: [graphScope] });
  assert.equal(claimsOf(accessToken).appid, setting("AZURE_CLIENT_ID"));
});
