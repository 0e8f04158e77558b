// Somebody at a browser: Chromium without a window, which trusts the certificate of the world.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, request as createRequest } from "node:http";
import { connect } from "node:tls";
import puppeteer from "puppeteer-core";
import { setting } from "./settings.mjs";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const chromium = places.find((place) => existsSync(place));

/** Why there can be no browser; false where there is one. For the option `skip` of tests. */
export const noBrowser = chromium ? false : "there is no Chromium";

/** A way to the port of a host through a proxy that takes CONNECT. */
async function through(proxy, host) {
  const request = createRequest({ host: proxy.hostname, port: proxy.port, method: "CONNECT", path: host }).end();
  const [, socket] = await once(request, "connect");
  return socket;
}

/** Of the key of the party's certificate, which Node has verified, as Chromium wants to be told of it. */
async function fingerprint(url, proxy) {
  const port = url.port || 443;
  const way = proxy ? { socket: await through(new URL(proxy), `${url.hostname}:${port}`) } : { host: url.hostname, port };
  const socket = connect({ ...way, servername: url.hostname });
  await once(socket, "secureConnect");
  const key = socket.getPeerX509Certificate().publicKey;
  socket.destroy();
  return createHash("sha256").update(key.export({ type: "spki", format: "der" })).digest("base64");
}

/** Its profile is new; whoever starts it closes it. All parties show the certificate that `address` does. */
export async function startBrowser(address = setting("LOCKSTEP_ENTRA_AUTHORITY")) {
  const proxy = process.env.HTTPS_PROXY;
  const trusted = await fingerprint(new URL(address), proxy);
  const flags = ["--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", `--ignore-certificate-errors-spki-list=${trusted}`];
  if (proxy) flags.push(`--proxy-server=${proxy}`);  // for all but localhost
  if (process.getuid() === 0) flags.push("--no-sandbox");
  return puppeteer.launch({ executablePath: chromium, headless: true, args: flags });
}

/** Types into fields of the page, presses their form's button, and waits for the page that comes next. */
export async function fillIn(page, fields) {
  for (const [name, text] of Object.entries(fields)) await page.locator(`input[name=${name}]`).fill(text);
  const [first] = Object.keys(fields);
  await Promise.all([page.waitForNavigation(), page.$eval(`input[name=${first}]`, (field) => field.form.querySelector("button").click())]);
}

/** A listener at localhost, as programs have it for the way back from signing in; `next()` gives the URL of the next visit. */
export async function listenForReturn(path) {
  const visits = [];
  const waiting = [];
  const server = createServer();
  server.listen(0, "localhost");
  await once(server, "listening");
  const address = `http://localhost:${server.address().port}${path}`;
  server.on("request", (request, response) => {
    response.end("You may close this window.");
    const url = new URL(request.url, address);
    if (url.pathname !== new URL(address).pathname) return;  // the icon that browsers ask for
    const take = waiting.shift();
    if (take) take(url);
    else visits.push(url);
  });
  return {
    address,
    visits,
    next: () => (visits.length > 0 ? Promise.resolve(visits.shift()) : new Promise((take) => waiting.push(take))),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
