import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");

test("every bundle that a package is built from is held to the same", () => {
  const files = execFileSync("git", ["ls-files", "packages", "native", "tools/build"], {
    cwd: root,
    encoding: "utf8",
  });
  const bundlers = files
    .split("\n")
    // What the tests under Wine bundle is an application's.
    .filter((file) => !file.startsWith("native/scripts/wine/"))
    .filter((file) => /\.m?[jt]s$/.test(file) && !file.endsWith(".test.ts"))
    .map((file) => [file, readFileSync(join(root, file), "utf8")] as const)
    // What makes declarations alone makes nothing that runs.
    .filter(([, text]) => /^import .* from "rolldown";$/m.test(text) && !text.includes("dtsOnly: true"));
  expect(bundlers.map(([file]) => file)).toContain("packages/cli/scripts/bundle-quick-answer.mjs");
  expect(bundlers.filter(([, text]) => !text.includes("...faithful(folder)")).map(([file]) => file)).toEqual(
    [],
  );
});
