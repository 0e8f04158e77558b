// openid-client signs people in at Entra and at Okta: discovery, a code with PKCE, and what it checks of the answers. The pages
// are filled in by a browser, and the way back leads to a listener on a free port.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import * as client from "openid-client";
import { fillIn, listenForReturn, noBrowser, startBrowser } from "../support/browser.mjs";
import { advance, play, reset, secret } from "../support/control.mjs";
import { graphScope } from "../support/graph.mjs";
import { makeOktaApp, oktaClient } from "../support/okta.mjs";
import { setting } from "../support/settings.mjs";

let browser, listener;
before(async () => {
  listener = await listenForReturn("/callback");
  if (!noBrowser) browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await listener.close();
});
beforeEach(reset);

const entra = {
  name: "Entra",
  issuer: setting("LOCKSTEP_ENTRA_AUTHORITY") + "/v2.0",
  person: "ann",
  scope: "openid profile email offline_access",
  async discover() {
    return client.discovery(new URL(this.issuer), setting("AZURE_CLIENT_ID"), setting("AZURE_CLIENT_SECRET"));
  },
  async fillIn(page, password) {
    await fillIn(page, { loginfmt: "ann@example.test" });
    await fillIn(page, { passwd: password });
  },
};

const okta = {
  name: "Okta",
  issuer: setting("OKTA_CLIENT_ORGURL"),
  person: "cyd",
  scope: "openid profile email offline_access",
  async discover() {
    const app = await makeOktaApp(oktaClient(), listener.address, "cyd@example.test");
    return client.discovery(new URL(this.issuer), app.id, app.secret, client.ClientSecretBasic(app.secret));
  },
  async fillIn(page, password) {
    await fillIn(page, { username: "cyd@example.test", password });
  },
};

/** What an app remembers while somebody signs in, and where it sends them. */
async function begin(idp, config) {
  const verifier = client.randomPKCECodeVerifier();
  const checks = { pkceCodeVerifier: verifier, expectedState: client.randomState(), expectedNonce: client.randomNonce(), idTokenExpected: true };
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: listener.address,
    scope: idp.scope,
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  return { address, checks };
}

/** Where a new visitor's browser is sent once the password is right. */
async function signIn(idp, address) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.goto(address.href);
    await idp.fillIn(page, await secret(`${idp.person}-password`));
    return await listener.next();
  } finally {
    await context.close();
  }
}

for (const idp of [entra, okta]) {
  test(`${idp.name}: a code is redeemed for tokens that hold`, { skip: noBrowser }, async () => {
    const config = await idp.discover();
    assert.equal(config.serverMetadata().issuer, idp.issuer);
    client.enableNonRepudiationChecks(config);  // signatures too, by the published keys
    const { address, checks } = await begin(idp, config);
    const tokens = await client.authorizationCodeGrant(config, await signIn(idp, address), checks);
    const claims = tokens.claims();
    assert.equal(claims.iss, idp.issuer);
    assert.equal(claims.aud, config.clientMetadata().client_id);
    assert.equal(claims.nonce, checks.expectedNonce);
    assert.equal(claims.preferred_username, `${idp.person}@example.test`);

    const info = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
    assert.equal(info.sub, claims.sub);
    const renewed = await client.refreshTokenGrant(config, tokens.refresh_token);
    assert.notEqual(renewed.access_token, tokens.access_token);
    assert.equal(renewed.claims().sub, claims.sub);
  });

  test(`${idp.name}: another nonce, state, verifier or signature is refused`, { skip: noBrowser }, async () => {
    const config = await idp.discover();
    client.enableNonRepudiationChecks(config);
    const attempt = async (wrong) => {
      const { address, checks } = await begin(idp, config);
      const back = await signIn(idp, address);
      return client.authorizationCodeGrant(config, back, { ...checks, ...wrong });
    };
    await assert.rejects(attempt({ expectedNonce: client.randomNonce() }), { code: "OAUTH_JWT_CLAIM_COMPARISON_FAILED" });
    await assert.rejects(attempt({ expectedState: client.randomState() }), { code: "OAUTH_INVALID_RESPONSE" });
    await assert.rejects(attempt({ pkceCodeVerifier: client.randomPKCECodeVerifier() }), { error: "invalid_grant" });

    config[client.customFetch] = async (url, options) => {
      const response = await fetch(url, options);
      if (url !== config.serverMetadata().token_endpoint) return response;
      const body = await response.json();
      const [head, claims, signature] = body.id_token.split(".");
      body.id_token = [head, claims, signature.startsWith("A") ? `B${signature.slice(1)}` : `A${signature.slice(1)}`].join(".");
      return Response.json(body);
    };
    await assert.rejects(attempt({}), (error) => {
      assert.match(String(error.cause?.message ?? error.message), /signature verification failed/);
      return true;
    });
  });

  test(`${idp.name}: a code is good once, and for a while`, { skip: noBrowser }, async () => {
    const config = await idp.discover();
    const first = await begin(idp, config);
    const back = await signIn(idp, first.address);
    await client.authorizationCodeGrant(config, back, first.checks);
    await assert.rejects(client.authorizationCodeGrant(config, back, first.checks), { error: "invalid_grant" });
    const second = await begin(idp, config);
    const late = await signIn(idp, second.address);
    await advance("11m");
    await assert.rejects(client.authorizationCodeGrant(config, late, second.checks), { error: "invalid_grant" });
  });

  test(`${idp.name}: who mistypes the password is told so and stays`, { skip: noBrowser }, async () => {
    const config = await idp.discover();
    const { address } = await begin(idp, config);
    const context = await browser.createBrowserContext();
    try {
      const page = await context.newPage();
      await page.goto(address.href);
      await idp.fillIn(page, "Wrong-Horse-1");
      assert.equal(new URL(page.url()).origin, new URL(idp.issuer).origin);
      assert.match(await page.$eval("#error", (error) => error.textContent), /password|sign in/i);
      assert.deepEqual(listener.visits, []);
    } finally {
      await context.close();
    }
  });
}

test("Entra: who is disabled does not get in, and their refresh token ends", { skip: noBrowser }, async () => {
  const config = await entra.discover();
  const { address, checks } = await begin(entra, config);
  const tokens = await client.authorizationCodeGrant(config, await signIn(entra, address), checks);
  await play("entra.disable_user: {user: ann}");
  await assert.rejects(client.refreshTokenGrant(config, tokens.refresh_token), { error: "invalid_grant" });
});

test("Entra: an app by itself has a token for Graph", async () => {
  const config = await entra.discover();
  const tokens = await client.clientCredentialsGrant(config, { scope: graphScope });
  const answer = await client.fetchProtectedResource(config, tokens.access_token, new URL(`${setting("LOCKSTEP_GRAPH_URL")}/users/ann@example.test`), "GET");
  assert.equal(answer.status, 200);
  assert.equal((await answer.json()).displayName, "Ann Archer");
  const wrong = await client.discovery(new URL(entra.issuer), setting("AZURE_CLIENT_ID"), "no such secret");
  await assert.rejects(client.clientCredentialsGrant(wrong, { scope: graphScope }), { error: "invalid_client", status: 401 });
});
