// A provider made of better-auth and its plugin @better-auth/scim, of version 1.6 or 1.7, with its tables in memory. It prints
// its address when it listens, and asks for the token that is printed before it.
import { createServer } from "node:http";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { getAuthTables } from "better-auth/db";
import { toNodeHandler } from "better-auth/node";
import { admin } from "better-auth/plugins";
import * as plugin from "@better-auth/scim";

const secret = "of-the-test-of-the-test-of-the-test-00";
// Version 1.7 knows connections with credentials, 1.6 providers whose token names them.
const later = "acquireActiveSCIMUserLink" in plugin;
const provisioning = later
  ? plugin.scim({ connections: [{ id: "bench", credentials: [{ type: "bearer", id: "one", token: secret }] }] })
  : plugin.scim({ defaultSCIM: [{ providerId: "bench", scimToken: secret }] });
const token = later ? secret : Buffer.from(`${secret}:bench`).toString("base64url");

let answer = (request, response) => response.writeHead(503).end();
const server = createServer((request, response) => answer(request, response));
server.listen(0, "127.0.0.1", () => {
  const origin = `http://127.0.0.1:${server.address().port}`;
  const options = {
    baseURL: origin,
    secret: "a-secret-of-the-bench-that-is-long-enough",
    plugins: [admin(), provisioning],
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
  };
  const tables = Object.fromEntries(Object.values(getAuthTables(options)).map(({ modelName }) => [modelName, []]));
  answer = toNodeHandler(betterAuth({ ...options, database: memoryAdapter(tables) }));
  console.log(token);
  console.log(`${origin}/api/auth/scim/v2`);
});
