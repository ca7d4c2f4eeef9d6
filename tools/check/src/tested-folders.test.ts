import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { projectOf, testedFolders } from "./tested-folders.ts";

test("a folder with a test anywhere in it is among those that are tested", () => {
  const root = mkdtempSync(join(tmpdir(), "tested-folders-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const file of [
    "packages/one/src/deep/down.test.ts",
    "packages/one/test/beside.test.ts",
    "packages/without/src/index.ts",
    "tools/two/test/a.test.ts",
    "three/src/a.test.ts",
    "three/dist/a.test.ts",
    "node_modules/four/src/a.test.ts",
  ]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), "");
  }

  expect(testedFolders(root)).toEqual(["packages/one", "three", "tools/two"]);
});

test("the tests of a package are called after its folder", () => {
  expect(["packages/core", "native", "tools/docs", "tools\\docs"].map(projectOf)).toEqual([
    "core",
    "native",
    "tools/docs",
    "tools/docs",
  ]);
});
