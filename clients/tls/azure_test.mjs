// @azure/msal-node and @azure/identity against the served Entra: an app by itself, and somebody who signs in.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import * as msal from "@azure/msal-node";
import { fillIn, listenForReturn, noBrowser, startBrowser } from "../support/browser.mjs";
import { play, reset, secret, watch } from "../support/control.mjs";
import { credential, graphScope } from "../support/graph.mjs";
import { setting } from "../support/settings.mjs";

let browser, listener;
before(async () => {
  listener = await listenForReturn("");
  if (!noBrowser) browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await listener.close();
});
beforeEach(reset);

const authority = setting("LOCKSTEP_ENTRA_AUTHORITY");
const app = (clientSecret = setting("AZURE_CLIENT_SECRET")) =>
  new msal.ConfidentialClientApplication({
    auth: { clientId: setting("AZURE_CLIENT_ID"), clientSecret, authority, knownAuthorities: [new URL(authority).host] },
  });
const claimsOf = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
async function readUser(name, token) {
  const answer = await fetch(`${setting("LOCKSTEP_GRAPH_URL")}/${name}`, { headers: { Authorization: `Bearer ${token}` } });
  return { status: answer.status, body: await answer.json() };
}

test("msal-node: an app by itself has a token for Graph, and keeps it", async () => {
  const client = app();
  const asked = await watch();
  const { accessToken, fromCache } = await client.acquireTokenByClientCredential({ scopes: [graphScope] });
  assert.equal(fromCache, false);
  assert.equal(claimsOf(accessToken).tid, setting("AZURE_TENANT_ID"));
  assert.equal(claimsOf(accessToken).appid, setting("AZURE_CLIENT_ID"));
  assert.equal((await readUser("users/bob@example.test", accessToken)).body.displayName, "Bob Baker");
  const again = await client.acquireTokenByClientCredential({ scopes: [graphScope] });
  assert.equal(again.fromCache, true);
  assert.equal(again.accessToken, accessToken);
  assert.equal((await asked()).filter(({ request }) => request.method === "POST" && request.target.includes("/oauth2/v2.0/token")).length, 1);
});

test("msal-node: a wrong secret is refused in Entra's words", async () => {
  await assert.rejects(app("no such secret").acquireTokenByClientCredential({ scopes: [graphScope] }), (error) => {
    assert.equal(error.errorCode, "invalid_client");
    assert.match(error.errorMessage, /AADSTS7000215/);
    return true;
  });
});

test("msal-node: somebody signs in, and the token is renewed in silence until they are disabled", { skip: noBrowser }, async () => {
  const client = app();
  const { verifier, challenge } = await new msal.CryptoProvider().generatePkceCodes();
  const redirectUri = listener.address;
  const scopes = ["User.Read"];
  const address = await client.getAuthCodeUrl({ redirectUri, scopes, codeChallenge: challenge, codeChallengeMethod: "S256", state: "of this test" });
  const page = await browser.newPage();
  await page.goto(address);
  await fillIn(page, { loginfmt: "ann@example.test" });
  await fillIn(page, { passwd: await secret("ann-password") });
  const back = await listener.next();
  assert.equal(back.searchParams.get("state"), "of this test");

  const signedIn = await client.acquireTokenByCode({ redirectUri, scopes, code: back.searchParams.get("code"), codeVerifier: verifier });
  assert.equal(signedIn.account.username, "ann@example.test");
  assert.equal(signedIn.account.tenantId, setting("AZURE_TENANT_ID"));
  assert.equal((await readUser("me", signedIn.accessToken)).body.displayName, "Ann Archer");

  const renew = () => client.acquireTokenSilent({ account: signedIn.account, scopes, forceRefresh: true });
  assert.notEqual((await renew()).accessToken, signedIn.accessToken);
  await play("entra.disable_user: {user: ann}");
  await assert.rejects(renew(), { errorCode: "invalid_grant" });
});

test("@azure/identity: a token for Graph, and the reason where there is none", async () => {
  const { token, expiresOnTimestamp } = await credential().getToken(graphScope);
  assert.equal((await readUser("users/ann@example.test", token)).status, 200);
  const minutes = (expiresOnTimestamp - Date.now()) / 60_000;
  assert.ok(minutes > 50 && minutes <= 90, `${minutes} minutes`);
  await assert.rejects(credential("no such secret").getToken(graphScope), /AADSTS7000215/);
});
