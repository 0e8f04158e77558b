// What was measured as people read it: pure functions.

// Of times in ascending order: the least that so large a part of them does not exceed.
export const percentile = (ascending, part) => ascending[Math.max(0, Math.ceil(ascending.length * part) - 1)];

// Figures of one operation, the bare server's first and scimmy's second, with what they are to these two.
export const compared = (figures) => {
  const [bare, scimmy] = figures.map(({ per_second }) => per_second);
  return figures.map((one) => ({ ...one, of_bare: one.per_second / bare, of_scimmy: one.per_second / scimmy }));
};

const shown = (us) => us < 1000 ? `${us.toFixed(0)} µs` : `${(us / 1000).toPrecision(3)} ms`;
const share = (part) => `${(part * 100).toFixed(0)} %`;

export const table = ({ operations, disk }) => {
  const rows = [["", "", "req/s", "p50", "p99", "of bare", "of scimmy", "server busy", "load busy"]];
  for (const { operation, figures } of operations) {
    for (const one of figures) {
      rows.push([operation, one.server, one.per_second.toFixed(0), shown(one.p50_us), shown(one.p99_us), one.of_bare.toFixed(2), `${one.of_scimmy.toFixed(1)} x`,
        share(one.server_busy), share(one.generator_busy)]);
    }
  }
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const lines = rows.map((row) => row.map((cell, i) => i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  ").trimEnd());
  return `${lines.join("\n")}\n\n4 KiB written and synced by themselves: p50 ${shown(disk.p50_us)}, p99 ${shown(disk.p99_us)}, of ${disk.count}\n`;
};
