import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { lazyCircles } from "../src/lazy-circles.ts";
import { sourceFiles } from "../src/source-files.ts";
import { fileTree } from "./file-tree.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

// The rules of this repository, on other files.
function lint(cwd: string): readonly string[] {
  const program = join(ROOT, "node_modules/oxlint/bin/oxlint");
  const options = ["--config", join(ROOT, ".oxlintrc.json"), "--format=json"];
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...options], { cwd, encoding: "utf8" });
  if (!stdout.startsWith("{")) throw new Error(`oxlint: ${stdout}${stderr}`);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  return diagnostics.map(({ code, filename }) => `${filename}: ${code}`).toSorted();
}

test("the linter finds a circle, also one of types and one of three files", () => {
  const root = fileTree({
    "one/a.ts": `import type { B } from "./b.ts";\nexport type A = B[];`,
    "one/b.ts": `import type { C } from "./deep/c.ts";\nexport type B = C[];`,
    "one/deep/c.ts": `import type { A } from "../a.ts";\nexport type C = A[];`,
    "two/d.ts": `import { e } from "./e.ts";\nexport const d = (): unknown => e;`,
    "two/e.ts": `import { d } from "./d.ts";\nexport const e = (): unknown => d;`,
    "three/f.ts": `import type { A } from "../one/a.ts";\nexport type F = A;`,
  });

  expect(lint(root)).toEqual([
    "one/a.ts: import(no-cycle)",
    "one/b.ts: import(no-cycle)",
    "one/deep/c.ts: import(no-cycle)",
    "two/d.ts: import(no-cycle)",
    "two/e.ts: import(no-cycle)",
  ]);
});

test("the linter forbids the types by import() that nothing here follows", () => {
  expect(lint(fileTree({ "a.ts": `export type A = import("./b.ts").B;` }))).toEqual([
    "a.ts: typescript(consistent-type-imports)",
  ]);
});

function circlesIn(files: Readonly<Record<string, string>>): readonly string[] {
  const root = fileTree(files);
  return lazyCircles(root, sourceFiles(root, "one"));
}

test("a circle by import() is found", () => {
  expect(
    circlesIn({
      "one/a.ts": `export type A = string;\nexport const b = () => import("./b.ts");`,
      "one/b.ts": `export * from "./deep/c.ts";\nexport * from "./d.ts";`,
      "one/d.ts": `export const d = 1;`,
      "one/deep/c.ts": `import type { A } from "../a.ts";\nexport const c: A = "";`,
    }),
  ).toEqual([
    "one/a.ts -> one/b.ts -> one/deep/c.ts -> one/a.ts: files do not import each other, also not by import()",
  ]);
});

test("what is imported later, and does not lead back, is no circle", () => {
  expect(
    circlesIn({
      "one/a.ts": `export const b = () => [import("./b.ts"), import("node:fs"), import(String(1))];`,
      "one/b.ts": `export const b = 1;`,
    }),
  ).toEqual([]);
});
