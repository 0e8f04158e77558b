// The served directory, with durable writes, beside scimmy-routers in memory and beside a server that answers a constant: each is started
// by itself, given users, and asked one thing over and over by `lockstep load`, which runs on the same cores. The disk's own sync is
// measured in the same folder, before and after. Prints one table and writes it as JSON.
//   node compare.mjs LOCKSTEP FOLDER JSON [--users N] [--clients N] [--seconds N]
import { spawn } from "node:child_process";
import { closeSync, fdatasyncSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { compared, percentile, table } from "./table.mjs";

const usage = (message) => {
  console.error(`bench: ${message}; './lockstep bench --help' says more`);
  process.exit(64);
};
const number = (fallback) => ({ type: "string", default: String(fallback) });
const read = () => {
  try {
    return parseArgs({ allowPositionals: true, options: { users: number(10_000), clients: number(64), seconds: number(10) } });
  } catch (error) {
    return usage(error.message);
  }
};
const { values, positionals: [program, folder, into] } = read();
const [users, clients, seconds] = [values.users, values.clients, values.seconds].map(Number);
if (![users, clients, seconds].every((one) => Number.isInteger(one) && one > 0)) usage("--users, --clients and --seconds are numbers above zero");

const data = join(folder, "data");
const operations = [["look-ups", "look-up by userName"], ["creates", "create"], ["patches", "PATCH"]];
const say = (text) => process.stderr.write(`bench: ${text}\n`);

// Servers
// ----------------------------------------------------------------------------------------------------

const children = new Set();
const started = (command, options) => {
  const child = spawn(command[0], command.slice(1), options);
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
};
const ended = (child) => new Promise((resolve) => (child.exitCode ?? child.signalCode) !== null ? resolve() : child.once("exit", resolve));
const stop = async (child) => {
  child.kill("SIGTERM");
  await ended(child);
};

// It prints its token and its address, each on a line.
const startNode = (file) => async () => {
  const child = started([process.execPath, join(folder, file)], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const token = (await lines.next()).value;
  const url = (await lines.next()).value;
  if (!url) throw new Error(`${file} did not start`);
  return { child, token, url };
};

// It says where it is once it listens. Mail goes out on request alone: the others send none.
const startDirectory = async () => {
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const key = join(data, "key");
  const child = started([program, "serve", "directory", "--data", join(data, "store"), "--key-file", key, "--port", "0", "--mail-on-request"],
    { stdio: ["ignore", "ignore", "pipe"] });
  let url;
  let said = "";
  for await (const line of createInterface({ input: child.stderr })) {
    said += `${line}\n`;
    url = /directory at (\S+\/scim\/v2)/.exec(line)?.[1];
    if (url) break;
  }
  if (!url) throw new Error(`the directory did not start:\n${said}`);
  return { child, token: readFileSync(key, "utf8").trim(), url };
};

const servers = [
  { name: "bare node:http", start: startNode("bare.mjs"), options: ["--any-answer"] },
  { name: "scimmy-routers", start: startNode("scimmy.mjs"), options: [] },
  { name: "lockstep", start: startDirectory, options: [] },
];

// Measuring
// ----------------------------------------------------------------------------------------------------

// Seconds of processor that a process has had; the clock ticks a hundred times a second on Linux.
const processorTime = (pid) => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
};

// How busy processes were within the last seconds before the end: what is measured comes last.
const watched = (pids) => {
  const samples = [];
  const take = () => {
    const times = pids.map(processorTime);
    if (times.every((one) => one !== undefined)) samples.push({ at: performance.now(), times });
  };
  const timer = setInterval(take, 100);
  return () => {
    clearInterval(timer);
    const last = samples.at(-1);
    const first = samples.find(({ at }) => at >= last.at - (seconds - 0.5) * 1000);
    return pids.map((_, i) => (last.times[i] - first.times[i]) / ((last.at - first.at) / 1000));
  };
};

const measure = async (server, profile) => {
  const { child, token, url } = await server.start();
  const tokenFile = join(folder, "token");
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const load = started([program, "load", "scim", "--target", url, "--token-file", tokenFile, "--profile", profile, "--users", `${users}`, "--rate", "max",
    "--clients", `${clients}`, "--duration", `${seconds}s`, "--keep", "--format", "json", ...server.options], { stdio: ["ignore", "pipe", "inherit"] });
  const busy = watched([child.pid, load.pid]);
  let text = "";
  for await (const chunk of load.stdout) text += chunk;
  await ended(load);
  const [serverBusy, generatorBusy] = busy();
  await stop(child);
  const { all, measured_ms, prepared } = JSON.parse(text);
  if (prepared.failed > 0 || all.right !== all.count) throw new Error(`${server.name}, ${profile}: ${prepared.failed + all.count - all.right} errors: ${all.first_error ?? "when users were made"}`);
  return { per_second: all.right / (measured_ms / 1000), p50_us: all.latency_us.p50, p99_us: all.latency_us.p99, server_busy: serverBusy, generator_busy: generatorBusy };
};

// A page written over and synced, over and over: what no durable write can be faster than.
const syncs = (times) => {
  const path = join(folder, "sync");
  const file = openSync(path, "w", 0o600);
  const page = Buffer.alloc(4096, 1);
  writeSync(file, page, 0, page.length, 0);
  fdatasyncSync(file);
  const out = [];
  for (let i = 0; i < times; ++i) {
    const before = process.hrtime.bigint();
    writeSync(file, page, 0, page.length, 0);
    fdatasyncSync(file);
    out.push(Number(process.hrtime.bigint() - before) / 1000);
  }
  closeSync(file);
  rmSync(path);
  return out;
};
const compare = async () => {
  const disk = syncs(300);
  const operationsMeasured = [];
  for (const [profile, operation] of operations) {
    const figures = [];
    for (const server of servers) {
      say(`${operation}, ${server.name}`);
      figures.push({ server: server.name, ...await measure(server, profile) });
    }
    operationsMeasured.push({ operation, figures: compared(figures) });
  }
  disk.push(...syncs(300));
  disk.sort((a, b) => a - b);
  rmSync(data, { recursive: true, force: true });
  return {
    lockstep_served: 1,
    started: new Date().toISOString(),
    machine: { cores: availableParallelism(), processor: cpus()[0]?.model ?? "", node: process.versions.node },
    plan: { users, clients, seconds },
    disk: { count: disk.length, p50_us: percentile(disk, 0.5), p99_us: percentile(disk, 0.99) },
    operations: operationsMeasured,
  };
};

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
process.once("exit", () => { for (const child of children) child.kill("SIGKILL"); });
try {
  const result = await compare();
  writeFileSync(into, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(table(result));
  say("the figures are in out/served.json");
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exit(70);
}
