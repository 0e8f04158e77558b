// Programs that are told nothing but the proxy and the authority: what they call has its real name. Node's own fetch knows of
// proxies from version 24 on, so before that of these libraries those with a client of their own get there.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { ClientSecretCredential } from "@azure/identity";
import okta from "@okta/okta-sdk-nodejs";
import * as msal from "@azure/msal-node";
import { reset, watch } from "../support/control.mjs";
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
