// @okta/okta-sdk-nodejs against the served org: people, groups, apps, pages, the log, and what it does when it is refused.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import okta from "@okta/okta-sdk-nodejs";
import { advance, inject, reset, watch } from "../support/control.mjs";
import { listed, makeOktaApp, oktaClient } from "../support/okta.mjs";
import { setting } from "../support/settings.mjs";

let client;
beforeEach(async () => {
  await reset();
  client = oktaClient();
});

const logins = (users) => users.map(({ profile }) => profile.login.split("@")[0]).sort();
const createUser = (name) =>
  client.userApi.createUser({
    activate: true,
    body: { profile: { login: `${name}@example.test`, email: `${name}@example.test`, firstName: name, lastName: "Example" }, credentials: { password: { value: "Wombat-4711" } } },
  });

test("somebody is created, read, changed, suspended and removed", async () => {
  const made = await createUser("eve");
  assert.equal(made.status, "ACTIVE");
  assert.equal((await client.userApi.getUser({ userId: "eve@example.test" })).id, made.id);
  await client.userApi.updateUser({ userId: made.id, user: { profile: { department: "Sales" } } });
  const read = await client.userApi.getUser({ userId: made.id });
  assert.equal(read.profile.department, "Sales");
  assert.equal(read.profile.firstName, "eve");

  await client.userApi.suspendUser({ userId: made.id });
  assert.equal((await client.userApi.getUser({ userId: made.id })).status, "SUSPENDED");
  await client.userApi.deactivateUser({ userId: made.id });
  await client.userApi.deleteUser({ userId: made.id });
  await assert.rejects(client.userApi.getUser({ userId: made.id }), (error) => {
    assert.equal(error.status, 404);
    assert.equal(error.errorCode, "E0000007");
    return true;
  });
});

test("it follows the links from page to page", async () => {
  for (const name of ["eve", "fay", "gil"]) await createUser(name);
  const asked = await watch();
  assert.deepEqual(logins(await listed(client.userApi.listUsers({ limit: 2 }))), ["cyd", "dee", "eve", "fay", "gil"]);
  const pages = (await asked()).map(({ request }) => request.target);
  assert.equal(pages.length, 3);
  assert.ok(pages.slice(1).every((target) => target.includes("after=")), pages.join("\n"));
});

test("people come to a group and go", async () => {
  const group = await client.groupApi.createGroup({ group: { profile: { name: "Support" } } });
  const dee = await client.userApi.getUser({ userId: "dee@example.test" });
  await client.groupApi.assignUserToGroup({ groupId: group.id, userId: dee.id });
  assert.deepEqual(logins(await listed(client.groupApi.listGroupUsers({ groupId: group.id }))), ["dee"]);
  await client.groupApi.unassignUserFromGroup({ groupId: group.id, userId: dee.id });
  assert.deepEqual(await listed(client.groupApi.listGroupUsers({ groupId: group.id })), []);
});

test("who makes an app is told its secret, and assigns people to it", async () => {
  const app = await makeOktaApp(client, "http://localhost/callback", "dee@example.test");
  assert.match(app.id, /^0oa/);
  assert.ok(app.secret.length >= 40);
  const assigned = await listed(client.applicationApi.listApplicationUsers({ appId: app.id }));
  assert.deepEqual(assigned.map(({ id }) => id), [app.user]);
});

test("the system log tells what was done", async () => {
  const made = await createUser("eve");
  const events = await listed(client.systemLogApi.listLogEvents({ filter: 'eventType eq "user.lifecycle.create"' }));
  assert.ok(events.some(({ target }) => target.some(({ id }) => id === made.id)), JSON.stringify(events));
});

test("what is between here and there may fail, and is told", async () => {
  const asked = await watch();
  await inject({ fault: "answer_instead", to: "okta", status: 503, count: 1 });
  await assert.rejects(listed(client.userApi.listUsers()), { status: 503 });
  assert.deepEqual(logins(await listed(client.userApi.listUsers())), ["cyd", "dee"]);
  assert.deepEqual((await asked()).map(({ response }) => response.status), [503, 200]);
});

test("it waits for the reset that a 429 names, and asks again", async () => {
  const executor = new okta.DefaultRequestExecutor();
  const patient = new okta.Client({ requestExecutor: executor });
  const list = () => listed(patient.applicationApi.listApplications());
  const delays = [];
  executor.on("backoff", (request, response, id, milliseconds) => {
    delays.push(milliseconds);
    void advance(`${milliseconds}ms`);  // the org's clock does not move by itself
  });
  await list();
  await advance("58s");
  // Half of a hundred requests a minute are for one token.
  for (let made = 1; made < 50; ++made) await list();
  assert.deepEqual(delays, []);
  const asked = await watch();
  assert.ok((await list()).length > 0);
  assert.equal(delays.length, 1);
  // Two seconds are left; both ends round to whole ones, and the library adds one.
  assert.ok(delays[0] > 0 && delays[0] <= 4_000, `${delays[0]} ms`);
  assert.deepEqual((await asked()).map(({ response }) => response.status), [429, 200]);
});

test("a token of nobody is refused", async () => {
  const stranger = new okta.Client({ orgUrl: setting("OKTA_CLIENT_ORGURL"), token: "nobody-has-issued-this" });
  await assert.rejects(listed(stranger.userApi.listUsers()), (error) => {
    assert.equal(error.status, 401);
    assert.equal(error.errorCode, "E0000011");
    return true;
  });
});
