import { expect, test } from "vitest";
import { judgeRoom } from "../src/judge-room.ts";
import { replacedText } from "../src/mutation-report.ts";

const ROOM = { name: "room" };
const FILE = "packages/core/src/a.ts";
const SOURCE = "const a = 1;\nif (a < 1) {\n  b();\n}\n";
const at = (line: number, column: number, endLine: number, endColumn: number) => ({
  start: { line, column },
  end: { line: endLine, column: endColumn },
});
const mutant = (status: string, to = "true", location = at(2, 5, 2, 10)) => ({
  mutatorName: "any",
  replacement: to,
  status,
  location,
});
const report = (...mutants: readonly ReturnType<typeof mutant>[]) => ({
  files: { [FILE]: { source: SOURCE, mutants } },
});

test("a mutant's text is what stands between its ends, over lines as well", () => {
  expect(replacedText(SOURCE, at(2, 5, 2, 10))).toBe("a < 1");
  expect(replacedText(SOURCE, at(2, 12, 4, 2))).toBe("{\n  b();\n}");
});

test("what failed or never ended is noticed; what no test runs is not; words do not count", () => {
  const statuses = ["Killed", "Timeout", "Survived", "NoCoverage", "Ignored", "CompileError", "RuntimeError"];
  const score = judgeRoom(ROOM, report(...statuses.map((status) => mutant(status))), []);
  expect(score).toMatchObject({ room: "room", mutants: 4, untried: 1, killed: 2, equivalent: 0, score: 50 });
  expect(score.survivors).toEqual(
    Array.from({ length: 2 }, () => ({ file: FILE, line: 2, from: "a < 1", to: "true" })),
  );
});

test("statements that run only where no test does have survived; what is made once at loading does not count", () => {
  const once = (mutatorName: string) => ({ ...mutant("Ignored"), mutatorName });
  const score = judgeRoom(ROOM, report(once("BlockStatement"), once("Regex"), mutant("Killed")), []);
  expect(score).toMatchObject({ mutants: 2, untried: 1, killed: 1, survivors: [{ from: "a < 1" }] });
});

test("a reason is found by file, line, code and change, whatever the line's number", () => {
  const known = { file: FILE, line: "if (a < 1) {", from: "a < 1", to: "true", reason: "it is the same" };
  const { survivors, equivalent, score } = judgeRoom(ROOM, report(mutant("Survived"), mutant("Killed")), [
    known,
  ]);
  expect(survivors).toEqual([{ file: FILE, line: 2, from: "a < 1", to: "true", reason: "it is the same" }]);
  expect([equivalent, score]).toEqual([1, 100]);
  for (const other of [{ file: "b.ts" }, { line: "if (a < 2) {" }, { from: "a" }, { to: "false" }])
    expect(judgeRoom(ROOM, report(mutant("Survived")), [{ ...known, ...other }]).equivalent).toBe(0);
});

test("what changes nothing and ends late on a busy machine was not noticed", () => {
  const known = { file: FILE, line: "if (a < 1) {", from: "a < 1", to: "true", reason: "it is the same" };
  expect(judgeRoom(ROOM, report(mutant("Timeout")), [known])).toMatchObject({ killed: 0, equivalent: 1 });
});

test("a score is never rounded up, and a room without mutants has the whole", () => {
  const many = [...Array.from({ length: 1999 }, () => mutant("Killed")), mutant("Survived")];
  expect(judgeRoom(ROOM, report(...many), []).score).toBe(99.9);
  expect(judgeRoom(ROOM, report(), []).score).toBe(100);
});
