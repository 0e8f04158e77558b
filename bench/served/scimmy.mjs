// scimmy and scimmy-routers with Express 4, as their documentation shows, over users in memory. A look-up by userName asks an index, as
// anybody's store would, and not every user; other filters are the library's own. Prints the token that it asks for, and its address.
import { randomUUID } from "node:crypto";
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

const users = new Map();
const byName = new Map();
const key = (userName) => userName.toLowerCase();
const notFound = (id) => new SCIMMY.Types.Error(404, null, `Resource ${id} not found`);

// The one user whom a filter such as `userName eq "amy"` can mean; undefined: it is another filter.
const indexed = (filter) => {
  if (filter.length !== 1) return undefined;
  const [[attribute, expression], ...others] = Object.entries(filter[0]);
  if (others.length > 0 || attribute !== "userName" || expression[0] !== "eq") return undefined;
  const id = byName.get(key(expression[1]));
  return id ? [users.get(id)] : [];
};

SCIMMY.Resources.declare(SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false), {
  ingress(resource, data) {
    const { id = randomUUID() } = resource;
    const before = users.get(id);
    if (resource.id && !before) throw notFound(id);
    const holder = byName.get(key(data.userName));
    if (holder && holder !== id) throw new SCIMMY.Types.Error(409, "uniqueness", "userName is taken");
    const now = new Date().toISOString();
    const stored = { ...JSON.parse(JSON.stringify(data)), id, meta: { created: before?.meta.created ?? now, lastModified: now } };
    if (before) byName.delete(key(before.userName));
    byName.set(key(stored.userName), id);
    users.set(id, stored);
    return stored;
  },
  egress(resource) {
    if (resource.id) {
      if (!users.has(resource.id)) throw notFound(resource.id);
      return users.get(resource.id);
    }
    const some = resource.filter && indexed(resource.filter);
    const found = some ?? (resource.filter ? resource.filter.match([...users.values()]) : [...users.values()]);
    const { startIndex = 1, count = 20 } = resource.constraints ?? {};
    const first = Math.max(startIndex, 1) - 1;
    if (resource.constraints) resource.constraints.totalResults = found.length;
    return found.slice(first, first + Math.max(count, 0));
  },
  degress(resource) {
    const before = users.get(resource.id);
    if (!before) throw notFound(resource.id);
    byName.delete(key(before.userName));
    users.delete(resource.id);
  },
});

const token = "of-the-benchmark";
const app = express();
app.use("/scim/v2", new SCIMMYRouters({
  type: "bearer",
  handler: (request) => {
    if (request.header("Authorization") !== `Bearer ${token}`) throw new Error("The token is not accepted");
    return "the-benchmark";
  },
}));
const server = app.listen(0, "127.0.0.1", () => console.log(`${token}\nhttp://127.0.0.1:${server.address().port}/scim/v2`));
