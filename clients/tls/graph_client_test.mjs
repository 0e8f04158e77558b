// @microsoft/microsoft-graph-client: users, groups, pages, delta queries, batches, and what it does when it is refused.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { BatchRequestContent, BatchResponseContent, GraphError, PageIterator, RetryHandlerOptions } from "@microsoft/microsoft-graph-client";
import { advance, inject, mend, reset, setQuirks, watch } from "../support/control.mjs";
import { graphClient, newUser } from "../support/graph.mjs";
import { graphOrigin, setting } from "../support/settings.mjs";

let graph;
beforeEach(async () => {
  await reset();
  graph = graphClient();
});

const names = (list) => list.map((user) => user.userPrincipalName.split("@")[0]).sort();
const targets = (exchanges, method = "GET") => exchanges.filter(({ to, request }) => to === "graph" && request.method === method).map(({ request }) => request.target);

/** Status and body of each answer to a batch, by its request's id. The client takes parallel, serial or same dependencies. */
async function askAtOnce(...requests) {
  const answers = new BatchResponseContent(await graph.api("/$batch").post(await new BatchRequestContent(requests).getContent()));
  const bodies = {};
  for (const { id } of requests) {
    const answer = answers.getResponseById(id);
    bodies[id] = { status: answer.status, body: answer.status === 204 ? undefined : await answer.json() };
  }
  return bodies;
}
const request = (method, path, body) =>
  new Request(graphOrigin() + path, { method, headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body) });

/** Creates users in one batch and gives their ids by name. */
async function createUsers(...wanted) {
  const answers = await askAtOnce(...wanted.map((name) => ({ id: name, request: request("POST", "/users", newUser(name)) })));
  return Object.fromEntries(
    wanted.map((name) => {
      assert.equal(answers[name].status, 201);
      return [name, answers[name].body.id];
    }),
  );
}

/** All entries behind a first page, and the link that the last page ends with. */
async function collect(page) {
  const entries = [];
  const iterator = new PageIterator(graph, page, (entry) => entries.push(entry));
  await iterator.iterate();
  assert.ok(iterator.isComplete());
  return { entries, deltaLink: iterator.getDeltaLink() };
}

test("a user is created, read, changed, listed and deleted", async () => {
  const made = await graph.api("/users").post(newUser("eve", { department: "Sales", givenName: "Eve" }));
  assert.match(made.id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.equal(made["@odata.context"], `${setting("LOCKSTEP_GRAPH_URL")}/$metadata#users/$entity`);

  await graph.api(`/users/${made.id}`).update({ department: "Support", jobTitle: "Clerk" });
  const read = await graph.api("/users/eve@example.test").select(["id", "department", "jobTitle", "givenName"]).get();
  delete read["@odata.context"];
  assert.deepEqual(read, { id: made.id, department: "Support", jobTitle: "Clerk", givenName: "Eve" });

  assert.deepEqual(names((await graph.api("/users").get()).value), ["ann", "bob", "eve"]);
  assert.deepEqual(names((await graph.api("/users").filter("department eq 'Support'").get()).value), ["eve"]);

  await graph.api(`/users/${made.id}`).delete();
  assert.deepEqual(names((await graph.api("/users").get()).value), ["ann", "bob"]);
  const deleted = await graph.api("/directory/deletedItems/microsoft.graph.user").get();
  assert.deepEqual(deleted.value.map(({ id }) => id), [made.id]);
});

test("what Graph refuses is a GraphError with its code", async () => {
  await assert.rejects(graph.api("/users").post(newUser("ann")), (error) => {
    assert.ok(error instanceof GraphError);
    assert.equal(error.statusCode, 400);
    assert.equal(error.code, "Request_BadRequest");
    assert.match(error.message, /same value for property userPrincipalName/);
    return true;
  });
  await assert.rejects(graph.api("/users/nobody@example.test").get(), { statusCode: 404, code: "Request_ResourceNotFound" });
});

test("members come to a group and go", async () => {
  const group = await graph.api("/groups").post({ displayName: "Support", mailEnabled: false, mailNickname: "support", securityEnabled: true });
  const { eve, fay } = await createUsers("eve", "fay");
  for (const id of [eve, fay]) await graph.api(`/groups/${group.id}/members/$ref`).post({ "@odata.id": `${setting("LOCKSTEP_GRAPH_URL")}/directoryObjects/${id}` });

  assert.deepEqual(names((await graph.api(`/groups/${group.id}/members`).get()).value), ["eve", "fay"]);
  assert.deepEqual((await graph.api(`/users/${eve}/memberOf`).get()).value.map(({ displayName }) => displayName), ["Support"]);
  await assert.rejects(graph.api(`/groups/${group.id}/members/$ref`).post({ "@odata.id": `${setting("LOCKSTEP_GRAPH_URL")}/directoryObjects/${eve}` }), {
    statusCode: 400,
    code: "Request_BadRequest",
  });

  await graph.api(`/groups/${group.id}/members/${eve}/$ref`).delete();
  assert.deepEqual(names((await graph.api(`/groups/${group.id}/members`).get()).value), ["fay"]);
  assert.deepEqual((await graph.api(`/users/${eve}/memberOf`).get()).value, []);
});

test("PageIterator reads every page, under the address that it knows", async () => {
  await createUsers("eve", "fay", "gil", "hal", "ivy");
  const asked = await watch();
  const { entries } = await collect(await graph.api("/users").select("userPrincipalName").top(3).get());
  assert.deepEqual(names(entries), ["ann", "bob", "eve", "fay", "gil", "hal", "ivy"]);
  const pages = targets(await asked());
  assert.equal(pages.length, 3);
  assert.ok(pages.slice(1).every((target) => target.includes("$skiptoken=")), pages.join("\n"));
});

test("a delta query tells what is there, and then what has changed", async () => {
  const { eve } = await createUsers("eve");
  const first = await collect(await graph.api("/users/delta").select(["userPrincipalName", "department"]).get());
  assert.deepEqual(names(first.entries), ["ann", "bob", "eve"]);
  assert.ok(first.deltaLink.startsWith(`${setting("LOCKSTEP_GRAPH_URL")}/users/delta?`), first.deltaLink);

  const nothing = await collect(await graph.api(first.deltaLink).get());
  assert.deepEqual(nothing.entries, []);

  const { fay } = await createUsers("fay");
  await graph.api("/users/bob@example.test").update({ department: "Support" });
  await graph.api(`/users/${eve}`).delete();
  const second = await collect(await graph.api(nothing.deltaLink).get());
  assert.equal(second.entries.length, 3);
  const changed = new Map(second.entries.map((entry) => [entry.id, entry]));
  assert.equal(changed.get(fay).userPrincipalName, "fay@example.test");
  assert.deepEqual(changed.get(eve)["@removed"], { reason: "changed" });
  assert.deepEqual(second.entries.map((entry) => entry.department).filter(Boolean), ["Support"]);
});

test("requests of a batch are answered one by one", async () => {
  const { all, none } = await askAtOnce({ id: "all", request: request("GET", "/users") }, { id: "none", request: request("GET", "/users/nobody@example.test") });
  assert.equal(all.status, 200);
  assert.deepEqual(names(all.body.value), ["ann", "bob"]);
  assert.equal(none.status, 404);
  assert.equal(none.body.error.code, "Request_ResourceNotFound");
});

test("requests of a batch that depend on others come after them, or fail with them", async () => {
  const { make, change, read } = await askAtOnce(
    { id: "make", request: request("POST", "/users", newUser("eve")) },
    { id: "change", dependsOn: ["make"], request: request("PATCH", "/users/eve@example.test", { jobTitle: "Clerk" }) },
    { id: "read", dependsOn: ["change"], request: request("GET", "/users/eve@example.test?$select=jobTitle") },
  );
  assert.deepEqual([make.status, change.status, read.status], [201, 204, 200]);
  assert.equal(read.body.jobTitle, "Clerk");

  const { again, list } = await askAtOnce(
    { id: "again", request: request("POST", "/users", newUser("eve")) },
    { id: "list", dependsOn: ["again"], request: request("GET", "/users") },
  );
  assert.deepEqual([again.status, list.status], [400, 424]);
});

test("answers of a batch that come in another order are found by their ids", async () => {
  await setQuirks("graph", ["batch_shuffled"]);
  const wanted = ["eve", "fay", "gil", "hal", "ivy", "jay", "kim", "lee"];
  const content = await new BatchRequestContent(wanted.map((name) => ({ id: name, request: request("POST", "/users", newUser(name)) }))).getContent();
  const answer = await graph.api("/$batch").post(content);
  assert.notDeepEqual(answer.responses.map(({ id }) => id), wanted);
  const answers = new BatchResponseContent(answer);
  for (const name of wanted) assert.deepEqual(names([await answers.getResponseById(name).json()]), [name]);
});

test("it waits as long as a 429 says, and asks again", async () => {
  await graph.api("/users").get();
  const asked = await watch();
  await inject({ fault: "answer_instead", to: "graph", status: 429, retry_after: "1s", count: 2 });
  const began = performance.now();
  const { value } = await graph.api("/users").get();
  assert.deepEqual(names(value), ["ann", "bob"]);
  assert.ok(performance.now() - began >= 1900, "two answers asked for a second each");
  assert.deepEqual((await asked()).map(({ response }) => response.status), [429, 429, 200]);
});

test("who is not to ask again is told of the 429", async () => {
  await inject({ fault: "answer_instead", to: "graph", status: 429, retry_after: "1s" });
  const once = graph.api("/users").middlewareOptions([new RetryHandlerOptions(0, 0)]);
  await assert.rejects(once.get(), { statusCode: 429 });
  await mend();
  assert.equal((await graph.api("/users").get()).value.length, 2);
});

test("a token ends with its time", async () => {
  await graph.api("/users").get();
  await advance("2h");
  // The library's clock is that of this computer, where the token is still good.
  await assert.rejects(graph.api("/users").get(), { statusCode: 401, code: "InvalidAuthenticationToken" });
  assert.equal((await graphClient().api("/users").get()).value.length, 2);
});

test("whom Graph was told of is in the directory after the next cycle", async () => {
  await createUsers("eve");
  const found = async () => {
    const address = `${setting("LOCKSTEP_SCIM_URL")}/Users?filter=${encodeURIComponent('userName eq "eve"')}`;
    const answer = await fetch(address, { headers: { Authorization: `Bearer ${setting("LOCKSTEP_SCIM_TOKEN")}` } });
    assert.equal(answer.status, 200);
    return (await answer.json()).Resources.map(({ displayName }) => displayName);
  };
  assert.deepEqual(await found(), []);
  await advance("41m");
  assert.deepEqual(await found(), ["eve of Example"]);
});
