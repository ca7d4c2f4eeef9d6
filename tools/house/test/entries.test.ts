import { expect, test } from "vitest";
import { entryFaults } from "../src/entry-faults.ts";
import { readPackage } from "../src/read-package.ts";
import { fileTree } from "./file-tree.ts";

const RULE = "an entry point lies at the top of src, named as it is imported";

function faultsOf(exports: Readonly<Record<string, unknown>>, files: readonly string[]) {
  const sources = Object.fromEntries(files.map((file) => [`one/src/${file}`, ""]));
  const manifest = JSON.stringify({ name: "@entrada/one", exports });
  return entryFaults(readPackage(fileTree({ "one/package.json": manifest, ...sources }), "one"));
}

test("entry points at the top, named as they are imported, are no fault", () => {
  const exports = {
    ".": { types: "./dist/index.d.ts", default: "./dist/index.mjs" },
    "./flow": "./dist/flow.mjs",
    "./package.json": "./package.json",
  };
  expect(faultsOf(exports, ["index.ts", "flow.ts", "errors/error.ts"])).toEqual([]);
});

test("an entry point in a folder is a fault, of the manifest and of the folder", () => {
  expect(faultsOf({ "./flow": { default: "./dist/flow/index.mjs" } }, ["flow/index.ts"])).toEqual([
    `one/package.json: "./flow" leads to ./dist/flow/index.mjs, not to what is built of src/flow.ts: ${RULE}`,
    "one/src/flow/index.ts: a folder has no entry point; name the file after what it exports",
  ]);
});

test("an entry point of another name is a fault, for each condition", () => {
  const exports = { "./flow": { types: "./dist/flow.d.ts", default: "./dist/index.mjs" } };
  expect(faultsOf(exports, ["flow.ts", "index.ts"])).toEqual([
    `one/package.json: "./flow" leads to ./dist/index.mjs, not to what is built of src/flow.ts: ${RULE}`,
  ]);
});

test("an entry point without a source, or with a folder in its name, is a fault", () => {
  expect(faultsOf({ "./flow": "./dist/flow.mjs", "./a/b": "./dist/a/b.mjs" }, ["a/b.ts"])).toEqual([
    `one/package.json: "./flow" leads to ./dist/flow.mjs, and src/flow.ts is not there: ${RULE}`,
    `one/package.json: "./a/b" has a folder in its name: ${RULE}`,
  ]);
});
