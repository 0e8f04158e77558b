"use strict";
// A page over the control port, for people: everything that it does is an operation of /openapi.json.

const $ = (id) => document.getElementById(id);
const faults = ["lose_request", "lose_response", "delay_request", "delay_response", "duplicate", "refuse", "reset_before", "reset_after", "answer_instead",
                "answer_after", "truncate"];
const mostRows = 2000;

let last = 0;         // the newest exchange that has been fetched
let seen = new Set(); // notes that are shown
let exchanges = [];   // exchanges and notes, oldest first
let chosen = null;    // number of the exchange that is open
let kept = null;      // snapshot to go back to
let hosts = [];
let timer = 0;

const make = (name, text, attributes = {}) => {
  const out = document.createElement(name);
  if (text !== undefined) out.textContent = text;
  for (const [key, value] of Object.entries(attributes)) out.setAttribute(key, value);
  return out;
};

const say = (text, bad = false) => {
  $("said").textContent = text;
  $("said").className = bad ? "bad" : "";
};

async function call(method, path, body) {
  const answer = await fetch(path, { method, headers: body ? { "Content-Type": "application/json" } : {}, body: body && JSON.stringify(body) });
  const text = await answer.text();
  const json = text && answer.headers.get("Content-Type").includes("json") ? JSON.parse(text) : null;
  if (!answer.ok) throw new Error((json && json.detail) || `${method} ${path}: ${answer.status}`);
  return json;
}

let underWay = Promise.resolve();

/** One thing at a time, in turn: the clock cannot be turned while it is being turned. */
function act(what, work) {
  underWay = underWay.then(() => perform(what, work));
  return underWay;
}

/** What goes wrong is said. */
async function perform(what, work) {
  say(`${what} …`);
  document.body.setAttribute("aria-busy", "true");
  try {
    say((await work()) || `${what}: done`);
  } catch (error) {
    say(`${what}: ${error.message}`, true);
  }
  document.body.removeAttribute("aria-busy");
  await refresh();
}

const clockText = (instant) => instant.replace("T", " ").replace(/\.000Z$/, "Z");
const timeOf = (instant) => instant.slice(11, 23).replace("Z", "");

// What there is

function showState(things) {
  const open = new Set([...$("state").querySelectorAll("details[open]")].map((entry) => entry.dataset.name));
  const parties = new Map();
  for (const [name, facts] of Object.entries(things)) {
    const party = name.split(" ", 1)[0];
    if (!parties.has(party)) parties.set(party, []);
    parties.get(party).push([name, facts]);
  }
  const out = document.createDocumentFragment();
  for (const [party, list] of parties) {
    out.append(make("h2", party));
    for (const [name, facts] of list) {
      const entry = make("details");
      entry.dataset.name = name;
      entry.open = open.has(name);
      entry.append(make("summary", name.slice(party.length + 1) || name));
      const all = make("dl");
      for (const [field, value] of Object.entries(facts)) all.append(make("dt", field), make("dd", value));
      entry.append(all);
      out.append(entry);
    }
  }
  if (parties.size === 0) out.append(make("p", "Nobody yet."));
  $("state").replaceChildren(out);
}

// The timeline

const isPoll = (exchange) => exchange.request && exchange.request.target.startsWith("/agent/v1/");
const outcomeOf = (exchange) => (exchange.response ? String(exchange.response.status) : exchange.failure || "");

function matches(entry) {
  const party = $("party").value;
  const wanted = $("find").value.toLowerCase();
  if (entry.text !== undefined) return (!party || entry.party === party) && (!wanted || entry.text.toLowerCase().includes(wanted));
  if (party && entry.from !== party && entry.to !== party) return false;
  if (!$("polls").checked && isPoll(entry)) return false;
  return !wanted || JSON.stringify(entry).toLowerCase().includes(wanted);
}

function rowOf(entry) {
  if (entry.text !== undefined) {
    const row = make("li", undefined, { class: "note" });
    row.append(make("time", timeOf(entry.at)), make("span", entry.party), make("span", entry.text));
    return row;
  }
  const row = make("li", undefined, { "data-id": entry.id, "aria-current": String(entry.id === chosen) });
  const outcome = outcomeOf(entry);
  row.append(make("time", timeOf(entry.sent)), make("span", `${entry.from} → ${entry.to}`), make("span", `${entry.request.method} ${entry.request.target}`),
             make("span", outcome, { class: /^[45]|reset|refused|time/.test(outcome) ? "bad" : /^[23]/.test(outcome) ? "good" : "" }));
  return row;
}

function showTimeline() {
  const list = $("timeline");
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.replaceChildren(...exchanges.filter(matches).slice(-mostRows).map(rowOf));
  if (atEnd) list.scrollTop = list.scrollHeight;
}

const bodyText = (body) => {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
};

function message(title, start, part) {
  const out = document.createDocumentFragment();
  out.append(make("h3", title));
  out.append(make("pre", [start, ...part.headers.map(({ name, value }) => `${name}: ${value}`), "", bodyText(part.body)].join("\n").trim()));
  return out;
}

function open(id) {
  chosen = id;
  const exchange = exchanges.find((entry) => entry.id === id);
  $("exchange").hidden = !exchange;
  for (const row of $("timeline").children) row.setAttribute("aria-current", String(Number(row.dataset.id) === id));
  if (!exchange) return;
  $("exchange-title").textContent = `#${exchange.id} ${exchange.from} → ${exchange.to}, sent ${clockText(exchange.sent)}`;
  const parts = [message("Request", `${exchange.request.method} ${exchange.request.target}`, exchange.request)];
  if (exchange.response) parts.push(message("Response", String(exchange.response.status), exchange.response));
  else parts.push(make("p", exchange.failure || "no answer yet"));
  $("exchange-body").replaceChildren(...parts);
}

function move(by) {
  const rows = [...$("timeline").children].filter((row) => row.dataset.id);
  if (rows.length === 0) return;
  const at = rows.findIndex((row) => Number(row.dataset.id) === chosen);
  const next = rows[Math.min(Math.max(at < 0 ? rows.length - 1 : at + by, 0), rows.length - 1)];
  open(Number(next.dataset.id));
  next.scrollIntoView({ block: "nearest" });
}

async function fetchHistory() {
  // What is under way is asked for again.
  const first = exchanges.find((entry) => entry.request && !entry.concluded);
  const after = Math.min(last, first ? first.id - 1 : last);
  const history = await call("GET", `/history?after=${after}`);
  if (history.last < last) {  // the world was taken back
    exchanges = [];
    seen = new Set();
    last = 0;
    if (history.last > 0) return fetchHistory();
  }
  const fresh = new Map(history.exchanges.map((exchange) => [exchange.id, exchange]));
  exchanges = exchanges.map((entry) => {
    const newer = entry.request && fresh.get(entry.id);
    if (newer) fresh.delete(entry.id);
    return newer || entry;
  });
  exchanges.push(...fresh.values());
  for (const note of history.notes) {
    const key = `${note.at} ${note.party} ${note.text}`;
    if (seen.has(key)) continue;
    seen.add(key);
    exchanges.push(note);
  }
  exchanges.sort((one, other) => (one.sent || one.at).localeCompare(other.sent || other.at));
  exchanges = exchanges.slice(-mostRows * 2);
  last = history.last;
  showTimeline();
  if (chosen !== null) open(chosen);
}

// Screens, faults, oddities

async function showScreens() {
  const { screens } = await call("GET", "/screens");
  const figures = screens.map((screen) => {
    const figure = make("figure");
    const picture = new DOMParser().parseFromString(screen.picture, "text/html").querySelector("svg");
    figure.append(document.importNode(picture, true), make("figcaption", `${screen.device}: ${screen.text}`));
    return figure;
  });
  $("screens").replaceChildren(...(figures.length ? figures : [make("p", "No devices; serve them with: lockstep serve devices …")]));
}

async function showFaults() {
  const { befallen } = await call("GET", "/faults");
  $("befallen").replaceChildren(...befallen.map((entry) => make("li", `${entry.fault}: ${entry.from} → ${entry.to}, ${entry.count}`)));
}

async function showQuirks() {
  const parts = await call("GET", "/quirks");
  const out = document.createDocumentFragment();
  for (const [part, quirks] of Object.entries(parts)) {
    if (quirks.length === 0) continue;
    const group = make("details");
    group.append(make("summary", part));
    for (const quirk of quirks) {
      const label = make("label", undefined, { title: quirk.what });
      const box = make("input", undefined, { type: "checkbox", "data-quirk": quirk.name });
      box.checked = quirk.on;
      box.addEventListener("change", () => {
        const on = [...group.querySelectorAll("input:checked")].map((entry) => entry.dataset.quirk);
        act(`${part}: ${quirk.name}`, () => call("PUT", `/quirks/${part}`, { quirks: on }).then(() => `${quirk.name} is ${box.checked ? "on" : "off"}`));
      });
      label.append(box, ` ${quirk.name}: ${quirk.what}`);
      group.append(label);
    }
    out.append(group);
  }
  $("quirks").replaceChildren(out);
}

// All of it, again and again

async function refresh() {
  clearTimeout(timer);
  try {
    const clock = await call("GET", "/clock");
    $("now").textContent = clockText(clock.now);
    if (![...$("mode").options].some((option) => option.value === clock.mode)) $("mode").append(make("option", clock.mode));
    if (document.activeElement !== $("mode")) $("mode").value = clock.mode;
    if (refresh.at !== clock.digest) {
      refresh.at = clock.digest;
      await fetchHistory();
      showState((await call("GET", "/state")).things);
      await Promise.all([showScreens(), showFaults()]);
    }
    if (refresh.lost) say("connected again");
    refresh.lost = false;
  } catch (error) {
    refresh.lost = true;
    say(`The world does not answer: ${error.message}`, true);
  }
  clearTimeout(timer);
  timer = setTimeout(refresh, document.hidden ? 5000 : 1000);
}

const advance = (what, body) => () => act(what, () => call("POST", "/clock/advance", body).then((clock) => `It is ${clockText(clock.now)}`));

const commands = {
  n: ["next-event", advance("To the next event", { to: "next-event" })],
  c: ["cycle", advance("Forty minutes on", { for: "40m" })],
  d: ["day", advance("A day on", { for: "24h" })],
  u: ["quiet", () => act("Until it is quiet", () => call("POST", "/clock/run-until-quiet", {}).then((clock) => (clock.quiet ? "It is quiet" : "Somebody goes on talking")))],
};

async function doStep() {
  const text = $("step").value.trim();
  if (!text) return say("A step is a verb with its fields, such as entra.create_user: {user: eve}", true);
  await act(text, async () => {
    const outcome = await call("POST", "/steps", { step: text });
    const detail = outcome.detail ? `: ${outcome.detail}` : "";
    $("done").append(make("li", `${text} → ${outcome.outcome}${detail}`));
    $("step").select();
    return `${outcome.outcome}${detail}`;
  });
}

function wire() {
  for (const [id, run] of Object.values(commands)) $(id).addEventListener("click", run);
  $("mode").addEventListener("change", () => act(`Pace ${$("mode").value}`, () => call("PUT", "/clock", { mode: $("mode").value }).then(() => "")));
  $("step-form").addEventListener("submit", (event) => {
    event.preventDefault();
    doStep();
  });
  $("fault-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const body = { fault: $("fault").value, count: Number($("fault-count").value) || 1 };
    if ($("fault-from").value) body.from = $("fault-from").value;
    if ($("fault-to").value) body.to = $("fault-to").value;
    act(`Inject ${body.fault}`, () => call("POST", "/faults", body).then((outcome) => outcome.detail || `${body.fault} will befall ${body.count}`));
  });
  $("mend").addEventListener("click", () => act("Mend", () => call("DELETE", "/faults").then(() => "Nothing befalls requests any more")));
  $("keep").addEventListener("click", () => act("Keep", async () => {
    kept = `console ${$("now").textContent}`;
    await call("POST", "/snapshots", { name: kept });
    $("back").disabled = false;
    return `Kept as '${kept}'`;
  }));
  $("back").addEventListener("click", () => act("Back", () => call("POST", "/restore", { snapshot: kept }).then((clock) => `Back at ${clockText(clock.now)}`)));
  $("reset").addEventListener("click", () => act("Reset", () => call("POST", "/reset", {}).then(() => {
    $("done").replaceChildren();
    return "Back to the beginning";
  })));
  for (const id of ["party", "find", "polls"]) $(id).addEventListener("input", showTimeline);
  $("timeline").addEventListener("click", (event) => {
    const row = event.target.closest("li[data-id]");
    if (row) open(Number(row.dataset.id));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return $("timeline").focus();
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return undefined;
    if (commands[event.key]) commands[event.key][1]();
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "s") $("step").focus();
    else if (event.key === "/") $("find").focus();
    else return undefined;
    return event.preventDefault();
  });
}

async function begin() {
  for (const fault of faults) $("fault").append(make("option", fault));
  wire();
  try {
    const world = await call("GET", "/world");
    $("title").textContent = world.title;
    document.title = `${world.title} - Lockstep console`;
    hosts = world.hosts.filter((host) => host !== "inspector");
    for (const host of hosts) for (const id of ["party", "fault-from", "fault-to"]) $(id).append(make("option", host));
    for (const verb of world.verbs) $("verbs").append(make("option", undefined, { value: `${verb}: ` }));
    await showQuirks();
  } catch (error) {
    say(`The world does not answer: ${error.message}`, true);
  }
  await refresh();
}

begin();
