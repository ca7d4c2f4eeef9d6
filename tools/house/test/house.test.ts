import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { entryFaults } from "../src/entry-faults.ts";
import { floorFaults } from "../src/floor-faults.ts";
import { FLOORS } from "../src/floors.ts";
import { lazyCircles } from "../src/lazy-circles.ts";
import { readPackage } from "../src/read-package.ts";
import { roomFaults } from "../src/room-faults.ts";
import { sourceFiles } from "../src/source-files.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const folders = [...readdirSync(join(ROOT, "packages")).map((name) => `packages/${name}`), "native"].filter(
  (folder) => existsSync(join(ROOT, folder, "package.json")),
);
const trees = ["packages", "native", "bench", "tools", "examples"];

test("the floors are those of the packages that are there", () => {
  expect(new Set(Object.keys(FLOORS))).toEqual(new Set(folders));
});

describe.each(folders)("%s", (folder) => {
  const found = readPackage(ROOT, folder);

  test("has sources, and no import that goes up", () => {
    expect(found.files).not.toEqual([]);
    expect(floorFaults(found, FLOORS[folder])).toEqual([]);
  });

  test("has its entry points at the top of its sources", () => {
    expect(entryFaults(found)).toEqual([]);
  });
});

describe.each(trees)("all of %s", (tree) => {
  const files = sourceFiles(ROOT, tree);

  test("lies in rooms that are not too large, under names that say what for", () => {
    expect(files).not.toEqual([]);
    expect(roomFaults(files)).toEqual([]);
  });

  test("has no circle by import()", () => {
    expect(lazyCircles(ROOT, files)).toEqual([]);
  });
});
