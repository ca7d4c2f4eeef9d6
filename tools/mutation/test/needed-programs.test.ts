import { afterEach, expect, test, vi } from "vitest";
import { triable } from "../src/needed-programs.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const all = [
  { name: "plain" },
  { name: "either", needs: ["absent", "present"] },
  { name: "neither", needs: ["absent", "away"] },
];

test("what needs a program that is not here is not tried, and that is said", () => {
  const said = vi.spyOn(console, "log").mockImplementation(() => {});
  const here = triable(all, (program) => program === "present");
  expect(here.map(({ name }) => name)).toEqual(["plain", "either"]);
  expect(said.mock.calls).toEqual([["neither: not tried, since its tests need absent or away"]]);
});

test("a program is one that can be started", () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  expect(triable([{ name: "node", needs: [process.execPath] }])).toHaveLength(1);
  expect(triable([{ name: "none", needs: ["entrada-no-such-program"] }])).toEqual([]);
});
