import { expect, test } from "vitest";
import { floorFaults } from "../src/floor-faults.ts";
import type { Floor } from "../src/floors.ts";
import { readPackage } from "../src/read-package.ts";
import { fileTree } from "./file-tree.ts";

const FLOORS: readonly Floor[] = [["errors"], ["cache", "flow", "assembly.ts"]];
const MANIFEST = JSON.stringify({
  name: "@entrada/one",
  exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.mjs" }, "./flow": "./dist/flow.mjs" },
  imports: { "#flow": "./dist/flow/flow.mjs" },
});
// Every import that is allowed: down, beside, from a door, of a single file.
const SOUND = {
  "one/package.json": MANIFEST,
  "one/src/index.ts": `export { flow } from "./flow.ts";\nexport type { E } from "./errors/error.ts";`,
  "one/src/flow.ts": `export { flow } from "./flow/flow.ts";`,
  "one/src/clock.ts": `import type { Text } from "./text.ts";\nexport type Clock = Text;`,
  "one/src/text.ts": `import "node:fs";\nexport type Text = string;`,
  "one/src/assembly.ts": `import { flow } from "./flow/flow.ts";\nexport { flow };`,
  "one/src/errors/error.ts": `import type { Clock } from "../clock.ts";\nexport type E = Clock;`,
  "one/src/cache/cache.ts": `import { flow } from "#flow";\nexport { flow };`,
  "one/src/flow/flow.ts": `import type { E } from "../errors/error.ts";\nexport const flow: E = "";`,
  "one/src/errors/error.test.ts": `import "../flow/flow.ts";`,
};

function faultsOf(changed: Readonly<Record<string, string>>, floors: readonly Floor[] | undefined = FLOORS) {
  return floorFaults(readPackage(fileTree({ ...SOUND, ...changed }), "one"), floors);
}

test("what goes down, or stays, is no fault; nor is what a test imports", () => {
  expect(faultsOf({})).toEqual([]);
});

test.each([
  ["a type", `import type { flow } from "../../flow/flow.ts";`],
  ["a name beside a type", `import { type flow } from "../../flow/flow.ts";`],
  ["what is passed on", `export { flow } from "../../flow/flow.ts";`],
  ["all that is passed on", `export * from "../../flow/flow.ts";`],
  ["nothing but what it does", `import "../../flow/flow.ts";`],
  ["what is imported later", `export const later = () => import("../../flow/flow.ts");`],
  ["the name of what is built", `import { flow } from "../../flow/flow.js";`],
  ["a name of the manifest", `import { flow } from "#flow";`],
])("an import from a lower room to a higher one is a fault: %s", (_, text) => {
  expect(faultsOf({ "one/src/errors/deep/error.ts": text })).toEqual([
    "one/src/errors/deep/error.ts imports one/src/flow/flow.ts: " +
      "an import goes down a floor or stays, and errors lies below flow",
  ]);
});

test("an import of an entry point is a fault, whatever it is called", () => {
  const text = `import "../flow.ts";\nimport "@entrada/one";`;
  expect(faultsOf({ "one/src/cache/cache.ts": text })).toEqual([
    "one/src/cache/cache.ts imports one/src/flow.ts: " +
      "an import goes down a floor or stays, and cache lies below an entry point",
    "one/src/cache/cache.ts imports one/src/index.ts: " +
      "an import goes down a floor or stays, and cache lies below an entry point",
  ]);
});

test("a file for every room uses none of them", () => {
  expect(faultsOf({ "one/src/text.ts": `import "./errors/error.ts";` })).toEqual([
    "one/src/text.ts imports one/src/errors/error.ts: " +
      "an import goes down a floor or stays, and a file for every room lies below errors",
  ]);
});

test("a file at the top that has a floor is held to it", () => {
  expect(faultsOf({ "one/src/errors/error.ts": `import "../assembly.ts";` })).toEqual([
    "one/src/errors/error.ts imports one/src/assembly.ts: " +
      "an import goes down a floor or stays, and errors lies below assembly.ts",
  ]);
});

test("a room without a floor is a fault, and a package without floors", () => {
  expect(faultsOf({ "one/src/network/socket.ts": `import "../flow/flow.ts";` })).toEqual([
    "one/src/network has no floor: name it in tools/house/src/floors.ts",
  ]);
  expect(floorFaults(readPackage(fileTree(SOUND), "one"), undefined)).toEqual([
    "one has no floors: name them in tools/house/src/floors.ts",
  ]);
});

test("a floor of what is not there is a fault, and of what has one already", () => {
  expect(faultsOf({}, [["errors", "pages", "flow"], ...FLOORS.slice(1)])).toEqual([
    "tools/house/src/floors.ts gives one the room pages, which is not there",
    "tools/house/src/floors.ts gives one the room flow twice",
  ]);
});

test("a file that cannot be read is no file without imports", () => {
  expect(() => faultsOf({ "one/src/text.ts": `import {` })).toThrow(SyntaxError);
});
