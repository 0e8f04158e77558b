import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { compared, percentile, table } from "./table.mjs";

test("percentiles are of what was measured", () => {
  const times = Array.from({ length: 200 }, (_, i) => i + 1);
  assert.equal(percentile(times, 0.5), 100);
  assert.equal(percentile(times, 0.99), 198);
  assert.equal(percentile([7], 0.99), 7);
});

test("each server is held against the bare one and scimmy", () => {
  const figures = compared([{ per_second: 100 }, { per_second: 10 }, { per_second: 50 }]);
  assert.deepEqual(figures.map(({ of_bare, of_scimmy }) => [of_bare, of_scimmy]), [[1, 10], [0.1, 1], [0.5, 5]]);
});

test("the table has a row for each server and operation, and the disk", () => {
  const one = { p50_us: 640, p99_us: 12_345, server_busy: 0.914, generator_busy: 0.5 };
  const figures = compared([{ server: "bare", per_second: 1000, ...one }, { server: "scimmy", per_second: 100, ...one }]);
  assert.equal(table({ operations: [{ operation: "create", figures }], disk: { count: 600, p50_us: 4000, p99_us: 8000 } }), [
    "                req/s     p50      p99  of bare  of scimmy  server busy  load busy",
    "create  bare     1000  640 µs  12.3 ms     1.00     10.0 x         91 %       50 %",
    "create  scimmy    100  640 µs  12.3 ms     0.10      1.0 x         91 %       50 %",
    "",
    "4 KiB written and synced by themselves: p50 4.00 ms, p99 8.00 ms, of 600",
    "",
  ].join("\n"));
});

test("bad usage ends with 64 before anything is started", () => {
  for (const option of [["--users", "0"], ["--clients", "some"], ["--second", "1"]]) {
    const ended = spawnSync(process.execPath, [new URL("compare.mjs", import.meta.url).pathname, "program", "folder", "out.json", ...option], { encoding: "utf8" });
    assert.equal(ended.status, 64, ended.stderr);
    assert.match(ended.stderr, /^bench: /);
  }
});
