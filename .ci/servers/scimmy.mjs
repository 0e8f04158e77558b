// A provider made of scimmy and scimmy-routers as their documentation shows: users and groups in memory, filters applied by
// the library's own Filter. It prints the token that it asks for, and its address when it listens.
import { randomUUID } from "node:crypto";
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

const notFound = (id) => new SCIMMY.Types.Error(404, null, `Resource ${id} not found`);
const prepared = (text) => text.normalize("NFKC").toLowerCase();

// Handlers of a resource type. `links` is what the others must know: what a removal takes along, what a read adds.
function inMemory(unique, links) {
  const held = new Map();
  const taken = (value, id) => [...held.values()].some((one) => one.id !== id && prepared(one[unique]) === prepared(value));
  return {
    held,
    ingress(resource, data) {
      const { id = randomUUID() } = resource;
      if (resource.id && !held.has(id)) throw notFound(id);
      if (unique && taken(data[unique], id)) throw new SCIMMY.Types.Error(409, "uniqueness", `${unique} is taken`);
      const now = new Date().toISOString();
      const created = held.get(id)?.meta.created ?? now;
      held.set(id, { ...JSON.parse(JSON.stringify(data)), id, meta: { created, lastModified: now } });
      return links.shown(held.get(id));
    },
    egress(resource) {
      if (resource.id) {
        if (!held.has(resource.id)) throw notFound(resource.id);
        return links.shown(held.get(resource.id));
      }
      const all = [...held.values()].map(links.shown);
      const found = resource.filter ? resource.filter.match(all) : all;
      const { startIndex = 1, count = 20 } = resource.constraints ?? {};
      const first = Math.max(startIndex, 1) - 1;
      if (resource.constraints) resource.constraints.totalResults = found.length;
      return found.slice(first, first + Math.max(count, 0));
    },
    degress(resource) {
      if (!held.delete(resource.id)) throw notFound(resource.id);
      links.removed(resource.id);
    },
  };
}

const groups = inMemory(undefined, { shown: (group) => group, removed: () => {} });
const users = inMemory("userName", {
  shown: (user) => {
    const of = [...groups.held.values()].filter(({ members = [] }) => members.some(({ value }) => value === user.id));
    return of.length ? { ...user, groups: of.map(({ id, displayName }) => ({ value: id, display: displayName })) } : user;
  },
  removed: (id) => {
    for (const group of groups.held.values()) group.members = group.members?.filter(({ value }) => value !== id);
  },
});
const handlers = ({ ingress, egress, degress }) => ({ ingress, egress, degress });
SCIMMY.Resources.declare(SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false), handlers(users));
SCIMMY.Resources.declare(SCIMMY.Resources.Group, handlers(groups));

const token = "of-the-test";
const app = express();
app.use("/scim", new SCIMMYRouters({
  type: "bearer",
  handler: (request) => {
    if (request.header("Authorization") !== `Bearer ${token}`) throw new Error("The token is not accepted");
    return "the-bench";
  },
}));
// Not of SCIM: everybody is gone, for scripts that begin with nobody.
app.post("/reset", (request, response) => {
  if (request.header("Authorization") !== `Bearer ${token}`) return response.sendStatus(401);
  users.held.clear();
  groups.held.clear();
  response.sendStatus(204);
});
const server = app.listen(0, "127.0.0.1", () => console.log(`${token}\nhttp://127.0.0.1:${server.address().port}/scim`));
