import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { reasonToIgnore } from "../src/ignore-sentences.ts";
import { mutantsPage } from "../src/mutants-page.ts";
import { readResults } from "../src/room-result.ts";
import { ROOMS, roomOf } from "../src/rooms.ts";
import { SEEDED } from "../src/seeded.ts";
import { applySeeded } from "../src/seeded-mutant.ts";
import { SURVIVORS } from "../src/survivors.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

describe.each(ROOMS)("the room $name", ({ folder, sources, tests }) => {
  test("has files for each of its patterns", () => {
    for (const pattern of [...sources, ...tests])
      expect(globSync(pattern, { cwd: join(ROOT, folder) }), pattern).not.toEqual([]);
  });
});

test("a room that is not there is refused with the names of those that are", () => {
  expect(roomOf("tokens").name).toBe("tokens");
  expect(() => roomOf("attic")).toThrow(/"attic".*tokens, authority/);
});

test("the workflow tries every room", () => {
  const [, rooms = ""] = /room:\s+\[([^\]]*)\]/.exec(read(".github/workflows/mutants.yml")) ?? [];
  expect(rooms.match(/\w+/g)).toEqual(ROOMS.map(({ name }) => name));
});

describe.each(SEEDED)("the fault $name", (mutant) => {
  test("can be put into the code as it is, and has tests", () => {
    const text = read(mutant.file);
    expect(applySeeded(mutant, text)).not.toBe(text);
    for (const file of mutant.tests) expect(existsSync(join(ROOT, file)), file).toBe(true);
  });
});

test("a fault whose code has changed is said to be out of date", () => {
  const mutant = { name: "one", rule: "", file: "a.ts", changes: [["a", "b"]] as const, tests: [] };
  expect(applySeeded(mutant, "xax")).toBe("xbx");
  for (const text of ["x", "aa"])
    expect(() => applySeeded(mutant, text)).toThrow(/^one: a.ts has [02] times: a$/);
});

test.each(SURVIVORS)("the survivor $to is in the code as it is: $file: $line", ({ file, line, from }) => {
  const lines = read(file)
    .split("\n")
    .filter((text) => text.trim() === line);
  expect(lines).not.toEqual([]);
  expect(lines[0]).toContain(from);
});

test("what has a space between two words is a sentence, and is left alone", () => {
  const text = (value: string): string | undefined =>
    reasonToIgnore({ node: { type: "StringLiteral", value } });
  const template = (...raw: readonly string[]): string | undefined =>
    reasonToIgnore({
      node: { type: "TemplateLiteral", quasis: raw.map((part) => ({ value: { raw: part } })) },
    });
  expect([text("no token"), template("https://", " is no host")]).toEqual(["a sentence", "a sentence"]);
  for (const name of ["", " ", "id_token", " a", "a "])
    expect([text(name), template(name)]).toEqual([undefined, undefined]);
  expect(reasonToIgnore({ node: { type: "Identifier" } })).toBeUndefined();
});

test("docs/mutants.md says what was found: npm run mutants -- --page writes it", () => {
  expect(read("docs/mutants.md")).toBe(mutantsPage(ROOMS, readResults(ROOT), SEEDED));
});

test("a score below 90 % is not put up with where a room was tried", () => {
  for (const { room, score } of readResults(ROOT).values()) expect([room, score >= 90]).toEqual([room, true]);
});
