import { describe, expect, test } from "vitest";
import { run } from "./run.ts";

interface Loaded {
  readonly files: readonly string[];
  /** Parts of Node that a bare one has not loaded. */
  readonly builtins: readonly string[];
}

const loaded = (...specifiers: readonly string[]) => run<Loaded>("loaded", specifiers);
const ALL = ["@entrada/core", "@entrada/device-code", "@entrada/broker", "@entrada/cache"];

describe("an import loads", () => {
  test("no package but ours", async () => {
    const { files } = await loaded(...ALL);
    expect(files.length).toBeGreaterThan(ALL.length);
    expect(files.filter((file) => file.includes("node_modules"))).toEqual([]);
  });

  test("a twentieth of the files that @azure/identity loads, at most", async () => {
    const [ours, theirs] = await Promise.all([loaded(...ALL), loaded("@azure/identity")]);
    expect(theirs.files.length).toBeGreaterThan(100);
    expect(ours.files.length).toBeLessThanOrEqual(theirs.files.length / 20);
  });

  test.each(["@entrada/core", "@entrada/device-code", "@entrada/broker"])(
    "%s: no part of Node for networks, processes or cryptography",
    async (name) => {
      const { builtins } = await loaded(name);
      const parts = ["https", "http", "net", "tls", "dns", "child_process", "crypto"];
      expect(builtins.filter((builtin) => parts.includes(builtin.replace("NativeModule ", "")))).toEqual([]);
    },
  );
});
