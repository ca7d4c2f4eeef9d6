import { describe, expect, test } from "vitest";
import type { LeftCounts } from "./counts-file.ts";
import { parsePart, resultOf } from "./parts.ts";

describe("a part", () => {
  test("is read from how it ended, or why it did not begin", () => {
    expect(parsePart("test:wine=0=62")).toEqual({ script: "test:wine", outcome: 0, seconds: 62 });
    expect(parsePart("demo=no x=y here=0")).toEqual({ script: "demo", outcome: "no x=y here", seconds: 0 });
    expect(() => parsePart("test")).toThrow(TypeError);
  });

  const left: LeftCounts = { passed: 30, failed: 0, skipped: 2 };
  const ended = (outcome: number | string, counts?: LeftCounts): ReturnType<typeof resultOf> =>
    resultOf({ script: "test", outcome, seconds: 62 }, () => {
      if (counts === undefined) throw new Error("ENOENT");
      return counts;
    });

  test("adds the counts that it left", () => {
    expect(ended(0, left)).toEqual({
      counts: left,
      text: "  62 s   30 passed, 0 failed, 2 skipped",
      failures: [],
    });
    const failures = [{ name: "cache: a test", why: "Error: late" }];
    expect(ended(1, { ...left, failed: 3, failures })).toMatchObject({ counts: { failed: 3 }, failures });
  });

  test("that failed has a failure, whatever it left", () => {
    expect(ended(1, left).counts).toEqual({ ...left, failed: 1 });
    expect(ended(137).counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
    const reason = "no Wine";
    expect(ended(1, { passed: 0, failed: 0, skipped: 1, reason }).counts.failed).toBe(1);
  });

  test("that left no counts has a failure, although it says that it succeeded", () => {
    expect(ended(0).counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test("that this machine cannot run says why", () => {
    const skipped = { passed: 0, failed: 0, skipped: 1 };
    expect(ended(0, { ...skipped, reason: "no Wine" })).toEqual({
      counts: skipped,
      text: "skipped: no Wine",
      failures: [],
    });
    expect(ended("no clone")).toEqual({ counts: skipped, text: "skipped: no clone", failures: [] });
  });

  test("that counts nothing itself is one", () => {
    const demo = (outcome: number): unknown =>
      resultOf({ script: "demo", outcome, seconds: 8 }, () => {
        throw new Error("read");
      }).counts;
    expect(demo(0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(demo(1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
