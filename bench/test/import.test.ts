import { statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { builtinsOf, foreign, type Loaded } from "./loaded.ts";
import { run } from "./run.ts";

const loaded = (...specifiers: readonly string[]): Promise<Loaded> =>
  run<Loaded>("loaded", { arguments: specifiers });
const ALL = ["@entrada/core", "@entrada/device-code", "@entrada/broker", "@entrada/cache"];
const KB = 1000;

/** The most that an import may read: today's figures, and a little room for the bytes. */
const LIMITS = [
  { imported: ["@entrada/core"], files: 2, bytes: 50 * KB },
  { imported: ["@entrada/device-code"], files: 2, bytes: 26 * KB },
  { imported: ["@entrada/broker"], files: 2, bytes: 58 * KB },
  { imported: ["@entrada/cache"], files: 2, bytes: 29 * KB },
  { imported: ALL, files: 5, bytes: 92 * KB },
  { imported: ["@entrada/core/tracing"], files: 1, bytes: 10 * KB },
];

describe("an import loads", () => {
  test.each(LIMITS)(
    "$imported: $files files and $bytes bytes at most, and no package but ours",
    async (limit) => {
      const what = await loaded(...limit.imported);
      expect(foreign(what)).toEqual([]);
      expect(what.files.length).toBeGreaterThanOrEqual(limit.imported.length);
      expect(what.files.length).toBeLessThanOrEqual(limit.files);
      const bytes = what.files.reduce((sum, file) => sum + statSync(new URL(file)).size, 0);
      expect(bytes).toBeLessThanOrEqual(limit.bytes);
    },
  );

  test("all four: a fortieth of the files that @azure/identity loads, at most", async () => {
    const [ours, theirs] = await Promise.all([loaded(...ALL), loaded("@azure/identity")]);
    expect(theirs.files.length).toBeGreaterThan(100);
    expect(ours.files.length).toBeLessThanOrEqual(theirs.files.length / 40);
  });

  test.each([...ALL, "@entrada/core/tracing"])(
    "%s: no part of Node for networks, processes or cryptography",
    async (name) => {
      const parts = ["https", "http", "net", "tls", "dns", "child_process", "crypto"];
      expect(builtinsOf(await loaded(name), ...parts)).toEqual([]);
    },
  );
});
