// The control port of the world that is served.
import { setting } from "./settings.mjs";

async function call(method, path, body) {
  const response = await fetch(setting("LOCKSTEP_CONTROL_URL") + path, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

/** Back to the beginning, with the same seed: ids, secrets and the start are as the settings say. */
export const reset = () => call("POST", "/reset", {});

/** @param {string} span as scripts write it: "40m" */
export const advance = (span) => call("POST", "/clock/advance", { for: span });

/** @param {object} fault the fields of `network.inject` */
export const inject = (fault) => call("POST", "/faults", { from: "outside", ...fault });
export const mend = () => call("DELETE", "/faults");

/** Exactly these quirks of a part are on. */
export const setQuirks = (part, quirks) => call("PUT", `/quirks/${part}`, { quirks });

/** @param {string} step as it stands in a script */
export async function play(step) {
  const played = await call("POST", "/steps", { step });
  if (played.outcome !== "ok" && played.outcome !== "holds") throw new Error(`${step}: ${played.outcome} ${played.detail}`);
  return played;
}

/** The value of a secret that a script names: "ann-password". */
export const secret = async (name) => (await call("GET", `/secrets/${name}`)).value;

/** What clients from outside have asked from now on: a function that gives those exchanges, oldest first. */
export async function watch() {
  const { last } = await call("GET", "/history?party=outside&limit=1");
  return async () => (await call("GET", `/history?party=outside&after=${last}`)).exchanges;
}
