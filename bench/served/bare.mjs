// What HTTP alone costs in Node: a constant of 60 bytes for whatever is asked. Prints a token, which nobody checks, and its address.
import { createServer } from "node:http";

const answer = Buffer.from('{"totalResults":1,"Resources":[{"id":"1"}],"itemsPerPage":1}');
const fields = { "Content-Type": "application/scim+json", "Content-Length": answer.length };

const server = createServer((request, response) => {
  response.writeHead(200, fields);
  response.end(answer);
});
server.listen(0, "127.0.0.1", () => console.log(`none\nhttp://127.0.0.1:${server.address().port}/scim/v2`));
