import { expect, test } from "vitest";
import { roomFaults } from "../src/room-faults.ts";
import { sourceFiles } from "../src/source-files.ts";
import { fileTree } from "./file-tree.ts";

function faultsOf(paths: readonly string[]) {
  return roomFaults(sourceFiles(fileTree(Object.fromEntries(paths.map((path) => [path, ""]))), "one"));
}

const numbered = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `one/src/wam/file-${index}.ts`);

test("a room holds 25 source files, beside tests and declarations", () => {
  const others = [
    "one/src/wam/a.test.ts",
    "one/src/wam/a.d.mts",
    "one/src/wam/a.md",
    "one/src/wam/deep/a.ts",
  ];
  expect(faultsOf([...numbered(25), ...others])).toEqual([]);
});

test("one more is a fault", () => {
  expect(faultsOf([...numbered(25), "one/src/wam/program.mjs"])).toEqual([
    "one/src/wam holds 26 source files: more than 25 are several rooms without a name",
  ]);
});

test("a name that does not say what for is a fault, of a file and of a folder", () => {
  expect(
    faultsOf(["one/src/utils.ts", "one/src/token-manager.ts", "one/src/common/text.ts", "one/src/base64.ts"]),
  ).toEqual([
    'one/src/common/text.ts: "common" does not say what for; name it after what it exports',
    'one/src/token-manager.ts: "manager" does not say what for; name it after what it exports',
    'one/src/utils.ts: "utils" does not say what for; name it after what it exports',
  ]);
});

test("what others made does not count", () => {
  expect(faultsOf(["one/node_modules/a/utils.js", "one/dist/utils.mjs", "one/src/a.ts"])).toEqual([]);
});
